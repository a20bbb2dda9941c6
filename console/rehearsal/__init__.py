"""Rehearsing a campaign: a stored clock, a script of what districts do, every mail into a folder."""
