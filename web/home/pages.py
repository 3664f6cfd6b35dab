"""Home: the reader's day, what they were told, how the team stands, what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.roles import Permission
from core import clock
from macros.selectors.team_pulse import GroupNow, agents_now, groups_now
from notifications.models import Kind
from notifications.selectors import latest
from reports.selectors.pulse import changes_since_yesterday, solved_since
from tickets.selectors.drafts import my_drafts
from tickets.selectors.my_day import my_day, risks
from web.access import SignedInRequest, workspace
from web.home.sparkline import sparkline_of
from web.notifications.words import lines_of

GROUPS_SHOWN = 8
MENTIONS_SHOWN = 5
DRAFTS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class GroupLine:
    now: GroupNow
    solved_today: int


@require_GET
@workspace(Permission.USE_WORKSPACE)
def show(request: SignedInRequest) -> HttpResponse:
    """The page after signing in. As many queries whoever asks and however much there is."""
    return render(request, "agent/home/show.html", _context(request))


@require_GET
@workspace(Permission.USE_WORKSPACE)
def parts(request: SignedInRequest) -> HttpResponse:
    """All but the frame, as it is now, for a page that stays open."""
    return render(request, "agent/home/_parts.html", _context(request))


def _context(request: SignedInRequest) -> dict[str, object]:
    actor, zone = request.actor, timezone.get_current_timezone()
    begins_at = datetime.combine(clock.now().astimezone(zone).date(), time(), tzinfo=zone)
    changes = changes_since_yesterday(actor, zone)
    return {
        "now": clock.now(),
        "day": my_day(actor, day_ends_at=begins_at + timedelta(days=1)),
        "drafts": my_drafts(actor, limit=DRAFTS_SHOWN),
        "mentions": lines_of(latest(actor, kind=Kind.MENTION, size=MENTIONS_SHOWN)),
        "risks": risks(actor),
        "changes": changes,
        "line": sparkline_of(changes.days),
        **_team(request, begins_at),
    }


def _team(request: SignedInRequest, today: datetime) -> dict[str, object]:
    groups = groups_now(request.actor)
    solved = solved_since(request.actor, today)
    shown = groups[:GROUPS_SHOWN]
    agents, there = agents_now([row.group.pk for row in groups])
    return {
        "groups": [GroupLine(row, solved.get(row.group.pk, 0)) for row in shown],
        "more_groups": len(groups) - len(shown),
        "agents": agents,
        "agents_there": there,
    }
