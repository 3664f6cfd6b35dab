"""Why somebody was sent a mail."""

from __future__ import annotations

from django.utils.translation import gettext as _

from macros.explain.answers import Answer, Link
from macros.explain.history import Story
from macros.explain.rulebook import RuleRef
from macros.explain.words import moment
from tickets.models import Delivery, DeliveryKind, Ticket


def why_mail(ticket: Ticket, delivery_id: int) -> Answer | None:
    """Which rule sent a message of this ticket, on which update; None when it is none of its own.

    The caller has checked that the reader may see the ticket.
    """
    rows = Delivery.objects.select_related("recipient", "audit__author")
    delivery = rows.filter(ticket=ticket, pk=delivery_id).first()
    if delivery is None:
        return None
    rule = RuleRef.of(delivery.cause)
    story = Story([delivery.audit] if delivery.audit else [], rules=[rule] if rule else [])
    name = {"name": delivery.recipient.display_name, "address": delivery.address}
    title = _("Why did %(name)s get this mail?") % name
    if delivery.audit is None or rule is None:
        return Answer(title, _unknown(delivery))
    submit = story.submit(delivery.audit)
    words = {**name, "rule": rule.words, "when": moment(submit.at), "clause": submit.clause}
    link = Link(
        what=[_("sent %(name)s (%(address)s) a mail") % name], submit=submit, rule=rule,
        held=story.held(rule), earlier=story.own_changes(rule, delivery.audit),
    )  # fmt: skip
    return Answer(title, _headline(delivery) % words, [link])


def _headline(delivery: Delivery) -> str:
    if delivery.kind == DeliveryKind.COMMENT:
        return _("%(name)s got this reply because %(rule)s sent it on %(when)s, %(clause)s.")
    return _("%(name)s got this mail because %(rule)s sent it on %(when)s, %(clause)s.")


def _unknown(delivery: Delivery) -> str:
    if delivery.audit is not None:
        return _("The help desk sent it, because a rule did not work and its owner has to know.")
    return _("What sent this mail was not noted at the time.")
