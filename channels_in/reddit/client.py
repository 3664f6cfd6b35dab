"""Speaking with Reddit (reddit.com/dev/api) on behalf of one account.

Access tokens last a day and are kept per process; the refresh token stays valid until the account
takes it back.
"""

from __future__ import annotations

import hashlib
from threading import Lock
from typing import Any

from channels_in.networks.network import Heard, Outgoing, Page, Profile, Refused, Sent, TokenExpired
from channels_in.payloads import external_id, stored
from channels_in.social.network import CannotDo, check_length
from channels_in.social.rest import Rest
from core import clock
from core.http import Http

SIGN_IN, HOST = "https://www.reddit.com", "https://oauth.reddit.com"
AGENT = "web:helpdesk:1.0 (customer care)"
LENGTH = 10_000
_AT_ONCE = 100
_EARLY = 60  # seconds before it runs out, a token is changed

_tokens: dict[str, tuple[str, float]] = {}
_lock = Lock()


class RedditClient(CannotDo):
    """`channels_in.social.network.SocialClient`."""

    def __init__(self, *, client_id: str, client_secret: str, refresh_token: str) -> None:
        self._login = (client_id, client_secret)
        self._refresh_token = refresh_token
        secret = f"{client_id} {client_secret} {refresh_token}"
        self._key = hashlib.sha256(secret.encode()).hexdigest()
        self._rest = Rest("Reddit", Http(HOST, headers={"User-Agent": AGENT}))

    def close(self) -> None:
        self._rest.close()

    def who_am_i(self) -> Profile:
        with _lock:
            _tokens.pop(self._key, None)
        me = self._ask("GET", "/api/v1/me")
        return Profile(
            address=me["name"], name=me["name"], url=f"https://www.reddit.com/user/{me['name']}"
        )

    def poll(self, cursor: dict[str, Any]) -> Page:
        """The inbox from new to old; what is newer than the newest thing of the last visit."""
        since = float(cursor.get("since") or 0)
        query = {"limit": str(_AT_ONCE), "after": cursor.get("page", ""), "raw_json": "1"}
        listing = self._ask("GET", "/message/inbox", params=query).get("data") or {}
        things = [row for row in listing.get("children") or [] if row["kind"] in ("t1", "t4")]
        known = set(cursor.get("known") or ())  # of the very second where the last visit ended
        fresh = [
            row
            for row in things
            if float(row["data"]["created_utc"]) >= since and row["data"]["name"] not in known
        ]
        newest = max((float(row["data"]["created_utc"]) for row in things), default=since)
        until = float(cursor.get("until") or newest)
        goes_on = bool(since and listing.get("after") and fresh and len(fresh) == len(things))
        after = (
            {**cursor, "since": since, "until": until, "page": listing["after"]}
            if goes_on
            else {"since": until or clock.now().timestamp(), "until": 0, "page": ""}
        )
        at_end = [row["data"]["name"] for row in things if row["data"]["created_utc"] == until]
        after["known"] = [*known, *at_end][-_AT_ONCE:]
        heard = [
            Heard(stored(kind=row["kind"], thing=_kept(row["data"])),
                  external_id(row["data"]["name"]))
            for row in reversed(fresh)
            if since and row["data"].get("author")
        ]  # fmt: skip
        return Page(heard, after, has_more=goes_on)

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
        self._form(
            "/api/compose", to=outgoing.handle.value, subject="Your post", text=outgoing.text
        )
        return Sent("")

    def edit(self, post_id: str, text: str) -> None:
        check_length(text, limit=LENGTH, counts=len)
        self._form("/api/editusertext", may_repeat=True, thing_id=post_id, text=text)

    def delete(self, post_id: str) -> None:
        self._form("/api/del", may_repeat=True, id=post_id)

    def _form(self, path: str, *, may_repeat: bool = False, **fields: str) -> Any:
        given = {"api_type": "json", "raw_json": "1", **fields}
        said = self._ask("POST", path, data=given, may_repeat=may_repeat)
        errors = (said.get("json") or {}).get("errors") if isinstance(said, dict) else None
        if errors:
            raise Refused("Reddit refused it: " + "; ".join(str(e[1]) for e in errors)[:300])
        return said

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        headers = {"Authorization": f"Bearer {self._token()}"}
        if "params" in options:
            options["params"] = {k: v for k, v in options["params"].items() if v}
        try:
            return self._rest.ask(method, path, headers=headers, **options)
        except TokenExpired:
            with _lock:
                _tokens.pop(self._key, None)
            headers = {"Authorization": f"Bearer {self._token()}"}
            return self._rest.ask(method, path, headers=headers, **options)

    def _token(self) -> str:
        """Raises TokenExpired when the account has taken its consent back."""
        with _lock:
            token, until = _tokens.get(self._key, ("", 0.0))
        now = clock.now().timestamp()
        if token and until > now:
            return token
        http = Http(SIGN_IN, headers={"User-Agent": AGENT})
        try:
            given = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
            said = Rest("Reddit", http).ask(
                "POST", "/api/v1/access_token", data=given, auth=self._login
            )
        except Refused as error:
            raise TokenExpired(str(error)) from error
        finally:
            http.close()
        if "access_token" not in said:
            raise TokenExpired(f"Reddit does not let us in: {said.get('error', 'no token')}")
        token = str(said["access_token"])
        with _lock:
            _tokens[self._key] = (token, now + float(said.get("expires_in", 3600)) - _EARLY)
        return token


def _kept(thing: dict[str, Any]) -> dict[str, Any]:
    """What reading needs: votes and flags move on, and the same thing must be the same bytes."""
    names = ("author", "name", "body", "parent_id", "context", "first_message_name", "subject",
             "created_utc", "type", "score")  # fmt: skip
    return {name: thing.get(name) for name in names}
