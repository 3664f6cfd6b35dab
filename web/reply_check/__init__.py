"""Looking over a reply before it leaves: what the composer asks, what is noted about it."""
