"""A rule that fails: noted on the ticket and on the rule, its owner told once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, Protocol

from accounts.models import User
from accounts.roles import PERMISSIONS, Permission, Role
from macros.actions.rules import mark_failing, unmarked_rules
from macros.kept import UnreadableRule
from macros.models import RuleKind
from tickets.actions import DeliveryDraft, queue_deliveries
from tickets.changes import TicketChange
from tickets.errors import TicketError
from tickets.models import Channel, DeliveryKind, EventType

logger = logging.getLogger(__name__)

_NAMES = {RuleKind.SLA_POLICY.value: "SLA policy"}
TOLD_AT_MOST = 10  # administrators, where there is no owner any more


class _Failing(Protocol):
    """A compiled trigger or automation that could not be judged or carried out on a ticket."""

    @property
    def id(self) -> int: ...
    @property
    def title(self) -> str: ...
    @property
    def owner_id(self) -> int | None: ...
    @property
    def cause(self) -> dict[str, Any]: ...


def note_failure(rule: _Failing, change: TicketChange, error: Exception) -> None:
    """Write the failure down. The owner hears of it when it begins, not at every ticket."""
    words, kind = _words(error), str(rule.cause["kind"])
    change.add(EventType.ERROR, "rule", value=words, cause=rule.cause)
    if mark_failing(kind=kind, rule_id=rule.id, error=words):
        _tell(kind, rule.title, rule.owner_id, words, change)


def note_invalid(
    rules: Sequence[UnreadableRule], change: TicketChange, *, kind: RuleKind = RuleKind.TRIGGER
) -> None:
    """Mark rules that cannot be judged at all; one query when that is done already.

    The ticket's audit is spared: they have nothing to do with this ticket.
    """
    unmarked = unmarked_rules(kind).filter(pk__in=[rule.id for rule in rules])
    ids = set(unmarked.values_list("pk", flat=True))
    for rule in rules:
        if rule.id in ids and mark_failing(kind=kind, rule_id=rule.id, error=rule.why):
            _tell(kind, rule.title, rule.owner_id, rule.why, change)


def _words(error: Exception) -> str:
    """What people may read of an error; what nobody foresaw stands in the log."""
    if isinstance(error, TicketError):
        return str(error)[:500]
    logger.error("rule.failed", exc_info=error)
    return "It failed in a way that nobody foresaw. The log of the server says more."


def _tell(kind: str, title: str, owner_id: int | None, words: str, change: TicketChange) -> None:
    number = change.ticket.pk
    left_out = "this part of it" if kind == RuleKind.MACRO else "it"
    body = (
        f"The {_NAMES.get(kind, kind)} “{title}” does not work: {words}\n\n"
        f"It was noticed on ticket #{number}, which was kept as it is. Open it, correct it and "
        f"save it; until then {left_out} is left out wherever it fails."
    )
    what = "macro" if kind == RuleKind.MACRO else "rule"
    subject = f"A {what} does not work: {title}"
    queue_deliveries(
        drafts=[
            DeliveryDraft(
                ticket=change.ticket, kind=DeliveryKind.NOTIFICATION, channel=Channel.EMAIL,
                recipient=person, address=person.email or "", subject=subject, body=body,
                audit=change.audit,
            )
            for person in _people_to_tell(kind, owner_id)
        ]
    )  # fmt: skip
    change.has_deliveries = True


def _people_to_tell(kind: str, owner_id: int | None) -> list[User]:
    """The owner; administrators when they have left or may no longer change such rules."""
    needed = Permission.COMMENT_INTERNALLY if kind == RuleKind.MACRO else Permission.MANAGE_RULES
    may_change = [role for role, may in PERMISSIONS.items() if needed in may]
    people: Any = User.objects.filter(is_active=True).exclude(email=None).exclude(email="")
    owner = people.filter(pk=owner_id, role__in=may_change)
    admins = people.filter(role=Role.ADMIN).order_by("id")
    return list(owner) or list(admins[:TOLD_AT_MOST])
