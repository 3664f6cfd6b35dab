"""Speaking with a Mastodon server (docs.joinmastodon.org/methods).

A status is posted with an Idempotency-Key, so one that may have left is simply posted again.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from channels_in.networks.files import readable
from channels_in.networks.network import Heard, Outgoing, OutgoingFile, Page, Profile, Refused, Sent
from channels_in.payloads import external_id, stored
from channels_in.social.lengths import mastodon
from channels_in.social.network import check_length
from channels_in.social.rest import Rest
from core.http import Http

_AT_ONCE = 40
_MEDIA = 4
_LOOKS = 10  # for a picture that the server still works on


class MastodonClient:
    """`channels_in.social.network.SocialClient`."""

    def __init__(self, *, server: str, token: str, length: int) -> None:
        address = server if "://" in server else f"https://{server}"
        self._host = urlsplit(address).hostname or ""
        self._length = length
        http = Http(
            address.rstrip("/"), headers={"Authorization": f"Bearer {token}"},
            allows_private=settings.NETWORKS_ALLOW_PRIVATE,
        )  # fmt: skip
        self._rest = Rest("Mastodon", http)
        self._us = ""

    def close(self) -> None:
        self._rest.close()

    def who_am_i(self) -> Profile:
        me = self._me()
        return Profile(
            address=f"{me['acct']}@{self._host}", name=me.get("display_name") or me["acct"],
            url=me.get("url") or "", learned=self._limits(),
        )  # fmt: skip

    def _limits(self) -> dict[str, str]:
        """How long a status may be on this server; nothing where it does not say."""
        try:
            said = self._rest.ask("GET", "/api/v2/instance")
            longest = said["configuration"]["statuses"]["max_characters"]
        except (Refused, KeyError, TypeError):
            return {}
        return {"length": str(longest)} if isinstance(longest, int) and longest > 0 else {}

    def poll(self, cursor: dict[str, Any]) -> Page:
        """The notifications after the last one that is stored, oldest page first (`min_id`)."""
        since = cursor.get("since", "")
        if not since:
            newest = self._notifications({"limit": 1})
            return Page([], {"since": newest[0]["id"] if newest else "0"})
        us = self._me()["id"]
        rows = self._notifications({"limit": _AT_ONCE, "min_id": since})
        heard = [
            Heard(
                stored(status=row["status"], account=row["account"], host=self._host, us=us),
                external_id(f"{self._host}/{row['status']['id']}"),
            )
            for row in reversed(rows)
            if row.get("status") and row["account"]["id"] != us
        ]
        after = max((row["id"] for row in rows), key=_by_age, default=since)
        return Page(heard, {"since": after}, has_more=len(rows) == _AT_ONCE)

    def _notifications(self, query: dict[str, Any]) -> list[dict[str, Any]]:
        found = self._rest.ask(
            "GET", "/api/v1/notifications", params={"types[]": "mention", **query}
        )
        return found if isinstance(found, list) else []

    def send(self, outgoing: Outgoing) -> Sent:
        """The person is named at the beginning: otherwise nobody would be told."""
        name = f"@{outgoing.handle.value}"
        text = outgoing.text if name in outgoing.text.lower() else f"{name} {outgoing.text}"
        status = {
            "status": text,
            "visibility": "direct" if outgoing.is_private else "unlisted",
            "in_reply_to_id": outgoing.in_reply_to or None,
        }
        return self._post(status, outgoing.key, outgoing.files)

    def publish(self, text: str) -> Sent:
        return self._post({"status": text, "visibility": "public"}, f"statement {text}", ())

    def _post(self, status: dict[str, Any], key: str, files: Sequence[OutgoingFile]) -> Sent:
        check_length(status["status"], limit=self._length, counts=mastodon)
        if files:
            status["media_ids"] = self._upload(files)
        given = {name: value for name, value in status.items() if value}
        said = self._rest.ask(
            "POST", "/api/v1/statuses", json=given, headers={"Idempotency-Key": key[:200]}
        )
        return Sent(str(said["id"]), said.get("url") or "")

    def like(self, post_id: str) -> None:
        self._rest.ask("POST", f"/api/v1/statuses/{_id(post_id)}/favourite")

    def edit(self, post_id: str, text: str) -> None:
        check_length(text, limit=self._length, counts=mastodon)
        self._rest.ask("PUT", f"/api/v1/statuses/{_id(post_id)}", json={"status": text})

    def delete(self, post_id: str) -> None:
        try:
            self._rest.ask("DELETE", f"/api/v1/statuses/{_id(post_id)}")
        except Refused as error:
            if "(404)" not in str(error):
                raise

    def _me(self) -> dict[str, Any]:
        me: dict[str, Any] = self._rest.ask("GET", "/api/v1/accounts/verify_credentials")
        return me

    def _upload(self, files: Sequence[OutgoingFile]) -> list[str]:
        if len(files) > _MEDIA:
            raise Refused(f"A post on Mastodon can carry up to {_MEDIA} files.")
        return [self._upload_one(file) for file in files]

    def _upload_one(self, file: OutgoingFile) -> str:
        given = {"file": (file.filename, readable(file), file.content_type)}
        said, answer = self._rest.answer(
            "POST", "/api/v2/media", files=given, data={"description": file.filename}
        )
        for _ in range(_LOOKS if answer.status_code == 202 else 0):
            time.sleep(0.5)
            said, answer = self._rest.answer("GET", f"/api/v1/media/{said['id']}")
            if answer.status_code == 200:
                break
        return str(said["id"])


def _by_age(number: str) -> tuple[int, str]:
    """Ids are numbers without an end: the longer one is the later one."""
    return len(number), number


def _id(post_id: str) -> str:
    """An id goes into an address: nothing but letters and digits."""
    if not post_id.isalnum():
        raise Refused("This is no id of a post on Mastodon.")
    return post_id
