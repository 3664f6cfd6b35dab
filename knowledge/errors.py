"""Named errors of this app; each message is a sentence that may be shown to people."""

from __future__ import annotations

from accounts.errors import NotPermitted

__all__ = [
    "ArticleChanged",
    "ArticleNotFound",
    "InvalidArticle",
    "KnowledgeError",
    "NotPermitted",
    "SectionInUse",
]


class KnowledgeError(Exception):
    """Base of the errors below."""


class ArticleNotFound(KnowledgeError):
    """There is no such article or section, or the reader may not know of it."""

    def __init__(self, number: object = "") -> None:
        super().__init__(f"There is no article {number}, or you may not see it.")


class InvalidArticle(KnowledgeError):
    """A value that an article or section cannot have. `field` names it."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class SectionInUse(KnowledgeError):
    """A section or category with something in it is not deleted."""

    def __init__(self, what: str) -> None:
        super().__init__(f"There are still {what} in it. Move them somewhere else first.")


class ArticleChanged(KnowledgeError):
    """Somebody saved the article meanwhile; nothing was overwritten.

    `revision` is the present one: whoever has read this sentence may save over it.
    """

    def __init__(self, revision: int) -> None:
        super().__init__(
            "Somebody else has changed this article since you opened it. What you wrote is kept "
            "here: open the article in another tab and compare. Saving again replaces what they "
            "wrote; their version stays in the history."
        )
        self.revision = revision
