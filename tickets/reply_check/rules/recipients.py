"""Somebody is left out, somebody from outside is new, or somebody is not to read it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from tickets.reply_check.reply import Finding, Person, Remedy, RemedyKind, Reply

DROPPED = "dropped_recipient"
EXTERNAL = "external_recipient"
CUSTOMER = "customer_in_side_conversation"
CODES = (CUSTOMER, DROPPED, EXTERNAL)


def find(reply: Reply) -> Iterator[Finding]:
    yield from _kept_from(reply)
    yield from _dropped(reply)
    yield from _external(reply)


def _kept_from(reply: Reply) -> Iterator[Finding]:
    hidden_from = {person.address for person in reply.kept_from if person.address}
    for person in reply.ccs:
        if person.address not in hidden_from:
            continue
        yield Finding(
            CUSTOMER,
            _("%(address)s is the customer, who is to see nothing of this.")
            % {"address": person.address},
            remedies=(Remedy(RemedyKind.REMOVE_CC, _("Remove"), person.address),),
        )


def _dropped(reply: Reply) -> Iterator[Finding]:
    """People whom the customer's last message went to, and who would not get this one.

    Who was not on the ticket when the composer was opened is left out only when the customer named
    somebody; colleagues and the person who writes are no loss.
    """
    present = {person.address for person in (*reply.ccs, reply.requester, reply.author)}
    who = _name(reply.author) or _("The customer")
    for person in reply.named:
        if person.address in present or person.address == reply.agent.address:
            continue
        yield Finding(
            DROPPED,
            _("%(who)s wrote to %(address)s too, who would not get this reply.")
            % {"who": who, "address": person.address},
            remedies=(Remedy(RemedyKind.ADD_CC, _("Add to CC"), person.address),),
        )


def _external(reply: Reply) -> Iterator[Finding]:
    """Another company's address that was added while this reply was written."""
    expected = {person.address for person in (*reply.ccs_before, *reply.named)}
    expected |= {reply.requester.address, reply.author.address, reply.agent.address}
    for person in reply.ccs:
        if person.is_inside or person.address in expected:
            continue
        yield Finding(
            EXTERNAL,
            _("%(address)s is new here and belongs to another company.")
            % {"address": person.address},
            remedies=(Remedy(RemedyKind.REMOVE_CC, _("Remove from CC"), person.address),),
        )


def _name(person: Person) -> str:
    return person.name.split()[0] if person.name.strip() else ""
