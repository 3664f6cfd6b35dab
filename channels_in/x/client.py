"""Speaking with X (API v2, docs.x.com) on behalf of one account.

X counts questions by the month or the quarter of an hour: when the answer says that none is left,
the next visit waits for the moment it names.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from channels_in.networks.network import Heard, Outgoing, Page, Profile, RateLimited, Refused, Sent
from channels_in.payloads import external_id, stored
from channels_in.social.lengths import weighted
from channels_in.social.network import CannotDo, check_length
from channels_in.social.rest import Rest
from channels_in.x.oauth1 import Keys, authorization
from core import clock
from core.http import Http

HOST = "https://api.x.com"
LENGTH = 280
EVERY = timedelta(seconds=60)
_AT_ONCE = 100
_POST = (
    "created_at,conversation_id,in_reply_to_user_id,lang,public_metrics,"
    "referenced_tweets,note_tweet"
)
_PERSON = "name,username,public_metrics"


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

    def poll(self, cursor: dict[str, Any]) -> Page:
        """Mentions from new to old down to `since`, then direct messages.

        `until` is where a round began, and becomes `since` when the round is through.
        """
        us = cursor.get("us") or self._me()["id"]
        since = cursor.get("since", "")
        query = {
            "max_results": str(_AT_ONCE), "tweet.fields": _POST, "user.fields": _PERSON,
            "expansions": "author_id", "since_id": since,
            "pagination_token": cursor.get("page", ""),
        }  # fmt: skip
        said, answer = self._ask("GET", f"/2/users/{us}/mentions", query=query)
        rows = said.get("data") or []
        meta = said.get("meta") or {}
        until = cursor.get("until") or meta.get("newest_id") or since
        goes_on = bool(meta.get("next_token")) and bool(since)
        after = {
            "us": us, "since": since if goes_on else until, "until": until if goes_on else "",
            "page": meta.get("next_token", "") if goes_on else "", "dm": cursor.get("dm", ""),
        }  # fmt: skip
        people = {row["id"]: row for row in (said.get("includes") or {}).get("users") or []}
        heard = [
            Heard(
                stored(type="post", post=row, author=people.get(row["author_id"], {}), us=us),
                external_id(row["id"]),
            )
            for row in reversed(rows)
            if row["author_id"] != us and since
        ]
        if not since and not until:
            after["since"] = "1"  # nobody has ever mentioned us: from now on
        if not goes_on:
            direct, after["dm"] = self._direct(us, cursor.get("dm", ""))
            heard += direct
        return Page(heard, after, has_more=goes_on, next_at=_next(answer))

    def _direct(self, us: str, since: str) -> tuple[list[Heard], str]:
        """The events after `since`: X gives the latest first, hundred of them reach 30 days."""
        query = {
            "event_types": "MessageCreate", "max_results": str(_AT_ONCE), "user.fields": _PERSON,
            "dm_event.fields": "created_at,sender_id,dm_conversation_id,text",
            "expansions": "sender_id",
        }  # fmt: skip
        try:
            said, _ = self._ask("GET", "/2/dm_events", query=query)
        except (Refused, RateLimited):
            return [], since  # the plan has no direct messages, or no more of them now
        rows = said.get("data") or []
        people = {row["id"]: row for row in (said.get("includes") or {}).get("users") or []}
        fresh = [row for row in rows if since and int(row["id"]) > int(since)]
        heard = [
            Heard(
                stored(type="dm", event=row, author=people.get(row["sender_id"], {})),
                external_id(f"dm:{row['id']}"),
            )
            for row in reversed(fresh)
            if row["sender_id"] != us
        ]
        latest = max((row["id"] for row in rows), key=int, default=since or "1")
        return heard, latest

    def send(self, outgoing: Outgoing) -> Sent:
        if outgoing.files:
            raise Refused("Files cannot be sent to X from here; put a link into the text.")
        if outgoing.is_private:
            return self._send_direct(outgoing)
        check_length(outgoing.text, limit=LENGTH, counts=weighted)
        return self._post(outgoing.text, outgoing.in_reply_to)

    def publish(self, text: str) -> Sent:
        check_length(text, limit=LENGTH, counts=weighted)
        return self._post(text, "")

    def _post(self, text: str, answered: str) -> Sent:
        given: dict[str, Any] = {"text": text}
        if answered:
            given["reply"] = {"in_reply_to_tweet_id": answered}
        said, _ = self._ask("POST", "/2/tweets", json=given, may_repeat=False)
        number = said["data"]["id"]
        return Sent(number, f"https://x.com/i/status/{number}")

    def _send_direct(self, outgoing: Outgoing) -> Sent:
        key = outgoing.conversation.removeprefix("dm:")
        path = (
            f"/2/dm_conversations/{_id(key)}/messages"
            if outgoing.conversation.startswith("dm:")
            else f"/2/dm_conversations/with/{_id(outgoing.handle.value)}/messages"
        )
        said, _ = self._ask("POST", path, json={"text": outgoing.text}, may_repeat=False)
        sent = said["data"]
        return Sent(f"dm:{sent['dm_event_id']}", conversation=f"dm:{sent['dm_conversation_id']}")

    def like(self, post_id: str) -> None:
        us = self._me()["id"]
        self._ask("POST", f"/2/users/{us}/likes", json={"tweet_id": _id(post_id)})

    def delete(self, post_id: str) -> None:
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
        json: dict[str, Any] | None = None,
    ) -> tuple[Any, httpx.Response]:
        params = {name: value for name, value in (query or {}).items() if value}
        header = authorization(self._keys, method, f"{HOST}{path}", params)
        return self._rest.answer(
            method, path, may_repeat=may_repeat, params=params or None, json=json,
            headers={"Authorization": header},
        )  # fmt: skip


def _next(answer: httpx.Response) -> datetime:
    """When to ask again: soon, or when X has given us new questions."""
    soon = clock.now() + EVERY
    reset = answer.headers.get("x-rate-limit-reset", "")
    if answer.headers.get("x-rate-limit-remaining") == "0" and reset.isdecimal():
        return max(soon, datetime.fromtimestamp(int(reset), UTC))
    return soon


def _id(number: str) -> str:
    """An id goes into an address: digits, and the hyphen of a conversation of two."""
    if not number.replace("-", "").isdecimal():
        raise Refused("This is no id of X.")
    return number
