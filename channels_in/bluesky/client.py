"""Speaking with Bluesky through the `atproto` library.

A post is made under a record key that is computed from what is sent, so that one that may have
left is simply sent again: the server says that it exists, and nobody reads it twice. Sessions are
kept per process, because logging in is limited to some hundred times a day.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock
from typing import Any

import httpx
from atproto import Client, Request, models
from atproto_client import exceptions
from atproto_client.client.session import SessionEvent
from atproto_client.models.utils import get_model_as_dict

from channels_in.bluesky import images
from channels_in.bluesky.reading import url_of
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
    Uncertain,
    Unreachable,
)
from channels_in.social.lengths import graphemes
from channels_in.social.network import CannotDo, check_length
from core import clock
from core.http import guarded_transport

POST, LIKE = "app.bsky.feed.post", "app.bsky.feed.like"
LENGTH = 300
DIRECT_LENGTH = 1000  # chat.bsky.convo.defs#messageInput
_REASONS = ["mention", "reply", "quote"]
_AT_ONCE = 50
_CHAT_PAUSE = timedelta(hours=1)  # before an app password without chat is tried again
_PROFILES = 25  # actors that getProfiles takes
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
_ENDED = {"ExpiredToken", "InvalidToken", "AccountTakedown", "AuthMissing"}

logger = logging.getLogger(__name__)

_sessions: dict[str, str] = {}
_lock = Lock()


class BlueskyClient(CannotDo):
    """`channels_in.social.network.SocialClient`."""

    def __init__(self, *, service: str, identifier: str, password: str) -> None:
        self._identifier, self._password = identifier, password
        secret = hashlib.sha256(password.encode()).hexdigest()
        self._key = f"{service} {identifier} {secret}"
        request = Request(
            transport=guarded_transport(), timeout=httpx.Timeout(20, connect=5), trust_env=False
        )
        self._client = Client(service.rstrip("/"), request=request)
        self._client.on_session_change(self._keep)
        self._is_in = False

    def close(self) -> None:
        self._client.request.close()

    def who_am_i(self) -> Profile:
        with _told():
            self._sign_in(anew=True)
            me = self._client._session
            assert me is not None  # noqa: S101  signing in makes one
            profile = self._client.app.bsky.actor.get_profile({"actor": me.did})
        return Profile(
            address=me.handle, name=profile.display_name or me.handle,
            url=f"https://bsky.app/profile/{me.handle}",
        )  # fmt: skip

    # What came in

    def poll(self, cursor: dict[str, Any]) -> Page:
        """The next page of notifications, then of direct messages.

        Pages go from new to old; `until` is where the next round has to stop, and becomes `since`
        when a round has come down to the place where the one before began.
        """
        with _told():
            self._sign_in()
            page = self._client.app.bsky.notification.list_notifications(
                {"reasons": _REASONS, "limit": _AT_ONCE, "cursor": cursor.get("page") or None}
            )
        since, known = cursor.get("since", ""), cursor.get("known", [])
        fresh = [
            note
            for note in page.notifications
            if note.indexed_at >= since and note.uri not in known
        ]
        until = cursor.get("until") or (fresh[0].indexed_at if fresh else since)
        goes_on = bool(since and page.cursor and fresh and len(fresh) == len(page.notifications))
        after = (
            {**cursor, "page": page.cursor, "until": until}
            if goes_on
            else {**cursor, "page": "", "until": "", "since": until}
        )
        at_end = [note.uri for note in page.notifications if note.indexed_at == until]
        after["known"] = [*known, *at_end][-_AT_ONCE:]
        messages = self._posts(fresh) if since else []  # a new account is read from now on
        if not since and not until:
            after["since"] = _an_hour_ago()  # nobody has told us anything yet; clocks differ
        if not goes_on:
            direct, after["log"], after["no_chat_until"] = self._direct(after)
            messages += direct
        return Page(messages, after, has_more=goes_on)

    def _posts(self, notes: list[Any]) -> list[Heard]:
        us = self._me()
        others = [note for note in notes if note.author.did != us]
        followers = self._followers({note.author.did for note in others})
        return [
            Heard(
                _json({
                    "type": "post", "us": us, "followers": followers.get(note.author.did),
                    "notification": get_model_as_dict(note),
                }),
                external_id=_short(note.uri),
            )
            for note in others
        ]  # fmt: skip

    def _followers(self, dids: set[str]) -> dict[str, int]:
        """Reach is worth a question, not a failure: without an answer nobody's is known."""
        found: dict[str, int] = {}
        wanted = sorted(dids)
        try:
            for start in range(0, len(wanted), _PROFILES):
                actors = wanted[start : start + _PROFILES]
                for profile in self._client.app.bsky.actor.get_profiles(
                    {"actors": actors}
                ).profiles:
                    found[profile.did] = profile.followers_count or 0
        except exceptions.AtProtocolError as error:
            logger.info("bluesky.no_reach", extra={"why": str(error)[:200]})
        return found

    def _direct(self, cursor: dict[str, Any]) -> tuple[list[Heard], str, str]:
        """New direct messages; an app password may have no access to them, which is no error."""
        log, closed_until = cursor.get("log", ""), cursor.get("no_chat_until", "")
        now = clock.now()
        if closed_until > now.isoformat():
            return [], log, closed_until
        chat = self._client.with_bsky_chat_proxy().chat.bsky.convo
        try:
            with _told():
                page = chat.get_log({"cursor": log} if log else {})
        except (Refused, TokenExpired, Unreachable) as error:
            logger.info("bluesky.no_chat", extra={"why": str(error)[:200]})
            return [], log, (now + _CHAT_PAUSE).isoformat()
        heard: list[Heard] = []
        members: dict[str, dict[str, Any]] = {}
        for entry in page.logs if log else []:
            message = getattr(entry, "message", None)
            sender = getattr(getattr(message, "sender", None), "did", "")
            is_new = (getattr(entry, "py_type", "") or "").endswith("logCreateMessage")
            if message is None or not is_new or sender in ("", self._me()):
                continue
            if sender not in members:
                with _told():
                    convo = chat.get_convo({"convo_id": entry.convo_id}).convo
                members |= {each.did: get_model_as_dict(each) for each in convo.members}
            heard.append(
                Heard(
                    _json({
                        "type": "dm", "convo": entry.convo_id,
                        "message": get_model_as_dict(message),
                        "sender": members.get(sender, {"did": sender, "handle": sender}),
                    }),
                    external_id=_short(f"dm:{entry.convo_id}:{message.id}"),
                )
            )  # fmt: skip
        return heard, page.cursor or log, ""

    # What goes out

    def send(self, outgoing: Outgoing) -> Sent:
        if outgoing.is_private:
            return self._send_direct(outgoing)
        check_length(outgoing.text, limit=LENGTH, counts=graphemes)
        with _told():
            self._sign_in()
            reply = self._reply_to(outgoing.in_reply_to) if outgoing.in_reply_to else None
            embed = images.embed_of(self._client, outgoing.files)
            return self._post(outgoing.text, outgoing.key, reply=reply, embed=embed)

    def publish(self, text: str) -> Sent:
        check_length(text, limit=LENGTH, counts=graphemes)
        with _told():
            self._sign_in()
            return self._post(text, f"statement {text}")

    def like(self, post_id: str) -> None:
        with _told():
            self._sign_in()
            seen = self._record(post_id)
            record = models.AppBskyFeedLike.Record(
                created_at=_now(),
                subject=models.ComAtprotoRepoStrongRef.Main(uri=post_id, cid=seen.cid or ""),
            )
            self._create(LIKE, record, f"like {post_id}")

    def delete(self, post_id: str) -> None:
        repo, collection, rkey = post_id.removeprefix("at://").split("/")
        with _told():
            self._sign_in()
            self._client.com.atproto.repo.delete_record(
                {"repo": repo, "collection": collection, "rkey": rkey}
            )

    def _post(self, text: str, key: str, *, reply: Any = None, embed: Any = None) -> Sent:
        record = models.AppBskyFeedPost.Record(
            text=text, created_at=_now(), reply=reply, embed=embed,
            facets=self._client.detect_facets(text) or None,
        )  # fmt: skip
        uri = self._create(POST, record, key)
        session = self._client._session
        return Sent(uri, url_of(uri, session.handle if session else ""))

    def _create(self, collection: str, record: Any, key: str) -> str:
        """Make a record once: a second time its key is taken, and that is as good."""
        rkey = record_key(f"{self._me()} {collection} {key}")
        uri = f"at://{self._me()}/{collection}/{rkey}"
        try:
            return self._client.com.atproto.repo.create_record(
                {"repo": self._me(), "collection": collection, "rkey": rkey, "record": record}
            ).uri
        except exceptions.AtProtocolError:
            if self._exists(collection, rkey):
                return uri
            raise

    def _exists(self, collection: str, rkey: str) -> bool:
        try:
            self._client.com.atproto.repo.get_record(
                {"repo": self._me(), "collection": collection, "rkey": rkey}
            )
        except exceptions.AtProtocolError:
            return False
        return True

    def _reply_to(self, uri: str) -> Any:
        """The post that is answered and the one its thread began with (`replyRef`)."""
        seen = self._record(uri)
        parent = models.ComAtprotoRepoStrongRef.Main(uri=uri, cid=seen.cid or "")
        above = getattr(seen.value, "reply", None)
        root = above.root if above else parent
        return models.AppBskyFeedPost.ReplyRef(parent=parent, root=root)

    def _record(self, uri: str) -> Any:
        repo, collection, rkey = uri.removeprefix("at://").split("/")
        return self._client.com.atproto.repo.get_record(
            {"repo": repo, "collection": collection, "rkey": rkey}
        )

    def _send_direct(self, outgoing: Outgoing) -> Sent:
        check_length(outgoing.text, limit=DIRECT_LENGTH, counts=graphemes)
        if outgoing.files:
            raise Refused("Bluesky takes no files with direct messages; put a link into the text.")
        with _told():
            self._sign_in()
            chat = self._client.with_bsky_chat_proxy().chat.bsky.convo
            convo = outgoing.conversation.removeprefix("dm:")
            if not outgoing.conversation.startswith("dm:"):
                convo = chat.get_convo_for_members({"members": [outgoing.handle.value]}).convo.id
        with _told(has_left=True):
            message = chat.send_message({"convo_id": convo, "message": {"text": outgoing.text}})
        return Sent(f"dm:{convo}:{message.id}", conversation=f"dm:{convo}")

    # Signing in

    def _me(self) -> str:
        session = self._client._session
        return session.did if session else ""

    def _sign_in(self, *, anew: bool = False) -> None:
        if self._is_in and not anew:
            return
        with _lock:
            kept = "" if anew else _sessions.get(self._key, "")
        if kept:
            self._client.login(session_string=kept, fetch_bsky_profile=False)
            try:
                self._client.com.atproto.server.get_session()  # refreshes an old one
            except (exceptions.UnauthorizedError, exceptions.BadRequestError):
                kept = ""
        if not kept:
            self._client.login(self._identifier, self._password, fetch_bsky_profile=False)
        self._is_in = True

    def _keep(self, event: SessionEvent, session: Any) -> None:
        if event in (SessionEvent.CREATE, SessionEvent.REFRESH):
            with _lock:
                _sessions[self._key] = session.export()


