"""Fuzzing of the mail parser: `python -m tests.fuzz --seconds 3600 --seed 1`."""
