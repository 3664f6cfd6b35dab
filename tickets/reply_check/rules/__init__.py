"""The rules, one a file: `CODES`, and `find(reply)` that yields findings."""
