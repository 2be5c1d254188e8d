"""What the tests stand on: a server with real logins, a small town, and ways to make trouble."""
