"""Pictures that go with posts and direct messages on X, and those that come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels_in.networks.files import readable
from channels_in.networks.network import OutgoingFile, Refused

ADDRESS = "https://pbs.twimg.com/"
LARGEST = 5 * 1024 * 1024
_TYPES = {"image/jpeg", "image/png", "image/webp"}


@dataclass(frozen=True, slots=True)
class Kind:
    """Where a picture goes: how many fit, and what X calls it."""

    category: str
    most: int
    words: str


POST = Kind("tweet_image", 4, "A post on X carries up to 4 pictures and no other files.")
DIRECT = Kind("dm_image", 1, "A direct message on X carries one picture and no other files.")


def parts_of(files: Sequence[OutgoingFile], kind: Kind) -> list[tuple[bytes, str]]:
    """Bytes and type of each. Raises Refused before a single one is handed over."""
    if len(files) > kind.most or any(file.content_type not in _TYPES for file in files):
        raise Refused(kind.words)
    if large := next((file for file in files if file.size > LARGEST), None):
        raise Refused(f"{large.filename} is larger than X takes (5 MB).")
    return [(readable(file), file.content_type) for file in files]
