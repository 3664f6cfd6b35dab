"""Custom fields: what they are called, what they may hold, where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.actor import Actor
from accounts.roles import Permission
from core import clock
from core.bulk import put_in_order, update_columns
from core.text import storable
from tickets import policies
from tickets.errors import InvalidChange, TicketError
from tickets.models import FieldType, Ticket, TicketField
from tickets.patterns import BadPattern, check_pattern
from tickets.selectors.forms import holders_of

MOST_FIELDS = 400
MOST_OPTIONS = 500


class FieldGone(TicketError):
    """There is no such field or form."""

    def __init__(self) -> None:
        super().__init__("This no longer exists; somebody may have removed it.")


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as it is written in the settings."""

    title: str
    type: str = FieldType.TEXT
    options: Sequence[str] = ()
    description: str = ""
    is_visible_to_customers: bool = False
    is_required_of_customers: bool = False
    is_required_to_solve: bool = False
    pattern: str = ""  # of a regexp field, as RE2 reads it


def create_ticket_field(
    *,
    actor: Actor,
    key: str,
    title: str,
    type: str,
    options: Sequence[str] = (),
    is_visible_to_customers: bool = False,
) -> TicketField:
    """Add a custom field with a key of its own. Raises NotPermitted, InvalidChange."""
    draft = FieldDraft(title, type, options, is_visible_to_customers=is_visible_to_customers)
    return save_ticket_field(actor=actor, draft=draft, key=key)


@transaction.atomic
def save_ticket_field(
    *, actor: Actor, draft: FieldDraft, field_id: int | None = None, key: str = ""
) -> TicketField:
    """Make a field at the end of the list, or change one. Its type stays what it was.

    An option that tickets hold cannot be taken away: what was chosen stays readable.

    Raises NotPermitted, FieldGone, InvalidChange (title, type, options, pattern).
    """
    policies.require(actor, Permission.MANAGE_RULES)
    now = clock.now()
    field = _lock(field_id) if field_id is not None else None
    title = " ".join(storable(draft.title).split())[:100]
    if not title:
        raise InvalidChange("title", _("Give this field a name."))
    if field is None:
        field = _new(draft, title, key)
        field.created_at = now
    options = _options(field, draft.options)
    if field.pk and (lost := _held_options(field, options)):
        names = ", ".join(f"“{each}”" for each in lost)
        raise InvalidChange(
            "options", _("%(names)s is still chosen on tickets; keep it.") % {"names": names}
        )
    field.title, field.options = title, options
    field.pattern = _pattern(field, draft.pattern)
    field.description = storable(draft.description).strip()[:500]
    field.is_visible_to_customers = draft.is_visible_to_customers
    field.is_required_of_customers = (
        draft.is_visible_to_customers and draft.is_required_of_customers
    )
    field.is_required_to_solve = draft.is_required_to_solve
    field.updated_at = now
    field.save()
    return field


def _new(draft: FieldDraft, title: str, key: str) -> TicketField:
    if draft.type not in FieldType.values:
        raise InvalidChange("type", _("Choose what this field holds."))
    if TicketField.objects.count() >= MOST_FIELDS:
        raise InvalidChange("title", _("There can be at most %(n)d fields.") % {"n": MOST_FIELDS})
    last = TicketField.objects.aggregate(last=Max("position"))["last"] or 0
    return TicketField(key=_free_key(key or title), type=draft.type, position=last + 1)


def _free_key(wanted: str) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", wanted.lower()).strip("-")[:50] or "field"
    taken = set(TicketField.objects.filter(key__startswith=base).values_list("key", flat=True))
    candidates = [base, *(f"{base}-{n}" for n in range(2, len(taken) + 2))]
    return next(key for key in candidates if key not in taken)


def _options(field: TicketField, given: Sequence[str]) -> list[str]:
    if not field.has_options:
        return []
    lines = (" ".join(storable(each).split())[:100] for each in given)
    options = list(dict.fromkeys(line for line in lines if line))
    if not options:
        raise InvalidChange("options", _("Write at least one option, each on a line of its own."))
    if len(options) > MOST_OPTIONS:
        raise InvalidChange(
            "options", _("There can be at most %(n)d options.") % {"n": MOST_OPTIONS}
        )
    return options


def _pattern(field: TicketField, given: str) -> str:
    pattern = storable(given).strip()
    if field.type != FieldType.REGEXP:
        return ""
    if not pattern:
        raise InvalidChange("pattern", _("Write the pattern that values must have."))
    try:
        check_pattern(pattern)
    except BadPattern as error:
        words = _("This pattern cannot be read: %(why)s.") % {"why": error}
        raise InvalidChange("pattern", words) from error
    return pattern


def _held_options(field: TicketField, options: Sequence[str]) -> list[str]:
    """Options that go although tickets hold them: one query for each that goes."""
    gone = [option for option in field.options if option not in options]
    return [option for option in gone if holders_of(field, option).exists()]


@transaction.atomic
def activate_ticket_field(*, actor: Actor, field_id: int, is_active: bool) -> TicketField:
    """Switch a field on or off; values that tickets hold stay. Raises NotPermitted, FieldGone."""
    policies.require(actor, Permission.MANAGE_RULES)
    field = _lock(field_id)
    field.is_active, field.updated_at = is_active, clock.now()
    field.save(update_fields=["is_active", "updated_at"])
    return field


@transaction.atomic
def remove_ticket_field(*, actor: Actor, field_id: int) -> None:
    """Remove a field that no ticket holds a value of.

    Where one does, switching it off keeps what was written and shows it no more.

    Raises NotPermitted, FieldGone, InvalidChange.
    """
    policies.require(actor, Permission.MANAGE_RULES)
    field = _lock(field_id)
    if Ticket.objects.filter(custom_fields__has_key=str(field.pk)).exists():
        raise InvalidChange(
            "field", _("Tickets hold values of this field. Switch it off instead: they stay.")
        )
    field.delete()


@transaction.atomic
def order_ticket_fields(*, actor: Actor, field_ids: Sequence[int]) -> None:
    """Put fields into this order; those not named follow. Raises NotPermitted."""
    policies.require(actor, Permission.MANAGE_RULES)
    present = TicketField.objects.select_for_update().order_by("position", "id")
    rows = put_in_order(present, field_ids)
    for number, row in enumerate(rows, 1):
        row.position = number
    update_columns(rows, ["position"])


def _lock(field_id: int) -> TicketField:
    field = TicketField.objects.select_for_update().filter(pk=field_id).first()
    if field is None:
        raise FieldGone
    return field
