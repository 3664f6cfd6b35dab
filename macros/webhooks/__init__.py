"""Calling other programs: signed, in their own time, never within a submit (attack 45)."""

from macros.webhooks.calling import call_due, send_test

__all__ = ["call_due", "send_test"]
