"""The machinery around PostgreSQL: the one door, the installer, the embedded server. Nothing outside speaks to a driver."""
