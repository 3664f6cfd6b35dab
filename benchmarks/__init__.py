"""Benchmarks: each measures one promise and yields results with a name, a count and a figure."""
