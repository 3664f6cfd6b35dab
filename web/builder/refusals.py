"""What an editor of rules says when nothing was saved."""

from __future__ import annotations

from dataclasses import dataclass

from macros.errors import ChangedRule


@dataclass(slots=True, kw_only=True)
class Refusable:
    """An editor's answer: why nothing was saved, and which revision of the rule was opened."""

    refusal: str = ""
    revision: str = ""

    def refuse(self, error: Exception) -> None:
        """Say why nothing was saved; whoever has read of another's change may save over it."""
        self.refusal = str(error)
        if isinstance(error, ChangedRule):
            self.revision = str(error.revision)
