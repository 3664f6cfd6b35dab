"""Who gets a public reply, set against whom the customer's last message named.

CCs get the replies and everybody sees them; followers read along unseen and stand elsewhere. A
difference is shown, never acted upon: people whom the customer left out still get the reply until
an agent takes them off, and people whom the customer named get it once an agent has added them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.actions import find_or_create_customers
from accounts.models import Identity, IdentityKind, User
from channels_in.accounts import own_addresses, split_tag
from tickets.actions.participants import CC_LIMIT
from tickets.drafts import TicketChanges
from tickets.errors import InvalidChange
from tickets.models import Comment, Participant, Ticket
from tickets.selectors.conversations import People


@dataclass(frozen=True, slots=True)
class Chip:
    """One person in CC and what should be known before a reply goes to them."""

    address: str
    name: str
    is_new: bool = False  # since the customer's last message
    is_dropped: bool = False  # by the customer's last message
    is_external: bool = False  # another company's address
    is_undeliverable: bool = False  # mail to it came back

    @property
    def note(self) -> str:
        """The one thing that matters most about it."""
        if self.is_undeliverable:
            return _("mail came back")
        if self.is_dropped:
            return _("left out")
        if self.is_new:
            return _("new")
        return _("external") if self.is_external else ""


@dataclass(frozen=True, slots=True)
class Recipients:
    """`named`: people the customer's last message went to who are not on the ticket."""

    to: list[User]
    ccs: list[Chip]
    unreachable: list[User] = field(default_factory=list)
    unverified: list[User] = field(default_factory=list)
    named: list[Chip] = field(default_factory=list)
    undeliverable_to: bool = False
    last_author: str = ""

    @property
    def dropped(self) -> list[Chip]:
        return [chip for chip in self.ccs if chip.is_dropped]

    @property
    def were(self) -> str:
        """The CCs as they are shown, so that a submit tells what was changed there."""
        return ",".join(chip.address for chip in self.ccs)


def recipients_of(
    ticket: Ticket, actor_id: int | None, people: People, *, shown: Sequence[Comment] = ()
) -> Recipients:
    """Three queries at most: the customer's last message, bounced addresses, domains of ours.

    `shown` are the latest comments in order, where they are loaded: then the message is looked for
    among these first.
    """
    accepted = [row for row in people.ccs if row.is_accepted and row.user_id != actor_id]
    reachable = [row for row in accepted if row.user.email and row.user.is_active]
    to = [ticket.requester] if ticket.requester_id != actor_id else []
    last = _last_message(ticket, shown)
    is_first = bool(last and last.created_at <= ticket.created_at)
    named = _named_in(last, ticket)
    left_out = _left_out_by(last, named)
    known = {row.user.email for row in people.ccs} | {ticket.requester.email}
    others = [address for address in named or () if address not in known]
    present = [row.user.email or "" for row in reachable]
    bounced = _undeliverable([*present, *others, ticket.requester.email or ""])
    inside = _inside_domains(ticket)
    ccs = [
        Chip(
            address=row.user.email or "",
            name=row.user.display_name,
            is_new=bool(last and not is_first and row.created_at >= last.created_at),
            is_dropped=left_out(row),
            is_external=row.user.is_customer and _domain(row.user.email or "") not in inside,
            is_undeliverable=row.user.email in bounced,
        )
        for row in reachable
    ]
    return Recipients(
        to=[person for person in to if person.email and person.is_active],
        ccs=ccs,
        unreachable=[
            person
            for person in [*to, *(row.user for row in accepted)]
            if not (person.email and person.is_active)
        ],
        unverified=[row.user for row in people.ccs if not row.is_accepted],
        named=[
            Chip(
                address, address, is_new=True, is_external=_domain(address) not in inside,
                is_undeliverable=address in bounced,
            )
            for address in others
        ],
        undeliverable_to=ticket.requester.email in bounced,
        last_author=last.author.first_name if last else "",
    )  # fmt: skip


def _last_message(ticket: Ticket, shown: Sequence[Comment]) -> Comment | None:
    """The customer's latest message that says whom it went to."""
    found = next(filter(_says_to_whom, reversed(shown)), None)
    if found or any(comment.created_at <= ticket.created_at for comment in shown):
        return found  # the first one is among them: there are no others
    rows = ticket.comments.public().filter(is_from_agent=False, metadata__has_key="recipients")
    latest = rows.select_related("author").order_by("-created_at", "-id")
    return next(filter(_says_to_whom, latest.iterator(chunk_size=20)), None)


