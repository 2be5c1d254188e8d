"""What both desktop programs share; the only part of core that knows Qt."""
