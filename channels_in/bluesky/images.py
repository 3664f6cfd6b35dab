"""Pictures of a reply on Bluesky: at most four, at most a million bytes each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atproto import Client, models

from channels_in.networks.network import OutgoingFile, Refused
from core.storage import blobs

MOST, LARGEST = 4, 1_000_000


def embed_of(client: Client, files: Sequence[OutgoingFile]) -> Any:
    """The pictures, uploaded, as `app.bsky.embed.images`; None without files. Raises Refused."""
    if not files:
        return None
    if len(files) > MOST or not all(file.content_type.startswith("image/") for file in files):
        raise Refused(f"A post on Bluesky can carry up to {MOST} pictures and no other files.")
    too_large = [file.filename for file in files if file.size > LARGEST]
    if too_large:
        raise Refused(f"{too_large[0]} is larger than Bluesky takes (1 MB).")
    images = []
    for file in files:
        blob = client.upload_blob(blobs.read(file.key)).blob
        images.append(models.AppBskyEmbedImages.Image(alt=file.filename, image=blob))
    return models.AppBskyEmbedImages.Main(images=images)
