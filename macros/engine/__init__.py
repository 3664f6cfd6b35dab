"""Triggers at work: a step of the write path (domain-standards.md §3, "Trigger run")."""

from macros.engine.step import run_triggers

__all__ = ["run_triggers"]
