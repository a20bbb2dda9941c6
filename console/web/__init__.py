"""The console in a browser: pages, the JSON interface, and what they share."""
