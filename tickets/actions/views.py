"""Writing views: saved lists of tickets, one's own, a group's, everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.actor import Actor
from accounts.errors import NotPermitted
from accounts.models import Group
from accounts.roles import Permission
from core import clock
from core.text import storable
from tickets import policies
from tickets.conditions import Condition, Conditions, as_kept, parse
from tickets.errors import TicketError, TicketNotFound
from tickets.models import View
from tickets.view_columns import GROUPINGS, LIMIT, SORTS, column_choices

# One of these among the conditions that all must hold keeps a view off a walk over every ticket.
NARROWING = ("status", "type", "group_id", "assignee_id", "requester_id")
TITLE_LENGTH = 150
MINE_LIMIT = 200  # views of one person


class InvalidView(TicketError):
    """A view that cannot be saved as it is; the message says what to change."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class ChangedView(InvalidView):
    """Somebody saved the view meanwhile; nothing was overwritten. `stamp` is the present one."""

    def __init__(self, stamp: str) -> None:
        super().__init__(
            "changed",
            "Somebody else has changed this view since you opened it. What you chose is kept here: "
            "open the view in another tab and compare. Saving again replaces what they chose.",
        )
        self.stamp = stamp


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view as it is written in the builder; at most one of `group_id` and `owner_id`."""

    title: str
    conditions: dict[str, Any]
    columns: Sequence[str] = ()
    sort_by: str = "updated"
    sort_order: str = "desc"
    group_by: str = ""
    group_order: str = "asc"
    group_id: int | None = None
    owner_id: int | None = None
    description: str = ""


def create_view(
    *,
    actor: Actor,
    title: str,
    conditions: dict[str, Any],
    columns: Sequence[str] = (),
    key: str | None = None,
    sort_by: str = "updated",
    sort_order: str = "desc",
    group_id: int | None = None,
    owner_id: int | None = None,
    group_by: str = "",
    group_order: str = "asc",
    description: str = "",
) -> View:
    """Save a list of tickets at the end of the lists.

    Raises NotPermitted (for others' views), InvalidView, InvalidCondition.
    """
    draft = ViewDraft(
        title=title, conditions=conditions, columns=columns, sort_by=sort_by,
        sort_order=sort_order, group_by=group_by, group_order=group_order, group_id=group_id,
        owner_id=owner_id, description=description,
    )  # fmt: skip
    _require(actor, owner_id)
    if owner_id and View.objects.filter(owner_id=owner_id).count() >= MINE_LIMIT:
        raise InvalidView("title", f"You can have at most {MINE_LIMIT} views of your own.")
    now = clock.now()
    view = View(key=key, position=_last() + 1, created_at=now)
    _fill(view, draft)
    view.save()
    return view


@transaction.atomic
def update_view(*, actor: Actor, view_id: int, draft: ViewDraft, expected_stamp: str = "") -> View:
    """Change a view: who may write what it was and what it becomes.

    Nothing is saved when it was changed since `expected_stamp`.

    Raises ChangedView, TicketNotFound (also for other people's own views), NotPermitted,
    InvalidView, InvalidCondition.
    """
    view = _lock(actor, view_id)
    if expected_stamp not in ("", view.stamp):
        raise ChangedView(view.stamp)
    _require(actor, draft.owner_id)
    _fill(view, draft)
    view.save()
    return view


@transaction.atomic
def delete_view(*, actor: Actor, view_id: int) -> None:
    """Delete a view; tickets are not touched. Raises TicketNotFound, NotPermitted."""
    _lock(actor, view_id).delete()


def copy_view(*, actor: Actor, view_id: int) -> View:
    """A copy for the actor alone, whoever the view is for. Raises TicketNotFound, NotPermitted."""
    view = _visible(actor, view_id)
    title = f"{view.title[: TITLE_LENGTH - 7]} (copy)"
    return create_view(
        actor=actor, title=title, conditions=view.conditions, columns=view.columns,
        sort_by=view.sort_by, sort_order=view.sort_order, group_by=view.group_by,
        group_order=view.group_order, owner_id=actor.user_id, description=view.description,
    )  # fmt: skip


@transaction.atomic
def order_views(*, actor: Actor, view_ids: Sequence[int]) -> None:
    """Put these views into this order on the places that they have; views of others stay.

    Raises NotPermitted when one of them is not the actor's to move.
    """
    rows = {row.pk: row for row in View.objects.select_for_update().filter(pk__in=view_ids)}
    places = sorted(row.position for row in rows.values())
    if len(set(places)) < len(places):  # made by hand, or before places were kept apart
        places = list(range(places[0], places[0] + len(places)))
    known = [pk for pk in dict.fromkeys(view_ids) if pk in rows]
    for pk, place in zip(known, places, strict=True):
        view = rows[pk]
        _require(actor, view.owner_id)
        if view.position != place:
            view.position = place  # no part of what the view is: nobody's edit is in its way
            view.save(update_fields=["position"])


def _fill(view: View, draft: ViewDraft) -> None:
    title = " ".join(storable(draft.title).split())
    if not title:
        raise InvalidView("title", "Give the view a title.")
    if len(title) > TITLE_LENGTH:
        raise InvalidView("title", f"The title has at most {TITLE_LENGTH} letters.")
    _check_narrow(parse(draft.conditions))
    if draft.group_id is not None and not Group.objects.filter(pk=draft.group_id).exists():
        raise InvalidView("audience", "This group does not exist any more. Choose another one.")
    if draft.group_id is not None and draft.owner_id is not None:
        raise InvalidView("audience", "A view is for one person, for a group, or for everyone.")
    if draft.sort_by not in SORTS or draft.sort_order not in ("asc", "desc"):
        raise InvalidView("sort_by", "Choose an order from the list.")
    if draft.group_by not in ("", *GROUPINGS) or draft.group_order not in ("asc", "desc"):
        raise InvalidView("group_by", "Choose a grouping from the list.")
    view.title, view.description = title, storable(draft.description).strip()[:500]
    view.conditions, view.columns = as_kept(draft.conditions), _columns(draft.columns)
    view.sort_by, view.sort_order = draft.sort_by, draft.sort_order
    view.group_by, view.group_order = draft.group_by, draft.group_order
    view.group_id, view.owner_id = draft.group_id, draft.owner_id
    view.updated_at = clock.now()


def _columns(columns: Sequence[str]) -> list[str]:
    known = {"subject", *dict(column_choices())}
    names = list(dict.fromkeys(columns))
    if any(name not in known for name in names):
        raise InvalidView("columns", "Choose columns from the list.")
    if len([name for name in names if name != "subject"]) > LIMIT:
        raise InvalidView("columns", f"A view shows at most {LIMIT} columns.")
    return names


def _check_narrow(conditions: Conditions) -> None:
    named = {each.field.name for each in conditions.all if isinstance(each, Condition)}
    if named.isdisjoint(NARROWING):
        raise InvalidView(
            "conditions",
            "Under “all of these”, say something about status, type, group, assignee or "
            "requester, such as “Status comes before Solved”. Without it the view would have to "
            "look at every ticket there ever was, each time somebody opens it.",
        )


def _require(actor: Actor, owner_id: int | None) -> None:
    """One's own views are everybody's right; shared ones need MANAGE_RULES."""
    if owner_id is None:
        policies.require(actor, Permission.MANAGE_RULES)
    elif owner_id != actor.user_id:
        raise NotPermitted("A view of one person is that person's alone.")
    else:
        policies.require(actor, Permission.VIEW_TICKETS)


def _lock(actor: Actor, view_id: int) -> View:
    _require(actor, _visible(actor, view_id).owner_id)
    return View.objects.select_for_update().get(pk=view_id)


def _visible(actor: Actor, view_id: int) -> View:
    """A view that the actor has, or may manage. Raises TicketNotFound."""
    view = View.objects.filter(pk=view_id).first()
    if view is not None and view.owner_id == actor.user_id:
        return view
    if view is not None and view.owner_id is None:
        is_for_all = view.group_id is None and actor.can(Permission.VIEW_TICKETS)
        if is_for_all or view.group_id in actor.group_ids or actor.can(Permission.MANAGE_RULES):
            return view
    raise TicketNotFound(f"view {view_id}")


def _last() -> int:
    return View.objects.aggregate(last=Max("position"))["last"] or 0
