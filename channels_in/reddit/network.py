"""What Reddit can, what connecting asks for, how its messages are read."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import IdentityKind
from channels_in.adapters import Capabilities
from channels_in.messages import IncomingMessage
from channels_in.models import Connection, InboundItem
from channels_in.networks.network import Field, Refused, WebhookAnswer, WebhookRequest
from channels_in.reddit import reading
from channels_in.reddit.client import LENGTH, RedditClient
from channels_in.reddit.tokens import Login
from channels_in.social.network import Facts
from tickets.models import Channel

SUBREDDITS = 10  # each costs two questions a visit
_NAME = re.compile(r"(?:/?r/)?([A-Za-z0-9_]{2,21})/?", re.IGNORECASE)


class Reddit:
    """`channels_in.social.network.SocialNetwork`."""

    channel = Channel.REDDIT.value
    label = "Reddit"
    help = _(
        "At reddit.com/prefs/apps, signed in with the account that answers, make an app of the "
        "kind “script”. Answers to you, mentions of your account and messages come in; "
        "docs/social.md goes through it step by step."
    )
    capabilities = Capabilities(
        is_public=True, length_limit=LENGTH, has_attachments=False, has_direct_messages=True,
        can_publish=False,
        can_edit=True, can_delete=True,
    )  # fmt: skip
    fields = (
        Field("client_id", _("Client id"), _("The letters below the name of the app")),
        Field("client_secret", _("Client secret"), is_secret=True),
        Field("username", _("Account"), _("The name after u/")),
        Field(
            "password", _("Password"), _("Of this account, unless you have a refresh token"),
            is_secret=True, is_required=False,
        ),
        Field(
            "refresh_token", _("Refresh token"),
            _("Instead of the password, for accounts that sign in with a second factor"),
            is_secret=True, is_required=False,
        ),
        Field(
            "subreddits", _("Subreddits to watch"),
            _("Up to ten, with commas between them; new posts and comments go to the stream"),
            is_required=False,
        ),
    )  # fmt: skip
    is_polled = True
    has_webhook = False
    identity_kind = IdentityKind.REDDIT.value

    def parse(self, raw: bytes, item: InboundItem) -> IncomingMessage:
        return reading.message_of(raw)

    def facts(self, raw: bytes) -> Facts:
        return reading.facts_of(raw)

    def client(self, connection: Connection) -> RedditClient:
        login = Login(
            client_id=connection.setting("client_id"),
            client_secret=connection.secret("client_secret"),
            username=connection.setting("username").strip().removeprefix("/").removeprefix("u/"),
            password=connection.secret("password"),
            refresh_token=connection.secret("refresh_token"),
        )
        return RedditClient(login, subreddits=subreddits_of(connection.setting("subreddits")))

    def troubles(self, connection: Connection) -> list[str]:
        """`channels_in.networks.network.HasTroubles`: what Reddit did not let us read lately."""
        watched = {name.lower() for name in subreddits_of(connection.setting("subreddits"))}
        shut = {
            path.split("/")[2]: status
            for path, status in (connection.cursor.get("shut") or {}).items()
        }
        return [
            _shut_words(name, status) for name, status in shut.items() if name.lower() in watched
        ]

    def webhook(self, request: WebhookRequest, connection: Connection) -> WebhookAnswer:
        raise ValueError("Reddit posts nothing; it is asked.")


def _shut_words(name: str, status: str) -> str:
    """Why nothing comes from a subreddit, and what can be done."""
    if status == "403":
        words = gettext(
            "r/%(name)s is private or does not let this account read. Ask its moderators for "
            "access, or take it off the list. The others go on."
        )
    else:
        words = gettext(
            "r/%(name)s is not there any more, or Reddit has banned it. Take it off the list. The "
            "others go on."
        )
    return words % {"name": name}


def subreddits_of(typed: str) -> list[str]:
    """Names without r/. Raises Refused for what is no name, or more than SUBREDDITS."""
    names: dict[str, str] = {}
    for word in re.split(r"[\s,;]+", typed.strip()):
        found = _NAME.fullmatch(word)
        if word and not found:
            raise Refused(f"“{word[:40]}” is no name of a subreddit.")
        if found:
            names[found[1].lower()] = found[1]
    if len(names) > SUBREDDITS:
        raise Refused(f"At most {SUBREDDITS} subreddits can be watched.")
    return list(names.values())
