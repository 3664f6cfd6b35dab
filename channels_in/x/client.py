"""Speaking with X (API v2, docs.x.com) on behalf of one account.

X counts questions by the quarter of an hour: when the answer says that none is left, the next visit
waits for the moment it names. A visit reads mentions and replies first, then direct messages.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from channels_in.messages import IncomingAttachment, RemoteFile
from channels_in.networks.files import fetch_public
from channels_in.networks.network import Heard, Outgoing, Page, Profile, RateLimited, Refused, Sent
from channels_in.payloads import external_id, stored
from channels_in.social.network import CannotDo, check_length
from channels_in.social.rest import Rest
from channels_in.social.rounds import Round
from channels_in.x import pictures
from channels_in.x.lengths import LENGTH, weighted
from channels_in.x.oauth1 import Keys, authorization
from core import clock
from core.http import Http

HOST = "https://api.x.com"
DIRECT_LENGTH = 10_000
EVERY = timedelta(seconds=60)
_AT_ONCE = 100
_FIRST = "1"  # lower than every id: where nobody has ever mentioned us, all that comes is new
_POST = (
    "created_at,conversation_id,in_reply_to_user_id,lang,public_metrics,referenced_tweets,"
    "entities,note_tweet"
)
_PERSON = "name,username,public_metrics"

logger = logging.getLogger(__name__)


class XClient(CannotDo):
    """`channels_in.social.network.SocialClient`."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._rest = Rest("X", Http(HOST))
        self._us: dict[str, Any] = {}

    def close(self) -> None:
        self._rest.close()

    def who_am_i(self) -> Profile:
        me = self._me()
        return Profile(
            address=me["username"], name=me["name"], url=f"https://x.com/{me['username']}"
        )

    # What came in

    def poll(self, cursor: dict[str, Any]) -> Page:
        us = str(cursor.get("us") or self._me()["id"])
        posts, directs = Round.of(cursor.get("posts")), Round.of(cursor.get("directs"))
        heard: list[Heard] = []
        waits_until: datetime | None = None
        if not directs.is_open:
            heard, posts, waits_until = self._mentions(us, posts)
        if not posts.is_open:
            more, directs = self._directs(us, directs)
            heard += more
        after = {"us": us, "posts": posts.kept, "directs": directs.kept}
        is_open = (posts.is_open or directs.is_open) and waits_until is None
        return Page(heard, after, has_more=is_open, next_at=waits_until or clock.now() + EVERY)

    def _mentions(self, us: str, since: Round) -> tuple[list[Heard], Round, datetime | None]:
        """One page of mentions and replies, and until when X wants not to be asked for more."""
        query = {
            "max_results": str(_AT_ONCE), "since_id": since.since, "pagination_token": since.page,
            "tweet.fields": _POST, "user.fields": _PERSON, "media.fields": "type,url",
            "expansions": "author_id,attachments.media_keys",
        }  # fmt: skip
        try:
            said, answer = self._ask("GET", f"/2/users/{_id(us)}/mentions", query=query)
        except Refused:
            if since.is_open:
                return [], since.again(), clock.now() + EVERY
            raise
        rows, meta = said.get("data") or [], said.get("meta") or {}
        people, media = _included(said, "users", "id"), _included(said, "media", "media_key")
        heard = [
            Heard(
                stored(
                    type="post", us=us, post=row, author=people.get(row.get("author_id"), {}),
                    media=[media[key] for key in _media_keys(row) if key in media],
                ),
                external_id(str(row["id"])),
            )
            for row in reversed(rows)
            if since.since and row.get("author_id") != us
        ]  # fmt: skip
        newest = str(meta.get("newest_id") or since.since or _FIRST)
        return heard, since.after(newest, meta.get("next_token", "")), _waits_until(answer)

    def _directs(self, us: str, since: Round) -> tuple[list[Heard], Round]:
        """One page of direct messages; a plan may have none, or no more of them now."""
        query = {
            "event_types": "MessageCreate", "max_results": str(_AT_ONCE),
            "pagination_token": since.page, "user.fields": _PERSON, "expansions": "sender_id",
            "dm_event.fields": "created_at,sender_id,dm_conversation_id,text,entities",
        }  # fmt: skip
        try:
            said, _ = self._ask("GET", "/2/dm_events", query=query)
        except (Refused, RateLimited) as error:
            logger.info("x.no_direct_messages", extra={"why": str(error)[:200]})
            return [], since.again()
        rows, people = said.get("data") or [], _included(said, "users", "id")
        fresh = [row for row in rows if since.since and int(row["id"]) > int(since.since)]
        heard = [
            Heard(
                stored(type="dm", event=row, author=people.get(row["sender_id"], {})),
                external_id(f"dm:{row['id']}"),
            )
            for row in reversed(fresh)
            if row["sender_id"] != us
        ]
        newest = max((row["id"] for row in rows), key=int, default=since.since or _FIRST)
        goes_on = len(fresh) == len(rows) > 0
        token = (said.get("meta") or {}).get("next_token", "")
        return heard, since.after(newest, token if goes_on else "")

    def fetch(self, file: RemoteFile) -> IncomingAttachment:
        """A picture of a public post; anybody may ask for it."""
        if not file.reference.startswith(pictures.ADDRESS):
            raise Refused("The picture does not lie with X.")
        return fetch_public(file)

    # What goes out

    def send(self, outgoing: Outgoing) -> Sent:
        if outgoing.is_private:
            return self._send_direct(outgoing)
        check_length(outgoing.text, limit=LENGTH, counts=weighted)
        media = self._uploaded(outgoing, pictures.POST)
        return self._post(outgoing.text, outgoing.in_reply_to, media)

    def publish(self, text: str) -> Sent:
        check_length(text, limit=LENGTH, counts=weighted)
        return self._post(text, "", [])

    def _post(self, text: str, answered: str, media: list[str]) -> Sent:
        """X refuses the same words twice, so a post is never there double."""
        given: dict[str, Any] = {"text": text}
        if answered:
            given["reply"] = {"in_reply_to_tweet_id": _id(answered)}
        if media:
            given["media"] = {"media_ids": media}
        said, _ = self._ask("POST", "/2/tweets", json=given, may_repeat=False)
        number = str(said["data"]["id"])
        return Sent(number, f"https://x.com/i/status/{number}")

    def _send_direct(self, outgoing: Outgoing) -> Sent:
        check_length(outgoing.text, limit=DIRECT_LENGTH, counts=len)
        key = outgoing.conversation.removeprefix("dm:")
        path = (
            f"/2/dm_conversations/{_id(key)}/messages"
            if outgoing.conversation.startswith("dm:")
            else f"/2/dm_conversations/with/{_id(outgoing.handle.value)}/messages"
        )
        given: dict[str, Any] = {"text": outgoing.text}
        if media := self._uploaded(outgoing, pictures.DIRECT):
            given["attachments"] = [{"media_id": number} for number in media]
        said, _ = self._ask("POST", path, json=given, may_repeat=False)
        sent = said["data"]
        return Sent(f"dm:{sent['dm_event_id']}", conversation=f"dm:{sent['dm_conversation_id']}")

    def _uploaded(self, outgoing: Outgoing, kind: pictures.Kind) -> list[str]:
        """The pictures, handed over before anything is said: one that fails leaves nothing."""
        numbers = []
        for part in pictures.parts_of(outgoing.files, kind):
            form = {"media_category": kind.category, "media_type": part[1]}
            given = {"media": ("picture", part[0], part[1])}
            said, _ = self._ask("POST", "/2/media/upload", data=form, files=given)
            numbers.append(str(said["data"]["id"]))
        return numbers

    def like(self, post_id: str) -> None:
        us = self._me()["id"]
        self._ask("POST", f"/2/users/{us}/likes", json={"tweet_id": _id(post_id)})

    def delete(self, post_id: str) -> None:
        if post_id.startswith("dm:"):
            raise Refused("X does not let direct messages be taken back.")
        try:
            self._ask("DELETE", f"/2/tweets/{_id(post_id)}")
        except Refused as error:
            if "(404)" not in str(error):
                raise

    def _me(self) -> dict[str, Any]:
        if not self._us:
            said, _ = self._ask("GET", "/2/users/me", query={"user.fields": _PERSON})
            self._us = said["data"]
        return self._us

    def _ask(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, str] | None = None,
        may_repeat: bool = True,
        **options: Any,
    ) -> tuple[Any, httpx.Response]:
        """Signed anew each time; neither JSON nor a form with files is part of the signature."""
        params = {name: value for name, value in (query or {}).items() if value}
        header = authorization(self._keys, method, f"{HOST}{path}", params)
        return self._rest.answer(
            method, path, may_repeat=may_repeat, params=params or None,
            headers={"Authorization": header}, **options,
        )  # fmt: skip


def _included(said: dict[str, Any], kind: str, key: str) -> dict[str, dict[str, Any]]:
    """What an answer brought besides its rows, by key."""
    return {row[key]: row for row in (said.get("includes") or {}).get(kind) or []}


def _media_keys(row: dict[str, Any]) -> list[str]:
    return (row.get("attachments") or {}).get("media_keys") or []


def _waits_until(answer: httpx.Response) -> datetime | None:
    """When X has new questions for us, if there are none left."""
    reset = answer.headers.get("x-rate-limit-reset", "")
    if answer.headers.get("x-rate-limit-remaining") != "0" or not reset.isdecimal():
        return None
    return max(clock.now() + EVERY, datetime.fromtimestamp(int(reset), UTC))


def _id(number: str) -> str:
    """An id goes into an address: digits, and the hyphen of a conversation of two."""
    if not number.replace("-", "").isdecimal():
        raise Refused("This is no id of X.")
    return number
