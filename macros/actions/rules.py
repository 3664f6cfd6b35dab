"""What changing any rule has in common: who may, its revisions, its errors."""

from __future__ import annotations

from typing import Any

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.roles import Permission
from core import clock, locks
from macros.models import Rule, RuleKind, RuleRevision
from tickets.errors import TicketError

TITLE_LENGTH = 150


class RuleGone(TicketError):
    """The rule does not exist any more: somebody has deleted it."""

    def __init__(self) -> None:
        super().__init__("This rule does not exist any more; somebody has deleted it.")


class InvalidRule(TicketError):
    """A rule that cannot be saved as it is; the message says what to change."""


class ChangedRule(TicketError):
    """Somebody saved the rule meanwhile; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody else has changed this rule since you opened it. Your text is kept here: open "
            "the rule in another tab, compare, and save again."
        )


def require_may_edit(actor: Actor) -> None:
    """Raise NotPermitted unless the actor may edit shared rules."""
    if not actor.can(Permission.MANAGE_RULES):
        raise NotPermitted("Only people who manage rules may change them.")


def clean_title(title: str) -> str:
    """One line. Raises InvalidRule when it is empty or too long."""
    clean = " ".join(title.replace("\x00", "").split())
    if not clean:
        raise InvalidRule("Give the rule a title.")
    if len(clean) > TITLE_LENGTH:
        raise InvalidRule(f"The title has at most {TITLE_LENGTH} letters.")
    return clean


def note_saved(rule: Rule, kind: RuleKind, actor: Actor, *, is_new: bool) -> None:
    """Save a rule whose fields were set, as one more revision; its error is over.

    The revision is what tells every process that rules have changed; two editors take turns, so
    that revisions become visible in the order of their ids.
    """
    locks.hold(["rules"])
    now = clock.now()
    rule.revision = 1 if is_new else rule.revision + 1
    rule.error, rule.failed_at = "", None
    rule.updated_by_id, rule.updated_at = actor.user_id, now
    if is_new:
        rule.created_by_id, rule.created_at = actor.user_id, now
    rule.save()
    RuleRevision.objects.create(
        kind=kind, rule_id=rule.pk, number=rule.revision, definition=definition_of(rule),
        author_id=actor.user_id, created_at=now,
    )  # fmt: skip


def note_deleted(rule: Rule, kind: RuleKind, actor: Actor) -> None:
    """Delete a rule; its last revision stays, and says who did it."""
    locks.hold(["rules"])
    RuleRevision.objects.create(
        kind=kind, rule_id=rule.pk, number=rule.revision + 1,
        definition={**definition_of(rule), "deleted": True}, author_id=actor.user_id,
        created_at=clock.now(),
    )  # fmt: skip
    rule.delete()


def definition_of(rule: Rule) -> dict[str, Any]:
    """What of a rule a revision keeps: what people wrote, not what happened to it."""
    skipped = {"id", "revision", "error", "failed_at", "created_by", "updated_by", "created_at",
               "updated_at"}  # fmt: skip
    fields = [field for field in rule._meta.concrete_fields if field.name not in skipped]
    return {field.attname: getattr(rule, field.attname) for field in fields}
