"""The product's core: nouns (SQL and Python twins), the database's machinery, and what serves them."""
