"""Promises: how they stand, for every page that speaks of them: read from what the worker's runs found, or asked anew."""
