"""What a report's address asks for: `?span=…` or `?from=…&to=…`, `channel`, `group`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Group
from core import clock
from reports.errors import InvalidSpan
from reports.selectors import NO_GROUP, ReportFilter
from reports.spans import DEFAULT_PRESET, PRESETS, Span
from tickets.models import Channel

_NO_GROUP_KEY = "none"
CHANNELS = [
    (str(value), label) for value, label in Channel.choices if value != Channel.SYSTEM
]  # no ticket begins with the system


class InvalidQuery(Exception):
    """A filter in the address that means nothing; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter menu; `value` is what the address says."""

    value: str
    title: object


@dataclass(frozen=True, slots=True)
class ReportQuery:
    """The filters as the page shows them and as the selectors want them."""

    wanted: ReportFilter
    preset: str  # empty for a span of one's own
    channel: Option
    group: Option

    @property
    def span(self) -> Span:
        return self.wanted.span


_ALL_CHANNELS = Option("", gettext_lazy("All channels"))
_ALL_GROUPS = Option("", gettext_lazy("All groups"))


def channel_options() -> list[Option]:
    return [_ALL_CHANNELS, *(Option(value, label) for value, label in CHANNELS)]


def group_options() -> list[Option]:
    groups = Group.objects.order_by("name", "id").values_list("id", "name")
    return [
        _ALL_GROUPS,
        *(Option(str(pk), name) for pk, name in groups),
        Option(_NO_GROUP_KEY, _("No group")),
    ]


def canonical_address(request: HttpRequest) -> str:
    """The address of a span chosen in the form, which gives the last day as `through`; else "".

    People name the last day they want; addresses name the day after it, as every span does.
    """
    through = request.GET.get("through", "")
    if not through:
        return ""
    query = request.GET.copy()
    del query["through"]
    query.pop("span", None)
    try:
        query["to"] = (_day(through) + timedelta(days=1)).isoformat()
    except (InvalidQuery, OverflowError):
        query["to"] = through
    return f"{request.path}?{query.urlencode()}"


def read_query(values: QueryDict, zone: ZoneInfo, groups: list[Option]) -> ReportQuery:
    """The filters behind an address. Raises InvalidQuery, InvalidSpan."""
    preset, span = _span(values, zone)
    channel = _chosen(values.get("channel", ""), channel_options(), _("This channel is not known."))
    group = _chosen(values.get("group", ""), groups, _("This group does not exist."))
    wanted = ReportFilter(span=span, channel=channel.value, group_id=_group_id(group))
    return ReportQuery(wanted, preset, channel, group)


def _span(values: QueryDict, zone: ZoneInfo) -> tuple[str, Span]:
    today = clock.now().astimezone(zone).date()
    if values.get("from") or values.get("to"):
        if not (values.get("from") and values.get("to")):
            raise InvalidSpan(_("Choose both a first and a last day."))
        return "", Span(_day(values.get("from", "")), _day(values.get("to", "")), zone)
    preset = PRESETS.get(values.get("span") or DEFAULT_PRESET)
    if preset is None:
        raise InvalidQuery(_("This span is not known. Choose one from the list."))
    return preset.key, preset.span(today, zone)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidQuery(_("Write days as year-month-day, such as 2026-11-21.")) from error


def _chosen(value: str, options: list[Option], refusal: str) -> Option:
    for option in options:
        if option.value == value:
            return option
    raise InvalidQuery(refusal)


def _group_id(group: Option) -> int | None:
    if not group.value:
        return None
    return NO_GROUP if group.value == _NO_GROUP_KEY else int(group.value)
