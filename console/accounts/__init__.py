"""Accounts of the console: passwords, second factors, sessions, links and tokens."""
