"""A submit in one sentence: who did what, by which way."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from macros.explain.rulebook import RuleRef
from macros.explain.words import metric_of
from macros.models import RuleKind
from tickets.models import Audit, AuditEvent, Channel, Comment, EventType

Text = str | Promise

# As a sentence, and as the end of one.
_ACTS: dict[str, tuple[Text, Text]] = {
    "made": (
        gettext_lazy("%(who)s made the ticket%(via)s"),
        gettext_lazy("when %(who)s made the ticket%(via)s"),
    ),
    "replied": (
        gettext_lazy("%(who)s replied%(via)s"), gettext_lazy("when %(who)s replied%(via)s")
    ),
    "wrote": (gettext_lazy("%(who)s wrote%(via)s"), gettext_lazy("when %(who)s wrote%(via)s")),
    "noted": (
        gettext_lazy("%(who)s wrote an internal note%(via)s"),
        gettext_lazy("when %(who)s wrote an internal note%(via)s"),
    ),
    "changed": (
        gettext_lazy("%(who)s changed the ticket%(via)s"),
        gettext_lazy("when %(who)s changed the ticket%(via)s"),
    ),
    RuleKind.AUTOMATION: (
        gettext_lazy("%(rule)s ran by itself, because time had passed"),
        gettext_lazy("when %(rule)s ran by itself"),
    ),
    RuleKind.ROUTING: (
        gettext_lazy("%(rule)s gave the ticket out"),
        gettext_lazy("when %(rule)s gave the ticket out"),
    ),
    RuleKind.SLA_POLICY: (
        gettext_lazy("%(rule)s noted the time"), gettext_lazy("when %(rule)s noted the time")
    ),
    "breach": (
        gettext_lazy("%(rule)s noted that its promise was broken: %(metric)s"),
        gettext_lazy("when %(rule)s noted that its promise was broken: %(metric)s"),
    ),
    "warning": (
        gettext_lazy("%(rule)s warned that time is running out: %(metric)s"),
        gettext_lazy("when %(rule)s warned that time is running out: %(metric)s"),
    ),
    "taken back": (
        gettext_lazy("%(rule)s took the ticket back"),
        gettext_lazy("when %(rule)s took the ticket back"),
    ),
}  # fmt: skip
_VIA: dict[str, Text] = {
    Channel.EMAIL: gettext_lazy(" by e-mail"),
    Channel.CHAT: gettext_lazy(" by chat"),
    Channel.MESSENGER: gettext_lazy(" by Messenger"),
    Channel.WHATSAPP: gettext_lazy(" by WhatsApp"),
    Channel.TELEGRAM: gettext_lazy(" by Telegram"),
    Channel.SMS: gettext_lazy(" by text message"),
    Channel.X: gettext_lazy(" on X"),
    Channel.FACEBOOK: gettext_lazy(" on Facebook"),
    Channel.INSTAGRAM: gettext_lazy(" on Instagram"),
    Channel.MASTODON: gettext_lazy(" on Mastodon"),
    Channel.BLUESKY: gettext_lazy(" on Bluesky"),
    Channel.REDDIT: gettext_lazy(" on Reddit"),
    Channel.CUSTOM: gettext_lazy(" by an own channel"),
    Channel.PHONE: gettext_lazy(" by phone"),
    Channel.API: gettext_lazy(" by way of the API"),
}


def sentences(audit: Audit, events: Sequence[AuditEvent]) -> tuple[str, str]:
    """`Carol wrote by e-mail`, and `when Carol wrote by e-mail`."""
    rule = RuleRef.of(audit.cause)
    own = [event for event in events if not event.cause]
    act = _act_of_rule(rule, events) if rule else _act_of_person(own)
    sla = next((event for event in events if event.type in _SLA), None)
    values = {
        "who": who_made(audit),
        "via": str(_VIA.get(audit.channel, "")),
        "rule": rule.words if rule else "",
        "metric": metric_of(sla) if sla else "",
    }
    sentence, clause = (str(text) % values for text in _ACTS[act])
    return sentence[:1].upper() + sentence[1:], clause


def who_made(audit: Audit) -> str:
    """A name; "the help desk" for what it did by itself."""
    return audit.author.display_name if audit.author else _("the help desk")


_SLA = {EventType.SLA_BREACH.value: "breach", EventType.SLA_WARNING.value: "warning"}


def _act_of_rule(rule: RuleRef, events: Sequence[AuditEvent]) -> str:
    if rule.kind == RuleKind.SLA_POLICY:
        return next((_SLA[event.type] for event in events if event.type in _SLA), rule.kind)
    assigned = next((event for event in events if event.field_name == "assignee_id"), None)
    if rule.kind == RuleKind.ROUTING and assigned and assigned.value is None:
        return "taken back"
    return rule.kind if rule.kind in _ACTS else "changed"


def _act_of_person(own: Sequence[AuditEvent]) -> str:
    if any(event.type == EventType.CREATE for event in own):
        return "made"
    comment = next((event.comment for event in own if event.type == EventType.COMMENT), None)
    if comment is None:
        return "changed"
    return _act_of_writer(comment)


def _act_of_writer(comment: Comment) -> str:
    if not comment.is_public:
        return "noted"
    return "replied" if comment.is_from_agent else "wrote"
