from collections.abc import Sequence

from django.conf import settings

from accounts.models import Identity, IdentityKind
from accounts.roles import STAFF
from channels_in.adapters import Arrival
from channels_in.email.addresses import names_a_ticket
from channels_in.email.filters.history import sender_key
from channels_in.email.filters.rules import is_welcome
from channels_in.models import Fate
from channels_in.reasons import Reason
from channels_in.receive import IMPORT
from channels_in.screening import PASS, Verdict
from tickets.models import Ticket

STRANGER = Verdict(Fate.SUSPENDED, Reason.NOT_ON_ALLOWLIST)


def hold_strangers(arrivals: Sequence[Arrival]) -> list[Verdict]:
    """With MAIL_ALLOWLIST_ONLY: only those pass whom a rule allows, agents, people who have
    tickets, and answers to mail of ours.
    """
    if not settings.MAIL_ALLOWLIST_ONLY:
        return [PASS] * len(arrivals)
    known = _known({sender_key(arrival) for arrival in arrivals})
    return [PASS if _may_pass(arrival, known) else STRANGER for arrival in arrivals]


def _may_pass(arrival: Arrival, known: set[str]) -> bool:
    return (
        sender_key(arrival) in known
        or is_welcome(arrival)
        or names_a_ticket(arrival)
        or arrival.item.envelope.get("via") == IMPORT
    )


def _known(emails: set[str]) -> set[str]:
    """Those of the addresses whose owners are agents or have asked for something before."""
    rows = Identity.objects.filter(kind=IdentityKind.EMAIL, value__in=emails)
    staff = rows.filter(user__role__in=STAFF, user__is_active=True).values_list("value", flat=True)
    requesters = Ticket.objects.filter(requester__in=rows.values("user"), deleted_at=None)
    customers = rows.filter(user__in=requesters.values("requester"))
    return {*staff, *customers.values_list("value", flat=True)}
