"""What the desk fetches: dock, bar, dialogs, canned answers, the visitor; and the queue's page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.roles import Permission
from accounts.teams import teams
from channels_in.chat.spoken import TEXT_LENGTH
from channels_in.models import Chat, ChatState, Visitor
from core import html
from macros.macro_plans import preview
from macros.models import Macro
from macros.selectors.macros import LIMIT, usable_macros
from macros.selectors.routing import load_states
from tickets import policies
from tickets.models import Status, Ticket
from web.access import SignedInRequest, workspace
from web.chats.deeds import WRAP_UP
from web.chats.desk import desk_of, name_of, visible_chats, with_words
from web.chats.seat import Seat, seat_of

ANSWERS = 12
PAST = 8
QUEUE = 200
DIALOGS = ("transfer", "invite", "hold", "end", "take-over")


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def dock(request: SignedInRequest) -> HttpResponse:
    """The tray on every page: the reader's chats, what rings, how many wait."""
    return render(request, "agent/chats/_dock.html", {"desk": desk_of(request.actor)})


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def index(request: SignedInRequest) -> HttpResponse:
    """Waiting, active and held chats, with who has them."""
    name = "_queue" if request.htmx else "index"
    return render(request, f"agent/chats/{name}.html", _queue(request))


def _queue(request: SignedInRequest) -> dict[str, object]:
    chats = with_words(visible_chats(request.actor).filter(state__in=ChatState.living()))
    rows = list(chats.order_by("queued_at", "id")[:QUEUE])
    for row in rows:
        row.shown_name = name_of(row)
    parts = {
        "waiting": [row for row in rows if row.is_queued],
        "active": [row for row in rows if row.state == ChatState.ACTIVE],
        "held": [row for row in rows if row.state == ChatState.HELD],
    }
    return {**parts, "rows": rows, "is_cut": len(rows) == QUEUE}


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def bar(request: SignedInRequest, chat_id: int) -> HttpResponse:
    """What stands above the composer of a chat."""
    seat = _seat(request, chat_id)
    return render(request, "agent/chats/_bar.html", {"seat": seat, "ticket": seat.chat.ticket})


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def dialog(request: SignedInRequest, chat_id: int, what: str) -> HttpResponse:
    """The question before a deed; without scripts a page of its own."""
    if what not in DIALOGS:
        raise Http404
    seat = _seat(request, chat_id)
    context = {"seat": seat, "chat": seat.chat, "what": what, **_choices(request, seat, what)}
    return render(request, f"agent/chats/{'_' if request.htmx else ''}dialog.html", context)


def _choices(request: SignedInRequest, seat: Seat, what: str) -> dict[str, object]:
    if what == "end":
        statuses = [(status, Status(status).label) for status in WRAP_UP]
        return {"statuses": statuses, "macros": list(usable_macros(request.actor)[:LIMIT])}
    if what not in ("transfer", "invite"):
        return {}
    found = teams()
    ids = {pk for team in found for pk, _name in team.agents} - {request.actor.user_id}
    people = list(User.objects.assignable().filter(pk__in=ids).order_by("name", "id"))
    load_states(people)
    taken = {seat.chat.agent_id, *(guest.pk for guest in (*seat.guests, *seat.invited))}
    return {"teams": found, "people": [each for each in people if each.pk not in taken]}


@dataclass(frozen=True, slots=True)
class Answer:
    macro: Macro
    text: str


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def answers(request: SignedInRequest, chat_id: int) -> HttpResponse:
    """Canned answers whose title has every word of `q`, as they would read in this chat."""
    seat = _seat(request, chat_id)
    words = request.GET.get("q", "").casefold().split()
    macros = [
        macro for macro in usable_macros(request.actor)[:LIMIT]
        if all(word in macro.title.casefold() for word in words)
    ]  # fmt: skip
    found = [Answer(macro, _text_of(macro, seat.chat.ticket, request)) for macro in macros[:40]]
    shown = [answer for answer in found if answer.text][:ANSWERS]
    return render(request, "agent/chats/_answers.html", {"answers": shown})


def _text_of(macro: Macro, ticket: Ticket, request: SignedInRequest) -> str:
    step = preview([macro], ticket, request.actor).steps[-1]
    texts = [html.to_text(text.text) if text.is_html else text.text for text in step.texts]
    text = "\n\n".join(texts).strip()
    return "" if step.is_public is False else text[:TEXT_LENGTH]


@require_GET
@workspace(Permission.REPLY_PUBLICLY)
def visitor(request: SignedInRequest, chat_id: int) -> HttpResponse:
    """Page, origin, browser and earlier visits, beside the conversation."""
    seat = _seat(request, chat_id)
    who = seat.chat.visitor
    past = visible_chats(request.actor).filter(visitor__in=_same(who)).exclude(pk=chat_id)
    context = {
        "visitor": who, "chat": seat.chat, "is_here": seat.is_here,
        "past": list(past.order_by("-id")[:PAST]), "count": past.count(),
    }  # fmt: skip
    return render(request, "agent/chats/_visitor.html", context)


def _same(who: Visitor) -> list[int]:
    """The browsers of the same person, as far as the site has vouched for them."""
    if not (who.is_verified and who.external_id):
        return [who.pk]
    rows = Visitor.objects.filter(
        account=who.account_id, is_verified=True, external_id=who.external_id
    )
    return list(rows.values_list("pk", flat=True)[:50])


def _seat(request: SignedInRequest, chat_id: int) -> Seat:
    """Raises Http404 for what is absent and hidden alike."""
    chat = Chat.objects.filter(pk=chat_id).only("ticket_id").first()
    if chat is None:
        raise Http404
    ticket = policies.visible_ticket(request.actor, chat.ticket_id)
    seat = seat_of(ticket, request.actor)
    if seat is None:
        raise Http404
    return seat
