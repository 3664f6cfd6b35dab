"""The form of a view: conditions, columns, order, headings, and for whom it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Group
from accounts.roles import Permission
from tickets.actions.views import TITLE_LENGTH, ChangedView, InvalidView, ViewDraft
from tickets.conditions import Purpose
from tickets.models import Ticket, View
from tickets.search.as_view import as_view
from tickets.selectors.views import page_of_view, tickets_in_view
from tickets.view_columns import GROUPINGS, LIMIT, SORTS, USUAL, column_choices
from web.access import SignedInRequest
from web.agent.numbers import as_id
from web.agent.rows import Table, table_of
from web.builder import conditions
from web.builder.conditions import ConditionBuilder

MINE, EVERYONE = "me", "all"
PREVIEWED = 8
UNSOLVED = {"all": [{"field": "status", "operator": "less_than", "value": "solved"}]}


@dataclass(slots=True)
class Preview:
    """What the view would show now; the count is exact."""

    count: int
    table: Table


@dataclass(slots=True)
class ViewForm:
    """Everything on the page as it was typed; `errors` by field."""

    request: SignedInRequest
    conditions: ConditionBuilder
    values: dict[str, str]
    columns: list[str]
    op: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    preview: Preview | None = None
    focus: str = ""
    known: list[tuple[str, str]] = field(default_factory=column_choices)
    stamp: str = ""  # which state of the view was opened
    left_out: list[str] = field(default_factory=list)  # of the search that is to be kept

    @property
    def audiences(self) -> list[tuple[str, str]]:
        """For whom it may be: everybody's own; shared ones for who manages rules."""
        made = [(MINE, _("Only for me"))]
        if self.request.actor.can(Permission.MANAGE_RULES):
            groups = Group.objects.order_by("name", "id").values_list("pk", "name")
            made += [(EVERYONE, _("For everyone")), *((str(pk), name) for pk, name in groups)]
        return made

    @property
    def sorts(self) -> list[tuple[str, str]]:
        return [(name, str(words)) for name, (_column, words) in SORTS.items()]

    @property
    def groupings(self) -> list[tuple[str, str]]:
        return [("", _("no headings")), *((name, str(words)) for name, words in GROUPINGS.items())]

    @property
    def may_add(self) -> bool:
        return len(self.columns) < min(LIMIT, len(self.known))

    @property
    def draft(self) -> ViewDraft:
        """What was typed. Raises InvalidView where it is no choice of the form."""
        audience = self.values["audience"]
        if audience not in dict(self.audiences):
            raise InvalidView("audience", _("Choose from the list for whom the view is."))
        return ViewDraft(
            title=self.values["title"], description=self.values["description"],
            conditions=self.conditions.as_json(), columns=("subject", *self.columns),
            sort_by=self.values["sort_by"], sort_order=self.values["sort_order"],
            group_by=self.values["group_by"], group_order=self.values["group_order"],
            owner_id=self.request.actor.user_id if audience == MINE else None,
            group_id=as_id(audience),
        )  # fmt: skip

    def may_save(self) -> bool:
        """Whether the form was sent to be saved and its conditions are right."""
        return self.request.method == "POST" and not self.op and self.conditions.check()

    def refuse(self, error: InvalidView) -> None:
        """Show what the action refused where it belongs."""
        if isinstance(error, ChangedView):
            self.stamp = error.stamp  # whoever has read of it may save over it
        if error.field == "conditions":
            self.conditions.error = str(error)
        else:
            self.errors[error.field] = str(error)

    def look(self) -> None:
        """Fill the preview, when the conditions are right so far."""
        if not self.conditions.check():
            return
        view = View(
            conditions=self.conditions.as_json(), columns=self.columns,
            sort_by=self.values["sort_by"], sort_order=self.values["sort_order"],
            group_by=self.values["group_by"], group_order=self.values["group_order"],
        )  # fmt: skip
        actor = self.request.actor
        rows: list[Ticket] = page_of_view(view, actor, size=PREVIEWED).rows
        self.preview = Preview(tickets_in_view(view, actor).count(), table_of(view, rows))


def form_of(request: SignedInRequest, view: View | None) -> ViewForm:
    """What was sent, with its `op` carried out; else what is stored; else a beginning."""
    if request.method == "POST":
        return _sent(request)
    source, left_out = (view, []) if view else _beginning(request)
    audience = MINE if source.owner_id else str(source.group_id or EVERYONE)
    names = ("title", "description", "sort_by", "sort_order", "group_by", "group_order")
    columns = [name for name in source.columns if name != "subject"] or list(USUAL)
    made = ViewForm(
        request, conditions.from_json(source.conditions, Purpose.VIEW, request.actor),
        {**{name: getattr(source, name) for name in names}, "audience": audience}, columns,
        stamp=view.stamp if view else "", left_out=left_out,
    )  # fmt: skip
    known = dict(made.known)
    made.columns = [name for name in columns if name in known]
    made.look()
    return made


def _beginning(request: SignedInRequest) -> tuple[View, list[str]]:
    """A new view: of a search (`?search=`) with what does not fit into one, else the usual one."""
    view = View(conditions=UNSOLVED, owner_id=request.actor.user_id)
    text = request.GET.get("search", "").replace("\x00", "").strip()[:500]
    if not text:
        return view, []
    made = as_view(text)
    view.conditions, view.title = made.conditions, text[:TITLE_LENGTH]
    return view, made.left_out


def _sent(request: SignedInRequest) -> ViewForm:
    data = request.POST
    names = ("title", "description", "audience", "sort_by", "sort_order", "group_by", "group_order")
    values: dict[str, Any] = {name: data.get(name, "")[:1_000] for name in names}
    made = ViewForm(
        request, conditions.from_form(data, Purpose.VIEW, request.actor), values, [],
        op=data.get("op", ""), stamp=data.get("stamp", ""),
    )  # fmt: skip
    known = dict(made.known)
    made.columns = list(dict.fromkeys(name for name in data.getlist("column") if name in known))
    values["sort_by"] = values["sort_by"] if values["sort_by"] in SORTS else "updated"
    values["sort_order"] = "asc" if values["sort_order"] == "asc" else "desc"
    values["group_by"] = values["group_by"] if values["group_by"] in GROUPINGS else ""
    values["group_order"] = "desc" if values["group_order"] == "desc" else "asc"
    where, _dot, what = made.op.partition(".")
    if where == "c":
        made.conditions.operate(what)
    elif where == "k":
        _operate(made, what)
    elif made.op == "preview":
        made.look()
    return made


def _operate(form: ViewForm, op: str) -> None:
    """`add`, `remove:<name>`, `up:<name>`, `down:<name>` of the columns."""
    name, _colon, column = op.partition(":")
    if name == "add" and form.may_add:
        rest = [key for key, _title in form.known if key not in form.columns]
        form.columns.append(rest[0])
        form.focus = f"field:{rest[0]}"
    elif column in form.columns:
        place = form.columns.index(column)
        form.columns.remove(column)
        if name in ("up", "down"):
            form.columns.insert(max(0, place - 1) if name == "up" else place + 1, column)
            form.focus = f"{name}:{column}"
        else:
            form.focus = f"remove:{form.columns[max(0, place - 1)]}" if form.columns else "add"
