"""What colleagues have written down about the customers: tags, notes of companies, fields of their
own, somebody who is there twice, and one who is suspended.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from accounts.actions import (
    OrganizationChanges,
    UserChanges,
    create_user,
    save_person_field,
    suspend_user,
    update_organization,
    update_user,
)
from accounts.actor import Actor, actor_for
from accounts.models import Organization, User
from core import clock

_FIELDS = (
    ("person", "customer_number", "Customer number", "text", ()),
    ("person", "newsletter", "Newsletter", "checkbox", ()),
    ("organization", "plan", "Contract", "dropdown", ("Basic", "Business", "Framework contract")),
    ("organization", "renews_on", "Renews on", "date", ()),
)
_TAGS = {
    "carla": ("billing", "vip"), "haruto": ("wholesale",), "declan": ("facility", "bulk_orders"),
    "weber": ("vip",), "chiara": ("hotel",), "matteo": ("hotel", "vip"), "margaret": ("loyal",),
    "dana": ("builder",), "zoe": ("influencer",), "karen": ("handle_with_care",),
}  # fmt: skip
_COMPANIES = {
    "Northwind": ("Framework contract", "2027-03-01", ("key_account",),
                  "Invoices go to accounts@northwind.example, always with the order number."),
    "Hotel Aurora": ("Business", "2027-01-15", ("hotel",),
                     "Delivery only before 10:00, at the back door."),
    "Weber Bau GmbH": ("Business", "2026-12-31", ("construction",), ""),
}  # fmt: skip


def make_known(users: Mapping[str, User], now: datetime) -> None:
    """After the month has been told, as if it had been written down along the way."""
    lead, alice = actor_for(users["lead"]), actor_for(users["alice"])
    with clock.frozen(now - timedelta(days=20)):
        for owner, key, title, kind, options in _FIELDS:
            save_person_field(
                actor=lead, owner=owner, key=key, title=title, type=kind, options=options
            )
    with clock.frozen(now - timedelta(days=9)):
        _write_down(users, alice)
        _write_down_companies(lead)
    with clock.frozen(now - timedelta(days=3)):
        northwind = Organization.objects.get(name="Northwind")
        create_user(
            actor=alice, name=users["carla"].name, email="carla.jimenez@northwind.example",
            organization_id=northwind.pk, language="es", time_zone="Europe/Madrid",
        )  # fmt: skip
        suspend_user(
            actor=lead, user_id=users["peter"].pk, reason="Insults colleagues, warned twice"
        )


def _write_down(users: Mapping[str, User], actor: Actor) -> None:
    for place, (key, tags) in enumerate(_TAGS.items()):
        fields = {"customer_number": f"C-{20417 + 37 * place}", "newsletter": place % 3 == 0}
        changes = UserChanges(tags=tags, custom_fields=fields)
        update_user(actor=actor, user_id=users[key].pk, changes=changes)


def _write_down_companies(actor: Actor) -> None:
    for name, (contract, renews_on, tags, notes) in _COMPANIES.items():
        changes = OrganizationChanges(
            tags=tags,
            notes=notes,
            sharing="view" if name == "Northwind" else "",
            custom_fields={"plan": contract, "renews_on": renews_on},
        )
        pk = Organization.objects.get(name=name).pk
        update_organization(actor=actor, organization_id=pk, changes=changes)
