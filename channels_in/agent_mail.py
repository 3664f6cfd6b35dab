"""An agent's reply by mail: it does what the agent could do in the workspace, and no more."""

from __future__ import annotations

from accounts.actor import actor_for
from accounts.models import Group, User
from accounts.roles import Permission
from channels_in.commands import Commands, read_commands
from channels_in.letters import Letter, comment_of
from core import html
from tickets import policies
from tickets.actions import update_ticket
from tickets.drafts import UNSET, CommentDraft, TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Ticket


def submit(letter: Letter, ticket: Ticket) -> Ticket:
    """Submit a proven agent's reply with the agent's own rights.

    Only what was written this time is taken, never the history below it: that may hold internal
    notes. A forward, and the reply of somebody who may not answer customers, is an internal note.

    Raises NotPermitted, TicketNotFound, TicketClosed, InvalidChange.
    """
    actor = actor_for(letter.author, channel=letter.item.account.channel)
    actor = actor.on(letter.item.account.channel, item=letter.item.pk)
    policies.visible_ticket(actor, ticket.pk)
    commands, text = read_commands(letter.message.reply_text or letter.message.text)
    is_internal = (
        commands.is_internal
        or letter.message.is_forward
        or not actor.can(Permission.REPLY_PUBLICLY)
    )
    letter.flags.append("agent_by_mail")
    return update_ticket(
        actor=actor, ticket_id=ticket.pk, changes=_changes(commands, ticket),
        comment=_comment(letter, text, is_public=not is_internal), is_silent=letter.is_old,
    )  # fmt: skip


def _comment(letter: Letter, text: str, *, is_public: bool) -> CommentDraft | None:
    draft = comment_of(letter)
    if not text.strip() and not draft.files:
        return None
    return CommentDraft(
        author_id=draft.author_id, body=text, html=html.from_text(text), reply_text=text,
        is_public=is_public, channel=draft.channel, message_id=draft.message_id,
        digest=draft.digest, files=draft.files, metadata=draft.metadata,
        may_be_answered=draft.may_be_answered,
    )  # fmt: skip


def _changes(commands: Commands, ticket: Ticket) -> TicketChanges:
    tags = (*ticket.tags, *commands.tags) if commands.tags else UNSET
    return TicketChanges(
        status=commands.fields.get("status", UNSET),
        priority=commands.fields.get("priority", UNSET),
        type=commands.fields.get("type", UNSET),
        tags=tags,
        assignee_id=_agent(commands.assignee).pk if commands.assignee else UNSET,
        group_id=_group(commands.group).pk if commands.group else UNSET,
    )


def _agent(words: str) -> User:
    """The agent with this address, or with this name when only one has it."""
    agents = User.objects.assignable()
    found = list(agents.filter(email=words)[:1]) or list(agents.filter(name__iexact=words)[:2])
    if len(found) != 1:
        raise InvalidChange("assignee_id", f"There is no single agent called “{words}”.")
    return found[0]


def _group(words: str) -> Group:
    group = Group.objects.filter(name__iexact=words, is_active=True).first()
    if group is None:
        raise InvalidChange("group_id", f"There is no group called “{words}”.")
    return group
