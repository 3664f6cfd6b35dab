"""Speaking with Reddit (reddit.com/dev/api) on behalf of one account.

A visit reads the inbox (answers to us, mentions of u/us, messages), then what is new in the
subreddits that an administrator named. Reddit's `before` finds nothing once the thing it names was
taken down, and things turn up in its lists a little out of order: so a visit goes by time, looks a
bit further back than the last one, and passes over what it has seen.

Votes are for people: Reddit's terms forbid programs to cast them, so nothing can be liked.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from channels_in.networks.network import (
    Heard,
    NetworkError,
    Outgoing,
    Page,
    Profile,
    RateLimited,
    Refused,
    Sent,
    TokenExpired,
)
from channels_in.payloads import external_id, stored
from channels_in.reddit.tokens import Login, forget, token_of
from channels_in.social.network import CannotDo, check_length
from channels_in.social.rest import Rest
from channels_in.social.rounds import Round
from core import clock
from core.http import Http

HOST = "https://oauth.reddit.com"
INBOX = "/message/inbox"
LENGTH = 10_000
EVERY = timedelta(seconds=60)
OVERLAP = 120.0  # seconds
_AT_ONCE = 100
_KNOWN = 400  # names that are passed over; what is older is recognised as it is stored
_SPARE = 5.0  # questions that are left to the answers of agents
_BREAK = 600.0  # seconds, where Reddit asks for a break and does not say how long
_STATUS = re.compile(r"\((\d{3})\)")
_KINDS = ("t1", "t3", "t4")
_KEPT = (
    "author", "name", "body", "title", "selftext", "is_self", "url", "parent_id", "link_id",
    "context", "permalink", "first_message_name", "subject", "created_utc", "type", "score",
)  # fmt: skip

logger = logging.getLogger(__name__)


class RedditClient(CannotDo):
    """`channels_in.social.network.SocialClient`."""

    def __init__(self, login: Login, *, subreddits: Sequence[str] = ()) -> None:
        self._login = login
        self._subreddits = subreddits
        self._rest = Rest("Reddit", Http(HOST, headers={"User-Agent": login.agent}))
        self._waits_until: datetime | None = None
        self._shut: dict[str, str] = {}  # lists that Reddit refuses, with the status it gave

    def close(self) -> None:
        self._rest.close()

    def who_am_i(self) -> Profile:
        """Asks each subreddit too: a name with a slip in it would be silent for ever."""
        forget(self._login)
        me = self._ask("GET", "/api/v1/me")
        for name in self._subreddits:
            self._ask("GET", f"/r/{name}/new", params={"limit": "1"})
        return Profile(
            address=me["name"], name=me["name"], url=f"https://www.reddit.com/user/{me['name']}"
        )

    # What came in

    def poll(self, cursor: dict[str, Any]) -> Page:
        """One page of each list; then of those that are not through."""
        us = str(cursor.get("us") or self._ask("GET", "/api/v1/me")["name"])
        kept = cursor.get("rounds") or {}
        rounds = {path: Round.of(kept.get(path)) for path in self._paths()}
        known = dict.fromkeys(cursor.get("known") or ())
        shut = cursor.get("shut") or {}
        self._shut = {path: str(why) for path, why in shut.items() if path in rounds}
        heard: dict[str, Heard] = {}
        for path in [path for path, each in rounds.items() if each.is_open] or list(rounds):
            if self._waits_until:
                break
            things, after = self._page(path, rounds[path], known)
            if rounds[path].since:
                heard |= dict(_heard(things, us))
            known |= dict.fromkeys(row["data"]["name"] for row in reversed(things))
            rounds[path] = after
        after_all = {
            "us": us, "rounds": {path: each.kept for path, each in rounds.items()},
            "known": list(known)[-_KNOWN:], "shut": self._shut,
        }  # fmt: skip
        is_open = any(each.is_open for each in rounds.values()) and not self._waits_until
        next_at = self._waits_until or clock.now() + EVERY
        return Page(list(heard.values()), after_all, has_more=is_open, next_at=next_at)

    def _paths(self) -> list[str]:
        kinds = ("new", "comments")
        return [INBOX, *(f"/r/{name}/{kind}" for name in self._subreddits for kind in kinds)]

    def _page(
        self, path: str, since: Round, known: Collection[str]
    ) -> tuple[list[dict[str, Any]], Round]:
        """What is new on one page. A subreddit that has closed to us does not stop the inbox."""
        query = {"limit": str(_AT_ONCE), "raw_json": "1"}
        if since.page:
            query["after"] = since.page
        try:
            listing = self._ask("GET", path, params=query).get("data") or {}
        except Refused as error:
            if path == INBOX and not since.is_open:
                raise
            logger.warning("reddit.not_read", extra={"list": path, "why": str(error)[:200]})
            if not since.is_open:  # else it may be only the page that Reddit has forgotten
                self._shut[path] = (_STATUS.findall(str(error)) or [""])[0]
            return [], since.again()
        self._shut.pop(path, None)
        things = [row for row in listing.get("children") or [] if row.get("kind") in _KINDS]
        back_to = float(since.since or 0) - OVERLAP
        recent = [row for row in things if _when(row) >= back_to]
        fresh = [row for row in recent if row["data"]["name"] not in known]
        token = listing.get("after") if fresh and len(recent) == len(things) else ""
        newest = max((_when(row) for row in things), default=clock.now().timestamp())
        top = str(max(newest, float(since.since or 0)))
        return fresh, since.after(top, token or "")

    # What goes out

    def send(self, outgoing: Outgoing) -> Sent:
        check_length(outgoing.text, limit=LENGTH, counts=len)
        if outgoing.files:
            raise Refused("Reddit takes no files with comments; put a link into the text.")
        answered = outgoing.in_reply_to
        if outgoing.is_private:
            if not outgoing.conversation.startswith("dm:"):
                return self._compose(outgoing)
            answered = outgoing.conversation.removeprefix("dm:")
        if not answered:
            raise Refused("There is nothing to answer any more.")
        said = self._form("/api/comment", thing_id=answered, text=outgoing.text)
        thing = said["json"]["data"]["things"][0]["data"]
        link = thing.get("permalink", "")
        return Sent(thing["name"], f"https://www.reddit.com{link}" if link else "")

    def _compose(self, outgoing: Outgoing) -> Sent:
        subject = gettext("Your post on Reddit")
        to = outgoing.handle.value
        self._form("/api/compose", to=to, subject=subject, text=outgoing.text)
        name = self._composed(to, outgoing.text)
        return Sent(name, conversation=f"dm:{name}" if name else "")

    def _composed(self, to: str, text: str) -> str:
        """Reddit does not say what it called a message. It has left: nothing may be raised."""
        query = {"limit": "10", "raw_json": "1"}
        try:
            rows = self._ask("GET", "/message/sent", params=query)["data"]["children"]
        except (NetworkError, KeyError, TypeError):
            return ""
        for data in (row["data"] for row in rows):
            if (data.get("dest") or "").lower() == to and data.get("body", "").strip() == text:
                return str(data["name"])
        return ""

    def edit(self, post_id: str, text: str) -> None:
        check_length(text, limit=LENGTH, counts=len)
        self._form("/api/editusertext", may_repeat=True, thing_id=_public(post_id), text=text)

    def delete(self, post_id: str) -> None:
        self._form("/api/del", may_repeat=True, id=_public(post_id))

    def _form(self, path: str, *, may_repeat: bool = False, **fields: str) -> Any:
        """Reddit says most refusals with status 200, as [code, words, field]."""
        given = {"api_type": "json", "raw_json": "1", **fields}
        said = self._ask("POST", path, data=given, may_repeat=may_repeat)
        answer = (said.get("json") or {}) if isinstance(said, dict) else {}
        errors = answer.get("errors") or []
        if not errors:
            return said
        codes, words = {row[0] for row in errors}, "; ".join(str(row[1]) for row in errors)[:300]
        if "RATELIMIT" in codes:
            wait = float(answer.get("ratelimit") or _BREAK)
            raise RateLimited(f"Reddit asks us to wait: {words}", retry_after=wait)
        if "USER_REQUIRED" in codes:
            raise TokenExpired(f"Reddit does not let us in: {words}")
        raise Refused(f"Reddit refused it: {words}")

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        """With a token; one that Reddit takes no longer is changed once."""
        try:
            return self._ask_with(token_of(self._login), method, path, **options)
        except TokenExpired:
            forget(self._login)
            return self._ask_with(token_of(self._login), method, path, **options)

    def _ask_with(self, token: str, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        said, answer = self._rest.answer(method, path, headers=headers, **options)
        self._note_what_is_left(answer.headers)
        return said

    def _note_what_is_left(self, headers: Mapping[str, str]) -> None:
        try:
            left = float(headers["x-ratelimit-remaining"])
            seconds = float(headers["x-ratelimit-reset"])
        except (KeyError, ValueError):
            return
        if left < _SPARE:
            self._waits_until = clock.now() + max(EVERY, timedelta(seconds=seconds))


def _heard(things: Sequence[dict[str, Any]], us: str) -> Iterator[tuple[str, Heard]]:
    """What others wrote, the oldest first; what was taken down has no author."""
    for row in reversed(things):
        data = row["data"]
        author = data.get("author") or "[deleted]"
        if author == "[deleted]" or author.lower() == us.lower():
            continue
        kept = {name: data[name] for name in _KEPT if data.get(name) is not None}
        raw = stored(kind=row["kind"], thing=kept)
        yield data["name"], Heard(raw, external_id(data["name"]))


def _when(row: dict[str, Any]) -> float:
    return float(row["data"].get("created_utc") or 0)


def _public(name: str) -> str:
    if name.startswith("t4_"):
        raise Refused("Reddit does not let messages be changed once they are sent.")
    return name