def _says_to_whom(comment: Comment) -> bool:
    """One that is not verified must not decide who gets the answer."""
    is_customers = comment.is_public and not comment.is_from_agent
    is_trusted = "unverified_sender" not in comment.flags
    return is_customers and is_trusted and "recipients" in comment.metadata


def _named_in(last: Comment | None, ticket: Ticket) -> list[str] | None:
    """To and Cc of the message without ourselves and its author; None when it names nobody."""
    recipients = last.metadata.get("recipients") if last else None
    if last is None or not recipients:
        return None
    everyone = [*(recipients.get("to") or []), *(recipients.get("cc") or [])]
    unique = dict.fromkeys(str(address).lower() for address in everyone)
    own = own_addresses() | {ticket.recipient}
    others = [address for address in unique if split_tag(address)[0] not in own]
    return [address for address in others if address != last.author.email]


def _left_out_by(last: Comment | None, named: list[str] | None) -> Callable[[Participant], bool]:
    """Whether the message could have gone to a CC, who was there before it, and did not."""

    def is_left_out(row: Participant) -> bool:
        if last is None or named is None or row.user_id == last.author_id:
            return False
        return row.created_at < last.created_at and row.user.email not in named

    return is_left_out


def _undeliverable(addresses: Iterable[str]) -> set[str]:
    rows = Identity.objects.filter(
        kind=IdentityKind.EMAIL, value__in=list(addresses), undeliverable_at__isnull=False
    )
    return set(rows.values_list("value", flat=True))


def _inside_domains(ticket: Ticket) -> set[str]:
    """The requester's and their organisation's domains, and our own."""
    organization = ticket.organization
    domains = {_domain(address) for address in own_addresses()}
    domains |= {_domain(ticket.requester.email or ""), _domain(settings.SUPPORT_ADDRESS)}
    return domains | set(organization.domains if organization else [])


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def addresses_from(texts: Sequence[str]) -> list[str]:
    """E-mail addresses as they were typed, clean and once each. Raises InvalidChange for others."""
    parts = [part for text in texts for part in text.replace(";", ",").split(",")]
    addresses = list(dict.fromkeys(part.strip().lower() for part in parts if part.strip()))
    own = own_addresses()
    for address in addresses:
        try:
            validate_email(address)
        except ValidationError as error:
            words = _("“%(text)s” is not an e-mail address. Correct it or take it off CC.")
            raise InvalidChange("cc_ids", words % {"text": address[:100]}) from error
        if split_tag(address)[0] in own:
            words = _("%(text)s is our own address: its mail would come back to us.")
            raise InvalidChange("cc_ids", words % {"text": address})
    if len(addresses) > CC_LIMIT:
        words = _("At most %(n)d people can be in CC; there are %(given)d.")
        raise InvalidChange("cc_ids", words % {"n": CC_LIMIT, "given": len(addresses)})
    return addresses


def cc_ids_of(addresses: Collection[str]) -> tuple[int, ...]:
    """The people behind addresses; unknown ones are made."""
    people = find_or_create_customers(names_by_email=dict.fromkeys(addresses, ""))
    return tuple(people[address].pk for address in addresses)


def cc_changes(form: QueryDict, people: People) -> TicketChanges:
    """What a composer's CC list changes, whatever others have added or removed meanwhile.

    Unverified people stay as they are; typing the address of one takes them in. Raises
    InvalidChange.
    """
    if "cc_were" not in form or form.get("kind") == "internal":
        return TicketChanges()
    wanted = addresses_from([*form.getlist("cc"), form.get("cc_typed", "")])
    were = [address for address in form.get("cc_were", "").split(",") if address]
    added = [address for address in wanted if address not in were]
    removed = {address for address in were if address not in wanted}
    if not added and not removed:
        return TicketChanges()
    present = [row for row in people.ccs if row.user.email not in removed]
    new = [pk for pk in cc_ids_of(added) if pk not in {row.user_id for row in present}]
    return TicketChanges(cc_ids=(*(row.user_id for row in present), *new))


def newly_accepted(form: QueryDict, people: People) -> list[int]:
    """Unverified people whose address was typed into CC: that is an acceptance."""
    if "cc_were" not in form or form.get("kind") == "internal":
        return []
    wanted = set(addresses_from([*form.getlist("cc"), form.get("cc_typed", "")]))
    return [row.user_id for row in people.ccs if not row.is_accepted and row.user.email in wanted]
