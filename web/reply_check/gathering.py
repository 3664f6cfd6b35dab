"""A composer's form and its ticket, as the rules of tickets.reply_check read them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.http import QueryDict

from accounts.actor import Actor
from accounts.models import User
from channels_in.accounts import own_addresses, split_tag
from channels_in.adapters import CHANNELS
from channels_in.networks.privacy import carried_by
from core.html import to_text
from tickets.models import Channel, Comment, Ticket
from tickets.reply_check import ALL_CODES, Person, Reply
from tickets.reply_check.check import TEXT_LIMIT
from tickets.selectors.conversations import people_of
from tickets.selectors.replies import last_customer_message
from web.agent.numbers import as_ids

CC_READ = 60  # addresses of a form that are looked at
# Everybody has an address there: it makes nobody a colleague of the customer.
_FOR_EVERYBODY = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com
    me.com mac.com aol.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de
    mailbox.org proton.me protonmail.com orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it
    yahoo.fr yahoo.de yahoo.es yahoo.co.uk hotmail.fr hotmail.es hotmail.co.uk outlook.es outlook.fr
    outlook.de bluewin.ch telefonica.net wp.pl o2.pl seznam.cz mail.ru yandex.ru qq.com 163.com
    """.split()  # noqa: SIM905  a list of words, not of lines
)


def reply_in(form: QueryDict, ticket: Ticket, actor: Actor, user: User) -> Reply:
    """Four queries: people, the customer's last message, whom the addresses belong to, groups."""
    text = text_in(form)
    has_files = bool(as_ids(form.getlist("upload"))) or "data-cid=" in form.get("html", "")
    if form.get("kind") == "internal":
        return Reply(text=text, is_public=False, has_files=has_files)
    rows = [row for row in people_of(ticket, actor).ccs if row.is_accepted]
    last = last_customer_message(ticket)
    before = [row.user.email for row in rows if row.user.email]
    typed = _addresses(form) if "cc_were" in form else before
    named = _named_in(last, ticket)
    names = {row.user.email: row.user.name for row in rows if row.user.email}
    inside = _inside(ticket, {*typed, *named})
    channel = _way_in(form, ticket)
    capabilities = carried_by(channel, ticket) if channel in CHANNELS else None
    requester = Person(ticket.requester.name, ticket.requester.email or "")
    author = Person(last.author.name, last.author.email or "") if last else requester
    people = {
        address: Person(names.get(address, ""), address, is_inside=address in inside)
        for address in {*typed, *before, *named}
    }
    return Reply(
        text=text,
        has_files=has_files,
        requester=requester,
        author=author,
        agent=Person(user.name, user.email or "", is_inside=True),
        ccs=tuple(people[address] for address in typed),
        ccs_before=tuple(people[address] for address in before),
        named=tuple(people[address] for address in named),
        customer_message=(last.reply_text or last.body) if last else "",
        length_limit=capabilities.length_limit if capabilities else None,
        length=capabilities.counts(text.strip()) if capabilities else None,
        channel=str(Channel(channel).label),
        **_house(),
    )


def side_reply_in(form: QueryDict, ticket: Ticket, user: User, typed: Sequence[str]) -> Reply:
    """A message of a side conversation: everybody in its To is meant, but for the customer.

    One query. The first message of a child ticket is read by colleagues, as an internal note is.
    """
    text = text_in(form)
    has_files = bool(as_ids(form.getlist("upload")))
    if form.get("kind") == "child_ticket":
        return Reply(text=text, is_public=False, has_files=has_files)
    addresses = list(dict.fromkeys(each.strip().lower() for each in typed))[:CC_READ]
    known = User.objects.filter(email__in=addresses).values_list("email", "name")
    names = {address: name for address, name in known if address}
    people = tuple(Person(names.get(address, ""), address) for address in addresses)
    return Reply(
        text=text,
        has_files=has_files,
        requester=people[0] if people else Person(),
        agent=Person(user.name, user.email or "", is_inside=True),
        ccs=people,
        ccs_before=people,
        kept_from=(Person(ticket.requester.name, ticket.requester.email or ""),),
        **_house(),
    )


def _house() -> dict[str, Any]:
    """What the house has set about its own words, places and accounts."""
    return {
        "internal_words": tuple(settings.REPLY_CHECK_INTERNAL_WORDS),
        "internal_hosts": tuple(settings.REPLY_CHECK_INTERNAL_HOSTS),
        "workspace_url": settings.SITE_URL,
        "own_accounts": tuple(settings.REPLY_CHECK_OWN_ACCOUNTS),
    }


def text_in(form: QueryDict) -> str:
    """What was written, as text, without the quoted history below it."""
    html = form.get("html", "")[: 4 * TEXT_LIMIT]
    return (to_text(html) if html.strip() else form.get("body", ""))[:TEXT_LIMIT]


def overridden_in(form: QueryDict) -> list[str]:
    """The doubts that somebody sent a reply in spite of, for its audit."""
    return sorted(ALL_CODES.intersection(form.get("sent_anyway", "").split(",")))


def _addresses(form: QueryDict) -> list[str]:
    texts = [*form.getlist("cc"), *form.get("cc_typed", "").replace(";", ",").split(",")]
    found = (text.strip().lower() for text in texts)
    return list(dict.fromkeys(text for text in found if "@" in text))[:CC_READ]


def _named_in(last: Comment | None, ticket: Ticket) -> list[str]:
    """Whom the customer's last message went to besides us; a stranger's word does not count."""
    if last is None or "unverified_sender" in last.flags:
        return []
    recipients = last.metadata.get("recipients") or {}
    everyone = [*(recipients.get("to") or []), *(recipients.get("cc") or [])]
    own = own_addresses() | {ticket.recipient}
    unique = dict.fromkeys(str(address).lower() for address in everyone)
    return [address for address in unique if split_tag(address)[0] not in own][:CC_READ]


def _inside(ticket: Ticket, addresses: Collection[str]) -> set[str]:
    """Those of staff, of the customer's company, of our own domains."""
    organization = ticket.organization
    domains = {_domain(address) for address in (*own_addresses(), ticket.requester.email or "")}
    domains |= set(organization.domains if organization else [])
    domains -= _FOR_EVERYBODY
    near = {address for address in addresses if _domain(address) in domains}
    return near | _staff(set(addresses) - near)


def _staff(addresses: Iterable[str]) -> set[str]:
    found = User.objects.staff().filter(email__in=list(addresses)).values_list("email", flat=True)
    return {address for address in found if address}


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def _way_in(form: QueryDict, ticket: Ticket) -> str:
    """The channel that the reply would leave by."""
    chosen = form.get("way", "").partition(":")[0] or form.get("channel", "")
    return chosen if chosen in CHANNELS else ticket.channel
