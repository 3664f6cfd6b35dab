"""Files on their way to a comment: `POST /uploads.json?filename=…` answers a token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.core import signing
from django.core.files.base import File
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.doors import actor_of, base_of
from api.shapes.comments import attachment_shape
from api.shapes.times import stamp
from core import clock
from tickets.actions import keep_upload

_SALT = "api.uploads"
_LIFE = timedelta(days=3)


def create(request: Request) -> Response:
    """Keep the body as a file; with `token`, beside the files of an earlier upload."""
    actor = actor_of(request)
    filename = request.query_params.get("filename", "").strip()
    if not filename:
        raise ParseError("Give the file's name: /uploads.json?filename=photo.png")
    if not isinstance(request.data, File):
        raise ParseError("The body is empty: it must be the file itself.")
    earlier = request.query_params.get("token")
    ids = upload_ids([earlier], actor) if earlier else ()
    with request.data as file:
        upload = keep_upload(actor=actor, file=file, filename=filename)
    shape = attachment_shape(upload, base_of(request))
    token = signing.dumps([actor.user_id, *ids, upload.pk], salt=_SALT)
    expires_at = stamp(clock.now() + _LIFE)
    body = {"token": token, "expires_at": expires_at, "attachment": shape, "attachments": [shape]}
    return Response({"upload": body}, status=201)


def upload_ids(tokens: Sequence[str], actor: Actor) -> tuple[int, ...]:
    """The files behind tokens, which serve only who uploaded them. Raises ValidationError."""
    ids: list[int] = []
    for token in tokens:
        try:
            user_id, *found = signing.loads(token, salt=_SALT, max_age=_LIFE)
        except signing.BadSignature:
            user_id, found = None, []
        if user_id is None or user_id != actor.user_id:
            raise ValidationError({"uploads": "This upload token is not valid. Upload again."})
        ids += found
    return tuple(dict.fromkeys(ids))
