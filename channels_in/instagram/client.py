"""What an account says on Instagram: messages, answers beneath comments, answers to mentions.

developers.facebook.com/docs/instagram-platform: comment-moderation, mentions, private-replies.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from channels_in.instagram.reading import KIND, MENTION
from channels_in.meta.lookups import host_of, looked_up
from channels_in.meta.messaging import MessagingClient, reply_in_private
from channels_in.models import Connection
from channels_in.networks.network import Outgoing, Page, Profile, Refused, Sent, TokenExpired
from channels_in.payloads import Payload
from channels_in.social.network import CannotDo, check_length

EVENTS = ("messages", "messaging_postbacks", "messaging_seen", "message_reactions", "comments",
          "live_comments", "mentions")  # fmt: skip
LENGTH, MESSAGE_BYTES = 2200, 1000
_COMMENT = "id,text,username,timestamp,from,media{id,permalink}"
_MEDIA = "id,caption,username,timestamp,permalink"


def count_bytes(text: str) -> int:
    """In messages Instagram counts bytes: an emoji is four."""
    return len(text.encode())


class InstagramClient(MessagingClient, CannotDo):
    """`channels_in.social.network.SocialClient` of one account."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, names="user_id,username,name", sends_links=True,
                         has_metadata=False)  # fmt: skip
        self._has_page = not host_of(connection)

    def who_am_i(self) -> Profile:
        """By Instagram's own sign-in the account itself, by a page's token the one linked to it."""
        if self._has_page:
            fields = "instagram_business_account{id,username,name}"
            me = self._graph.get("me", fields=fields).of("instagram_business_account")
            if not me.text("id"):
                raise TokenExpired(_("No Instagram account is linked to the page of this token."))
        else:
            me = self._graph.get("me", fields=self._names)
        username = me.text("username")
        return Profile(
            me.text("user_id") or me.text("id"), me.text("name") or username,
            f"https://instagram.com/{username}" if username else "",
        )  # fmt: skip

    def listen_at(self, url: str, secret: str) -> None:
        """The address itself is entered in the app's settings; the account is put on its list.
        What is told of a linked account is chosen in the app: its page only has to be on the list.
        """
        self.subscribe(("messages", "feed") if self._has_page else EVENTS)

    def poll(self, cursor: dict[str, Any]) -> Page:
        raise Refused("Instagram is not asked; it posts.")

    def send(self, outgoing: Outgoing) -> Sent:
        """In public beneath the comment; in private as a message, the first one as the answer to a
        comment, because nobody may be written to who has not written.
        """
        if not outgoing.is_private:
            return self._answer_in_public(outgoing)
        check_length(outgoing.text, limit=MESSAGE_BYTES, counts=count_bytes)
        if outgoing.in_reply_to.startswith(MENTION):
            raise Refused(_("Instagram lets nobody be written to for a mention in another’s post."))
        if outgoing.in_reply_to.isdecimal() and not outgoing.conversation:
            said = reply_in_private(self._graph, outgoing)
            return said.beginning_with(KIND, self.connection.channel)
        if not outgoing.handle.value.isdecimal():
            raise Refused(_("Instagram lets nobody be written to who is known by name only."))
        return super().send(outgoing)

    def _answer_in_public(self, outgoing: Outgoing) -> Sent:
        check_length(outgoing.text, limit=LENGTH, counts=len)
        if outgoing.files:
            raise Refused(_("An answer on Instagram carries no files."))
        answered = outgoing.in_reply_to
        if not answered:
            raise Refused(_("There is nothing to answer any more."))
        if not answered.startswith(MENTION):
            said = self._graph.post(f"{_id(answered)}/replies", data={"message": outgoing.text})
            return Sent(said.text("id"))
        media, _colon, comment = answered.removeprefix(MENTION).partition(":")
        data = {"media_id": _id(media), "message": outgoing.text}
        if comment:
            data["comment_id"] = _id(comment)
        own = self.connection.account.address
        return Sent(self._graph.post(f"{own}/mentions", data=data).text("id"))

    def delete(self, post_id: str) -> None:
        self._graph.take_down(_id(post_id))


def mention_of(connection: Connection, mention: Payload) -> dict[str, Any]:
    """What stands in a mention, of which only ids were told. Raises NetworkErrors."""
    comment, media = mention.text("comment_id"), mention.text("media_id")
    kind = "mentioned_comment" if comment else "mentioned_media"
    fields = (
        f"mentioned_comment.comment_id({_id(comment)}){{{_COMMENT}}}" if comment
        else f"mentioned_media.media_id({_id(media)}){{{_MEDIA}}}"
    )  # fmt: skip
    return looked_up(connection, connection.account.address, fields).of(kind).values


def permalink_of(connection: Connection, media: str) -> str:
    """Where people see a post of ours. Raises NetworkErrors."""
    return looked_up(connection, _id(media), "permalink").text("permalink")


def _id(number: str) -> str:
    """An id goes into an address: digits only."""
    if not (number.isascii() and number.isdecimal()):
        raise Refused(_("This is no id of a post on Instagram."))
    return number
