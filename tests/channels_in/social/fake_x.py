"""X's API v2 as docs.x.com has it, for one account; every request must be signed (RFC 5849)."""

from __future__ import annotations

import re
from itertools import count
from typing import Any
from urllib.parse import unquote

from channels_in.x.lengths import weighted
from channels_in.x.oauth1 import Keys, signature
from tests.channels_in.messaging.fake_server import Answer, Request

KEYS = Keys(api_key="key", api_secret="secret", token="token", token_secret="token-secret")
US = {"id": "100", "username": "BrightCart", "name": "BrightCart"}


def failed(status: int, title: str, **headers: str) -> Answer:
    return Answer(status, {"title": title, "detail": title, "type": "about:blank"}, headers)


class FakeX:
    def __init__(self) -> None:
        self.url = ""
        self.posts: list[dict[str, Any]] = []
        self.people: dict[str, dict[str, Any]] = {}
        self.said: list[dict[str, Any]] = []
        self.liked: list[str] = []
        self.directs: list[dict[str, Any]] = []
        self.told: list[tuple[str, str]] = []
        self.uploads: list[tuple[str, str, bytes]] = []
        self.media: dict[str, dict[str, Any]] = {}
        self.remaining = 10
        self._ids = count(1_700_000_000_000)
        self._nonces: set[str] = set()

    def mention(self, text: str, *, author: str = "carol", answers: str = "", **more: Any) -> str:
        number = str(next(self._ids))
        person = self._person(author)
        self.posts.append(
            {
                "id": number, "text": text, "author_id": person, "lang": "en",
                "conversation_id": answers or number, "created_at": "2026-11-18T12:00:00.000Z",
                "in_reply_to_user_id": US["id"] if answers else None,
                "public_metrics": {"like_count": 3, "retweet_count": 1, "reply_count": 0,
                                   "quote_count": 0},
                "referenced_tweets": [{"type": "replied_to", "id": answers}] if answers else [],
                **more,
            }
        )  # fmt: skip
        return number

    def direct(self, text: str, *, author: str = "carol") -> None:
        person = self._person(author)
        self.directs.append(
            {
                "id": str(next(self._ids)), "event_type": "MessageCreate", "text": text,
                "sender_id": person, "dm_conversation_id": f"100-{person}",
                "created_at": "2026-11-18T12:00:00.000Z",
            }
        )  # fmt: skip

    def _person(self, name: str) -> str:
        number = str(sum(map(ord, name)))
        self.people[number] = {
            "id": number, "username": name, "name": name.title(),
            "public_metrics": {"followers_count": 2500},
        }  # fmt: skip
        return number

    def __call__(self, request: Request) -> Answer:
        if not self._is_signed(request):
            return failed(401, "Unauthorized")
        match (request.method, request.path.split("/")[1:]):
            case ("GET", ["2", "users", "me"]):
                return Answer(200, {"data": US})
            case ("GET", ["2", "users", "100", "mentions"]):
                return self._mentions(request.query)
            case ("GET", ["2", "dm_events"]):
                return self._paged(self.directs, request.query)
            case ("POST", ["2", "tweets"]):
                return self._post(request.json)
            case ("DELETE", ["2", "tweets", number]):
                self.said = [row for row in self.said if row["id"] != number]
                return Answer(200, {"data": {"deleted": True}})
            case ("POST", ["2", "users", "100", "likes"]):
                self.liked.append(request.json["tweet_id"])
                return Answer(200, {"data": {"liked": True}})
            case ("POST", ["2", "media", "upload"]):
                return self._upload(request.parts())
            case ("POST", ["2", "dm_conversations", *to, "messages"]):
                self.told.append(("/".join(to), request.json["text"]))
                key = to[0] if len(to) == 1 else f"100-{to[1]}"
                sent = {"dm_conversation_id": key, "dm_event_id": str(next(self._ids))}
                return Answer(201, {"data": sent})
        return failed(404, "Not Found")

    def _is_signed(self, request: Request) -> bool:
        header = request.headers.get("authorization", "")
        fields = {k: unquote(v) for k, v in re.findall(r'(\w+)="([^"]*)"', header)}
        given = fields.pop("oauth_signature", "")
        if fields.get("oauth_nonce") in self._nonces:
            return False  # a replay
        self._nonces.add(fields.get("oauth_nonce", ""))
        wanted = signature(
            KEYS, request.method, f"{self.url}{request.path}", {**request.query, **fields}
        )
        return given == wanted

    def _mentions(self, query: dict[str, str]) -> Answer:
        since = int(query.get("since_id") or 0)
        return self._paged([row for row in self.posts if int(row["id"]) > since], query)

    def _paged(self, rows: list[dict[str, Any]], query: dict[str, str]) -> Answer:
        size, start = int(query["max_results"]), int(query.get("pagination_token") or 0)
        if not 5 <= size <= 100 or start > len(rows):
            return failed(400, "Invalid Request")
        rows = rows[::-1]
        return self._page(rows[start : start + size], start + size if rows[start + size :] else 0)

    def _page(self, rows: list[dict[str, Any]], after: int = 0) -> Answer:
        headers = {
            "x-rate-limit-remaining": str(self.remaining),
            "x-rate-limit-reset": "4070908800",
        }
        if not rows:
            return Answer(200, {"meta": {"result_count": 0}}, headers)
        meta: dict[str, Any] = {
            "result_count": len(rows), "newest_id": rows[0]["id"], "oldest_id": rows[-1]["id"],
        }  # fmt: skip
        if after:
            meta["next_token"] = str(after)
        includes = {"users": list(self.people.values()), "media": list(self.media.values())}
        body = {"data": rows, "meta": meta, "includes": includes}
        return Answer(200, body, headers)

    def _post(self, given: dict[str, Any]) -> Answer:
        if weighted(given["text"]) > 280 or not given["text"]:
            return failed(403, "Your Tweet is too long")
        if any(row["text"] == given["text"] for row in self.said):
            return failed(403, "You are not allowed to create a Tweet with duplicate content.")
        row = {"id": str(next(self._ids)), **given}
        self.said.append(row)
        return Answer(201, {"data": row})

    def _upload(self, parts: dict[str, tuple[str | None, str, bytes]]) -> Answer:
        category = parts["media_category"][2].decode()
        if category not in ("tweet_image", "dm_image") or not parts["media"][2]:
            return failed(400, "Invalid Request")
        number = str(next(self._ids))
        self.uploads.append((number, category, parts["media"][2]))
        return Answer(200, {"data": {"id": number, "media_key": f"3_{number}"}})
