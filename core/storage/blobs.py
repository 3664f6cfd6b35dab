"""Bytes under opaque keys. A key says nothing of its content, its owner or its name (attacks
17–19).
"""

from __future__ import annotations

import uuid
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


def keep(content: bytes | File) -> str:
    """Store content and return its key: 32 hexadecimal digits below two levels of folders."""
    name = uuid.uuid4().hex
    body = ContentFile(content) if isinstance(content, bytes) else content
    return default_storage.save(f"{name[:2]}/{name[2:4]}/{name}", body)


def open_blob(key: str) -> IO[bytes]:
    """The stored bytes as a readable file. Raises FileNotFoundError when they are gone."""
    return default_storage.open(key, "rb")


def read(key: str) -> bytes:
    with open_blob(key) as blob:
        return blob.read()


def discard(key: str) -> None:
    default_storage.delete(key)
