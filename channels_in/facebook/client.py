"""What a page says on Facebook, by the Graph API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import IdentityKind
from channels_in.meta.graph import Graph
from channels_in.meta.messaging import reply_in_private
from channels_in.meta.pages import PAGE_FIELDS, fields_of_page
from channels_in.models import Connection
from channels_in.networks.network import Outgoing, Page, Profile, Refused, Sent
from channels_in.social.network import check_length
from tickets.models import Channel

LENGTH, PRIVATE_LENGTH = 8000, 2000


class FacebookClient:
    """`channels_in.social.network.SocialClient` of one page."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._graph = Graph(connection.secret("access_token"))

    def close(self) -> None:
        self._graph.close()

    def who_am_i(self) -> Profile:
        me = self._graph.get("me", fields="id,name,link")
        return Profile(address=me.text("id"), name=me.text("name"), url=me.text("link"))

    def listen_at(self, url: str, secret: str) -> None:
        """The address is entered in the app's settings; the page is put on its list."""
        fields = fields_of_page(self._connection, PAGE_FIELDS[self._connection.channel])
        data = {"subscribed_fields": ",".join(fields)}
        self._graph.post("me/subscribed_apps", is_sending=False, data=data)

    def poll(self, cursor: dict[str, Any]) -> Page:
        raise Refused("Facebook is not asked; it posts.")

    def send(self, outgoing: Outgoing) -> Sent:
        """In public beneath the comment; in private once, as the answer to it (Private Replies)."""
        if outgoing.files:
            raise Refused("An answer on Facebook carries no files.")
        if outgoing.is_private:
            return self._send_private(outgoing)
        check_length(outgoing.text, limit=LENGTH, counts=len)
        answered = outgoing.in_reply_to or outgoing.conversation.partition("#")[0]
        if not answered:
            raise Refused("There is no post to answer any more.")
        said = self._graph.post(f"{id_in_path(answered)}/comments", data={"message": outgoing.text})
        number = said.text("id")
        return Sent(number, f"https://www.facebook.com/{number}")

    def _send_private(self, outgoing: Outgoing) -> Sent:
        """The person answers by Messenger, where the page knows them by another id."""
        check_length(outgoing.text, limit=PRIVATE_LENGTH, counts=len)
        if not outgoing.in_reply_to or outgoing.conversation.startswith("dm:"):
            raise Refused(
                _("Facebook lets a comment be answered in private once. They answer by Messenger.")
            )
        said = reply_in_private(self._graph, outgoing)
        if not said.conversation:
            return said
        begun = said.beginning_with(IdentityKind.MESSENGER, Channel.MESSENGER)
        return replace(begun, conversation=f"dm:{said.conversation}")

    def publish(self, text: str) -> Sent:
        number = self._graph.post("me/feed", data={"message": text}).text("id")
        return Sent(number, f"https://www.facebook.com/{number}")

    def like(self, post_id: str) -> None:
        self._graph.post(f"{id_in_path(post_id)}/likes", is_sending=False)

    def edit(self, post_id: str, text: str) -> None:
        check_length(text, limit=LENGTH, counts=len)
        self._graph.post(id_in_path(post_id), is_sending=False, data={"message": text})

    def delete(self, post_id: str) -> None:
        self._graph.take_down(id_in_path(post_id))


def id_in_path(post_id: str) -> str:
    """An id goes into an address: digits and underscores only."""
    if not post_id.replace("_", "").isalnum():
        raise Refused("This is no id of a post on Facebook.")
    return post_id
