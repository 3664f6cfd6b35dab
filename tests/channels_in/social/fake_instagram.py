"""Instagram's API with its own sign-in, as Meta documents it: messages, comments, mentions.

developers.facebook.com/docs/instagram-platform (comment-moderation, private-replies, mentions).
"""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

from tests.channels_in.messaging.fake_server import Answer, Request
from tests.channels_in.social.fake_facebook import failed, signed

OWN, TOKEN, SECRET = "17841400000000001", "IGAA-token", "app-secret"
MEDIA, PERMALINK = "17900000000000001", "https://www.instagram.com/p/Abc/"
_MENTION = re.compile(r"mentioned_(comment|media)\.(?:comment|media)_id\((\d+)\)\{([a-z_,{}]+)\}")


class FakeInstagram:
    def __init__(self) -> None:
        self.comments: dict[str, dict[str, Any]] = {}  # by id: text, author, parent
        self.mentions: dict[str, dict[str, Any]] = {}  # by the id of the comment or the media
        self.messages: list[dict[str, Any]] = []
        self.answered_in_private: set[str] = set()
        self.subscribed = ""
        self.token = TOKEN
        self._ids = count(17990000000000001)

    def __call__(self, request: Request) -> Answer:
        if request.headers.get("authorization") != f"Bearer {self.token}":
            return failed(401, 190, "Invalid OAuth access token")
        if request.path.split("?")[0] == "/refresh_access_token":
            return self._renewed(request.query)
        path = request.path.split("/")[2:]  # behind the version
        match (request.method, path):
            case ("GET", ["me"]):
                me = {"id": "9", "user_id": OWN, "username": "brightcart", "name": "BrightCart"}
                return Answer(200, me)
            case ("POST", ["me", "subscribed_apps"]):
                self.subscribed = request.form["subscribed_fields"]
                return Answer(200, {"success": True})
            case ("GET", [number]) if number == MEDIA:
                return Answer(200, {"id": MEDIA, "permalink": PERMALINK})
            case ("GET", [number]) if number == OWN:
                return self._mentioned(request.query["fields"])
            case ("POST", [number, "replies"]) if number in self.comments:
                # "replies to a reply will be added to the top-level comment"
                top = self.comments[number].get("parent") or number
                return self._make(request.form["message"], parent=top)
            case ("POST", [number, "mentions"]) if number == OWN:
                form = request.form
                assert form["media_id"].isdecimal()
                return self._make(form["message"], parent=form.get("comment_id", form["media_id"]))
            case ("DELETE", [number]) if number in self.comments:
                del self.comments[number]
                return Answer(200, {"success": True})
            case ("POST", ["me", "messages"]):
                return self._message(request.json)
            case ("GET", [number]) if number.isdecimal():
                return Answer(200, {"id": number, "name": "Paula Perez", "username": "paulap"})
        return failed(400, 100, "Unsupported request: the object does not exist")

    def _renewed(self, query: dict[str, str]) -> Answer:
        assert query == {"grant_type": "ig_refresh_token", "access_token": self.token}
        self.token = f"{TOKEN}-{next(self._ids)}"
        return Answer(
            200, {"access_token": self.token, "token_type": "bearer", "expires_in": 5_183_944}
        )

    def _make(self, text: str, *, parent: str) -> Answer:
        if len(text) > 2200:
            return failed(400, 100, "The comment is too long")
        number = str(next(self._ids))
        self.comments[number] = {"text": text, "parent": parent, "author": OWN}
        return Answer(200, {"id": number})

    def _mentioned(self, fields: str) -> Answer:
        found = _MENTION.fullmatch(fields)
        assert found, fields
        if found[2] not in self.mentions:
            return failed(400, 100, "The requested resource does not exist")
        return Answer(200, {f"mentioned_{found[1]}": self.mentions[found[2]], "id": OWN})

    def _message(self, said: dict[str, Any]) -> Answer:
        recipient, message = said["recipient"], said["message"]
        assert len(recipient) == 1
        if "text" in message and len(message["text"].encode()) > 1000:
            return failed(400, 100, "Length of param message[text] must be at most 1000 bytes")
        person = recipient.get("id", "")
        if comment := recipient.get("comment_id"):
            if comment not in self.comments or comment in self.answered_in_private:
                return failed(400, 10900, "Activity already replied to")
            self.answered_in_private.add(comment)
            person = self.comments[comment]["author"]
        self.messages.append(said)
        return Answer(200, {"recipient_id": person, "message_id": f"aWdf{next(self._ids)}"})

    # What it posts

    def comment(
        self, text: str, *, author: str = "7001", name: str = "paulap", number: str = "",
        parent: str = "", field: str = "comments", is_flat: bool = False,
    ) -> bytes:  # fmt: skip
        """A comment beneath our post MEDIA. `is_flat`: as the sign-in with Instagram posts it."""
        number = number or str(next(self._ids))
        self.comments.setdefault(number, {"text": text, "parent": parent, "author": author})
        value: dict[str, Any] = {
            "id": number, "from": {"id": author, "username": name}, "text": text,
            "media": {"id": MEDIA, "media_product_type": "FEED"},
        }  # fmt: skip
        if parent:
            value["parent_id"] = parent
        change = {"field": field, "value": value}
        return posted(change if is_flat else {"changes": [change]})

    def mention(self, text: str, *, name: str = "mona", media: str = "17911000000000001",
                comment: str = "") -> bytes:  # fmt: skip
        """Somebody names us beneath a post of their own, or in its caption."""
        said: dict[str, Any] = {"username": name, "timestamp": "2026-11-30T18:10:30+0000",
                                "id": comment or media}  # fmt: skip
        link = {"id": media, "permalink": f"https://www.instagram.com/p/{media}/"}
        said |= {"text": text, "media": link} if comment else {"caption": text, **link}
        self.mentions[comment or media] = said
        value = {"media_id": media, **({"comment_id": comment} if comment else {})}
        return posted({"changes": [{"field": "mentions", "value": value}]})

    def message(self, text: str, *, author: str = "7001", mid: str = "") -> bytes:
        mid = mid or f"aWdf{next(self._ids)}"
        event = {"sender": {"id": author}, "recipient": {"id": OWN}, "timestamp": 1796000000000,
                 "message": {"mid": mid, "text": text}}  # fmt: skip
        return posted({"messaging": [event]})

    def echo(self, text: str, *, to: str = "7001", mid: str = "", **more: Any) -> bytes:
        """What left the account, by whatever program."""
        mid = mid or f"aWdf{next(self._ids)}"
        said = {"mid": mid, "is_echo": True, **({"text": text} if text else {}), **more}
        event = {"sender": {"id": OWN}, "recipient": {"id": to}, "timestamp": 1796000000000,
                 "message": said}  # fmt: skip
        return posted({"messaging": [event]})


def posted(part: dict[str, Any], *, account: str = OWN) -> bytes:
    entry = {"id": account, "time": 1_796_000_000, **part}
    return json.dumps({"object": "instagram", "entry": [entry]}).encode()


__all__ = ["MEDIA", "OWN", "PERMALINK", "SECRET", "TOKEN", "FakeInstagram", "posted", "signed"]
