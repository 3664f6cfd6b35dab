"""A Mastodon server as docs.joinmastodon.org has it, for one token; strict about questions."""

from __future__ import annotations

import json
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request

TOKEN = "token-of-the-shop"
US = {
    "id": "1",
    "acct": "shop",
    "username": "shop",
    "display_name": "Shop",
    "url": "https://m.test/@shop",
}


def failed(status: int, words: str, **headers: str) -> Answer:
    return Answer(status, {"error": words}, headers)


class FakeMastodon:
    def __init__(self) -> None:
        self.notifications: list[dict[str, Any]] = []
        self.statuses: dict[str, dict[str, Any]] = {}
        self.by_key: dict[str, str] = {}
        self.favourites: list[str] = []
        self.token = TOKEN
        self.limit: int | None = 500  # None: a server too old to say
        self._ids = count(109_000)

    def mention(self, text: str, *, author: str = "carol@other.test", visibility: str = "public",
                answers: str | None = None, followers: int = 12) -> str:  # fmt: skip
        """Somebody mentions us. Returns the status's id."""
        number = str(next(self._ids))
        account = {
            "id": f"9{author}", "acct": author, "display_name": author.split("@")[0].title(),
            "url": f"https://other.test/@{author}", "followers_count": followers,
        }  # fmt: skip
        status = {
            "id": number, "content": f"<p>{text}</p>", "visibility": visibility, "language": "en",
            "in_reply_to_id": answers, "url": f"https://other.test/{number}", "spoiler_text": "",
            "in_reply_to_account_id": "1" if answers else None, "media_attachments": [],
            "created_at": "2026-11-18T12:00:00.000Z", "reblogs_count": 1, "favourites_count": 2,
            "replies_count": 0,
        }  # fmt: skip
        self.statuses[number] = status
        self.notifications.append(
            {"id": str(next(self._ids)), "type": "mention", "account": account, "status": status}
        )
        return number

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return failed(401, "The access token is invalid")
        path = request.path
        if (request.method, path) == ("GET", "/api/v1/accounts/verify_credentials"):
            return Answer(200, US)
        if (request.method, path) == ("GET", "/api/v2/instance") and self.limit:
            statuses = {"max_characters": self.limit, "characters_reserved_per_url": 23}
            return Answer(200, {"configuration": {"statuses": statuses}})
        if (request.method, path) == ("GET", "/api/v1/notifications"):
            return self._notifications(request.query)
        if (request.method, path) == ("POST", "/api/v1/statuses"):
            return self._post(request)
        if path.startswith("/api/v1/statuses/"):
            return self._one(request, path.split("/")[4], path.split("/")[5:])
        return failed(404, "Record not found")

    def _notifications(self, query: dict[str, str]) -> Answer:
        if query.get("types[]") != "mention":
            return failed(422, "only mentions are asked for here")
        limit = int(query["limit"])
        rows = sorted(self.notifications, key=lambda row: int(row["id"]))
        if "min_id" in query:  # the page right after it, newest first
            rows = [row for row in rows if int(row["id"]) > int(query["min_id"])][:limit]
            return Answer(200, rows[::-1])
        return Answer(200, rows[::-1][:limit])

    def _post(self, request: Request) -> Answer:
        key, given = request.headers.get("idempotency-key", ""), request.json
        if not key:
            return failed(422, "this test wants an Idempotency-Key")
        if key in self.by_key:
            return Answer(200, self.statuses[self.by_key[key]])
        if self.limit and len(given["status"]) > self.limit:
            return failed(422, f"Validation failed: Text character limit of {self.limit} exceeded")
        answered = given.get("in_reply_to_id")
        if answered and answered not in self.statuses:
            return failed(404, "Record not found")
        number = str(next(self._ids))
        self.by_key[key] = number
        self.statuses[number] = {
            "id": number, "url": f"https://m.test/@shop/{number}", "account": US, **given,
        }  # fmt: skip
        return Answer(200, self.statuses[number])

    def _one(self, request: Request, number: str, rest: list[str]) -> Answer:
        status = self.statuses.get(number)
        if status is None:
            return failed(404, "Record not found")
        if request.method == "POST" and rest == ["favourite"]:
            self.favourites.append(number)
        elif status.get("account") != US:
            return failed(403, "This action is not allowed")
        elif request.method == "PUT":
            status["status"] = request.json["status"]
        elif request.method == "DELETE":
            del self.statuses[number]
        return Answer(200, json.loads(json.dumps(status)))
