"""Ids as they come from forms and addresses."""


def as_id(text: str) -> int | None:
    """A database id (at most 18 digits, so that it always fits), or None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def as_ids(texts: list[str]) -> list[int]:
    return [number for text in texts if (number := as_id(text)) is not None]
