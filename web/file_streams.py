"""Bytes on their way to a browser, piece by piece, for both kinds of server."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Protocol

from asgiref.sync import sync_to_async

CHUNK = 256 * 1024


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...
    def close(self) -> None: ...


def read(blob: Readable) -> Iterator[bytes]:
    try:
        while chunk := blob.read(CHUNK):
            yield chunk
    finally:
        blob.close()


async def read_async(blob: Readable) -> AsyncIterator[bytes]:
    read_some = sync_to_async(blob.read, thread_sensitive=False)
    try:
        while chunk := await read_some(CHUNK):
            yield chunk
    finally:
        blob.close()


async def in_turn(pieces: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The pieces of a generator that reads from the disk, each in a thread."""
    following = sync_to_async(lambda: next(pieces, None), thread_sensitive=False)
    while (piece := await following()) is not None:
        yield piece
