"""What a page says on Facebook, by the Graph API."""

from __future__ import annotations

from typing import Any

from channels_in.meta.graph import Graph
from channels_in.networks.network import Outgoing, Page, Profile, Refused, Sent
from channels_in.social.network import check_length

LENGTH = 8000


class FacebookClient:
    """`channels_in.social.network.SocialClient` of one page."""

    def __init__(self, token: str) -> None:
        self._graph = Graph(token)

    def close(self) -> None:
        self._graph.close()

    def who_am_i(self) -> Profile:
        me = self._graph.get("me", fields="id,name,link")
        return Profile(address=me.text("id"), name=me.text("name"), url=me.text("link"))

    def listen_at(self, url: str, secret: str) -> None:
        """The address is entered in the app's settings; the page is put on its list."""
        fields = {"subscribed_fields": "feed,mention"}
        self._graph.post("me/subscribed_apps", is_sending=False, data=fields)

    def poll(self, cursor: dict[str, Any]) -> Page:
        raise Refused("Facebook is not asked; it posts.")

    def send(self, outgoing: Outgoing) -> Sent:
        """In public beneath the comment; in private once, as the answer to it (Private Replies)."""
        check_length(outgoing.text, limit=LENGTH, counts=len)
        if outgoing.files:
            raise Refused("An answer on Facebook carries no files.")
        answered = outgoing.in_reply_to or outgoing.conversation.partition("#")[0]
        if outgoing.is_private:
            return self._send_private(outgoing)
        if not answered:
            raise Refused("There is no post to answer any more.")
        said = self._graph.post(f"{_id(answered)}/comments", data={"message": outgoing.text})
        number = said.text("id")
        return Sent(number, f"https://www.facebook.com/{number}")

    def _send_private(self, outgoing: Outgoing) -> Sent:
        is_first = bool(outgoing.in_reply_to) and not outgoing.conversation.startswith("dm:")
        person = {"comment_id": outgoing.in_reply_to} if is_first else {"id": outgoing.handle.value}
        said = self._graph.post(
            "me/messages",
            json={
                "recipient": person, "message": {"text": outgoing.text},
                "messaging_type": "RESPONSE",
            },
        )  # fmt: skip
        number = said.text("recipient_id") or outgoing.handle.value
        return Sent(said.text("message_id"), conversation=f"dm:{number}")

    def publish(self, text: str) -> Sent:
        number = self._graph.post("me/feed", data={"message": text}).text("id")
        return Sent(number, f"https://www.facebook.com/{number}")

    def like(self, post_id: str) -> None:
        self._graph.post(f"{_id(post_id)}/likes", is_sending=False)

    def edit(self, post_id: str, text: str) -> None:
        check_length(text, limit=LENGTH, counts=len)
        self._graph.post(_id(post_id), is_sending=False, data={"message": text})

    def delete(self, post_id: str) -> None:
        self._graph.take_down(_id(post_id))


def _id(post_id: str) -> str:
    """An id goes into an address: digits and underscores only."""
    if not post_id.replace("_", "").isalnum():
        raise Refused("This is no id of a post on Facebook.")
    return post_id