def record_key(key: str) -> str:
    """A TID (13 letters, the first without its upper bit) that is the same for the same key."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") >> 1
    letters = []
    for _ in range(13):
        letters.append(_ALPHABET[number & 31])
        number >>= 5
    return "".join(reversed(letters))


@contextmanager
def _told(*, has_left: bool = False) -> Iterator[None]:
    """The library's errors as the house's. `has_left`: a broken connection leaves it open."""
    try:
        yield
    except NetworkError:
        raise
    except exceptions.RateLimitExceededError as error:
        raise RateLimited("Bluesky asks us to wait.", retry_after=_wait_of(error)) from error
    except exceptions.UnauthorizedError as error:
        raise TokenExpired(f"Bluesky does not let us in: {error}") from error
    except exceptions.BadRequestError as error:
        name = getattr(getattr(error.response, "content", None), "error", "")
        if name in _ENDED:
            raise TokenExpired(f"Bluesky does not let us in: {error}") from error
        raise Refused(f"Bluesky refused it: {error}") from error
    except exceptions.RequestErrorBase as error:
        never_left = isinstance(error.__cause__, httpx.ConnectError | httpx.ConnectTimeout)
        if has_left and error.response is None and not never_left:
            raise Uncertain(f"The connection to Bluesky broke: {error}") from error
        raise Unreachable(f"Bluesky did not answer: {error}") from error
    except (exceptions.AtProtocolError, httpx.HTTPError) as error:
        if has_left:
            raise Uncertain(f"The connection to Bluesky broke: {error}") from error
        raise Unreachable(f"Bluesky did not answer sensibly: {error}") from error


def _wait_of(error: exceptions.RateLimitExceededError) -> float:
    headers = error.response.headers if error.response else {}
    reset = {name.lower(): value for name, value in headers.items()}.get("ratelimit-reset", "")
    return max(float(reset) - clock.now().timestamp(), 1) if reset.isdigit() else 60


def _short(uri: str) -> str:
    return uri if len(uri) <= 80 else hashlib.sha256(uri.encode()).hexdigest()


def _json(stored: dict[str, Any]) -> bytes:
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _an_hour_ago() -> str:
    instant = clock.now() - timedelta(hours=1)
    return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z")
