"""The demo as a whole: people, fields, views, a month of tickets, some suspended mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from accounts import actions as people
from accounts.actor import actor_for, system_actor
from accounts.models import Group, IdentityKind, User
from channels_in import funnel
from channels_in.accounts import default_account
from channels_in.actions import block_sender
from channels_in.email.live_test import message_of_test, new_token
from channels_in.models import ChannelAccount, InboundItem
from channels_in.receive import RawMessage, receive
from core import clock
from demo.addresses import make_addresses
from demo.calls import make_calls
from demo.chat import make_widget
from demo.chatting import make_chats
from demo.forms import make_request_forms, make_ticket_forms, receive_visits
from demo.knowledge import make_articles
from demo.known import make_known
from demo.macros import make_macros
from demo.networks import join_conversations, make_networks
from demo.notifications import tell_agents
from demo.people import AGENTS, CUSTOMERS, GROUPS, ORGANISATIONS
from demo.plan import plan
from demo.replay import Cast, replay
from demo.rules import make_rules
from demo.sla import make_policy
from demo.stories import all_stories
from demo.streaming import make_stream
from demo.suspended import BLOCKED_SENDER, FRONT_SERVER, SUSPENDED
from macros.actions import install_stock_automations, install_stock_triggers
from tickets import actions
from tickets.models import FieldType, TicketField

SETUP = system_actor("Demo")
HIRED_DAYS_AGO = 400  # before the first ticket, so that "customer since" reads like the truth

_HANDLES = {"x": IdentityKind.X, "facebook": IdentityKind.FACEBOOK,
            "whatsapp": IdentityKind.WHATSAPP, "telegram": IdentityKind.TELEGRAM,
            "instagram": IdentityKind.INSTAGRAM}  # fmt: skip


@transaction.atomic
def load_demo(now: datetime) -> None:
    """Tell the whole demo as if the month before `now` had passed. All or nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit TO off")
    with clock.frozen(now - timedelta(days=HIRED_DAYS_AGO)):
        cast = _make_people()
        actions.install_stock_views(actor=SETUP)
        install_stock_triggers(actor=SETUP)
        cast.macros = make_macros(cast.users, cast.groups)
        install_stock_automations(actor=SETUP)
        make_rules(SETUP, cast.groups, cast.users)
        addresses = make_addresses(SETUP, cast.groups, now.year)
        forms = make_ticket_forms(SETUP, cast.fields)
        contact = make_request_forms(SETUP, cast.groups, forms)
        widget = make_widget(SETUP, cast.groups)
        make_networks(SETUP, cast.groups)
    make_articles(cast.users, now)
    replay(plan(all_stories(), now=now), cast, now)
    join_conversations(SETUP)
    with clock.frozen(now):
        # After the month, in one go: clocks are set from what the tickets remember.
        make_policy(SETUP)
    make_known(cast.users, now)
    tell_agents(now)
    make_calls(SETUP, cast.users, now)
    receive_visits(contact, cast.fields, now)
    make_chats(widget, cast.users, now)
    _receive_suspended(now)
    make_stream(SETUP, actor_for(cast.users["alice"]), now)
    _receive_tests(addresses, now)


def _make_people() -> Cast:
    groups = {name: people.create_group(actor=SETUP, name=name) for name in GROUPS}
    organizations = {
        organisation.key: people.create_organization(
            actor=SETUP, name=organisation.name, domains=organisation.domains
        )
        for organisation in ORGANISATIONS
    }
    users: dict[str, User] = {}
    for agent in AGENTS:
        users[agent.key] = user = people.create_user(
            actor=SETUP, name=agent.name, email=agent.email, role=agent.role,
            password=settings.DEMO_PASSWORD, time_zone=agent.time_zone,
            signature=agent.signature, is_verified=True,
        )  # fmt: skip
        for name in agent.groups:
            people.add_to_group(actor=SETUP, user=user, group=groups[name])
    for customer in CUSTOMERS:
        organization = organizations.get(customer.organisation or "")
        users[customer.key] = user = people.create_user(
            actor=SETUP, name=customer.name, email=customer.email, language=customer.language,
            time_zone=customer.time_zone, notes=customer.notes, is_verified=True,
            organization_id=organization.pk if organization else None,
            password=settings.DEMO_PASSWORD if customer.key == "carol" else None,
        )  # fmt: skip
        _add_identities(user, customer.phone, customer.handles)
    return Cast(users=users, groups=groups, fields=_make_fields())


def _add_identities(user: User, phone: str | None, handles: tuple[tuple[str, str], ...]) -> None:
    if phone:
        people.add_identity(
            actor=SETUP, user=user, kind=IdentityKind.PHONE, value=phone, is_primary=True
        )
    for network, handle in handles:
        if kind := _HANDLES.get(network):
            people.add_identity(actor=SETUP, user=user, kind=kind, value=handle)


def _make_fields() -> dict[str, TicketField]:
    wanted = (
        ("order_number", "Order number", FieldType.TEXT),
        ("product", "Product", FieldType.TEXT),
        ("refund_amount", "Refund amount", FieldType.TEXT),
    )
    return {
        key: actions.create_ticket_field(actor=SETUP, key=key, title=title, type=kind)
        for key, title, kind in wanted
    }


def _receive_suspended(now: datetime) -> None:
    """Feed the raw mails of the suspended queue through the real funnel, some hours apart."""
    account = default_account()
    for index, mail in enumerate(SUSPENDED):
        with clock.frozen(now - timedelta(hours=3 + 11 * index)):
            receive([RawMessage(account, mail.raw, {"via": "demo", "to": [account.address]})])
    with clock.frozen(now - timedelta(days=9)):
        block_sender(actor=SETUP, pattern=BLOCKED_SENDER, note="Sells addresses, week after week")
    with _believing(FRONT_SERVER):
        _process_pending()


@contextmanager
def _believing(server: str) -> Iterator[None]:
    """As if that mail server stood in front of the demo's: only while the demo is made."""
    before = settings.MAIL_TRUSTED_AUTHSERV_IDS
    settings.MAIL_TRUSTED_AUTHSERV_IDS = [server]
    try:
        yield
    finally:
        settings.MAIL_TRUSTED_AUTHSERV_IDS = before


def _receive_tests(addresses: Sequence[ChannelAccount], now: datetime) -> None:
    """Each address was tested this morning: its settings page shows mail that arrived."""
    for index, account in enumerate(addresses):
        with clock.frozen(now - timedelta(hours=5, minutes=12 * index)):
            raw = message_of_test(account, new_token(account)).message().as_bytes()
            receive([RawMessage(account, raw, {"via": "demo", "to": [account.address]})])
            _process_pending()


def _process_pending() -> None:
    funnel.process_items(
        list(InboundItem.objects.filter(fate="pending").values_list("id", flat=True))
    )


def is_empty() -> bool:
    """Whether the help desk has nobody in it yet: only then may the demo be made."""
    return not (User.objects.exists() or Group.objects.exists())
