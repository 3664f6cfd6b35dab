"""Macros: `/macros`, and what one would make of a ticket."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actor import Actor
from api.bodies import Values, read_body
from api.doors import base_of, staff_of
from api.errors import BadParameter
from api.inputs.macros import MacroChangesInput, NewMacroInput
from api.pagination import paginated
from api.shapes.macros import applied_shape, effect_of, macro_shapes
from api.shapes.tickets import ticket_shape
from macros.actions import MacroDraft, create_macro, delete_macro, update_macro
from macros.actions.macros import EVERYONE, GROUP, PERSONAL, scope_of
from macros.macro_plans import preview
from macros.models import Macro
from macros.selectors.macros import (
    categories_of,
    listed_macro,
    listed_macros,
    usable_macro,
    usable_macros,
    usage_of,
)
from tickets.models import Ticket
from tickets.policies import visible_ticket

SORTS = {"position": "position", "created_at": "created_at", "updated_at": "updated_at",
         "alphabetical": "title", "id": "id"}  # fmt: skip
_ACCESS = ("personal", "shared", "account")


def index(request: Request) -> Response:
    """All one may use or manage; `access`, `active`, `group_id` and `category` narrow it."""
    return _page(request, listed_macros(staff_of(request)))


def active(request: Request) -> Response:
    """The active ones that one may apply."""
    return _page(request, usable_macros(staff_of(request)))


def categories(request: Request) -> Response:
    macros = list(usable_macros(staff_of(request)))
    return Response({"categories": [each.name for each in categories_of(macros) if each.name]})


def create(request: Request) -> Response:
    actor = staff_of(request)
    values = read_body(request, "macro", NewMacroInput)
    macro = create_macro(actor=actor, draft=_draft(actor, values, None))
    return Response({"macro": macro_shapes([macro], base_of(request))[0]}, status=201)


def show(request: Request, macro_id: int) -> Response:
    macro = listed_macro(staff_of(request), macro_id)
    return Response({"macro": macro_shapes([macro], base_of(request))[0]})


def update(request: Request, macro_id: int) -> Response:
    actor = staff_of(request)
    present = listed_macro(actor, macro_id)
    values = read_body(request, "macro", MacroChangesInput)
    macro = update_macro(
        actor=actor, macro_id=macro_id, draft=_draft(actor, values, present),
        expected_revision=values.get("revision", present.revision),
    )  # fmt: skip
    return Response({"macro": macro_shapes([macro], base_of(request))[0]})


def delete(request: Request, macro_id: int) -> Response:
    delete_macro(actor=staff_of(request), macro_id=macro_id)
    return Response(status=204)


def apply(request: Request, macro_id: int) -> Response:
    """What the macro changes, on no particular ticket: placeholders of a ticket stay empty."""
    actor = staff_of(request)
    macro = usable_macro(actor, macro_id)
    shape = {action["field"]: action["value"] for action in macro.effects}
    text = shape.pop("comment_value", None) or shape.pop("comment_value_html", None)
    is_public = shape.pop("comment_mode_is_public", True)
    if text:
        shape["comment"] = {"body": text["text"], "public": is_public}
    return Response({"result": {"ticket": shape}})


def apply_to_ticket(request: Request, ticket_id: int, macro_id: int) -> Response:
    """The ticket as it would be after the macro; nothing is saved."""
    actor = staff_of(request)
    ticket: Ticket = visible_ticket(actor, ticket_id)
    found = preview([usable_macro(actor, macro_id)], ticket, actor)
    whole = ticket_shape(ticket, actor, base_of(request))
    return Response({"result": {"ticket": {**whole, **applied_shape(found)}}})


def _page(request: Request, macros: QuerySet[Macro]) -> Response:
    params = request.query_params
    if access := params.get("access"):
        if access not in _ACCESS:
            raise BadParameter(f"access can be {', '.join(_ACCESS)}.")
        macros = macros.exclude(owner=None) if access == "personal" else macros.filter(owner=None)
        macros = macros.filter(group=None) if access == "account" else macros
    if (is_active := params.get("active")) in ("true", "false"):
        macros = macros.filter(is_active=is_active == "true")
    if group_id := params.get("group_id"):
        if not group_id.isdecimal() or len(group_id) > 18:
            raise BadParameter("group_id is a number.")
        macros = macros.filter(group_id=int(group_id))
    if category := params.get("category"):
        macros = macros.filter(title__startswith=f"{category}::")
    wants_usage = "usage" in params.get("include", "")
    base = base_of(request)

    def render(rows: Any) -> list[dict[str, Any]]:
        return macro_shapes(rows, base, usage_of(rows) if wants_usage else None)

    return paginated(
        request, macros.order_by(), name="macros", render=render, sorts=SORTS, default="position"
    )


def _draft(actor: Actor, values: Values, present: Macro | None) -> MacroDraft:
    """What was said, over what is there; without a restriction a new macro is for everyone, as in
    Zendesk, where the caller may share, else the caller's own.
    """
    scope, group_id = _restriction(actor, values, present)
    effects = (
        [effect_of(action) for action in values["actions"]]
        if "actions" in values
        else (present.effects if present else [])
    )
    return MacroDraft(
        title=values.get("title") or (present.title if present else ""),
        description=values.get("description", present.description if present else "") or "",
        is_active=values.get("active", present.is_active if present else True),
        scope=scope, group_id=group_id, effects=effects,
    )  # fmt: skip


def _restriction(actor: Actor, values: Values, present: Macro | None) -> tuple[str, int | None]:
    if "restriction" not in values:
        if present is not None:
            return scope_of(present), present.group_id
        return (EVERYONE if actor.can("manage_rules") else PERSONAL), None
    wanted = values["restriction"]
    if wanted is None:
        return EVERYONE, None
    if wanted["type"] == "User":
        return PERSONAL, None
    return GROUP, wanted.get("id")
