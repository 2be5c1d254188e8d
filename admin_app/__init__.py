"""The office program: what support, finance, the owner and the auditor see of all kitchens."""
