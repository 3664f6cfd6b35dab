"""Chat widgets: their list, one with its snippet and a live preview, its secret, its picture."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from channels_in.actions.chat import (
    create_widget,
    rotate_widget_secret,
    set_widget_logo,
    update_widget,
)
from channels_in.chat.errors import WidgetGone
from channels_in.chat.widgets import numbers_of_widgets, widget_for
from channels_in.models import ChatWidget
from core.pictures import MAX_BYTES, NotAPicture, square_photo
from tickets.errors import InvalidChange
from web.access import SignedInRequest
from web.admin.access import settings_page
from web.admin.chat.forms import (
    NewWidgetForm,
    WidgetForm,
    initial_of,
    question_rows,
    questions_of,
)
from web.admin.colors import readable_on


@require_safe
@settings_page
def index(request: SignedInRequest) -> HttpResponse:
    """Every widget with what goes on at it."""
    rows = numbers_of_widgets(request.actor)
    return render(request, "admin/chat/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@settings_page
def new(request: SignedInRequest) -> HttpResponse:
    """A name and the sites; the rest is set while one looks at it."""
    form = NewWidgetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            widget = create_widget(
                actor=request.actor, name=form.cleaned_data["name"],
                sites=form.cleaned_data["sites"].splitlines(),
            )  # fmt: skip
            return redirect("admin:chat_widget", widget.pk)
        except InvalidChange as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    return render(request, "admin/chat/new.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@settings_page
def edit(request: SignedInRequest, widget_id: int) -> HttpResponse:
    """All settings beside the widget as it is; a mistake brings them back with everything in."""
    widget = _widget(request, widget_id)
    form = WidgetForm(request.POST or None, initial=initial_of(widget))
    questions = questions_of(request.POST) if request.method == "POST" else widget.questions
    if request.method == "POST" and form.is_valid():
        try:
            changes = form.changes(questions)
            update_widget(actor=request.actor, widget_id=widget_id, changes=changes)
            messages.success(request, _("Saved."))
            return redirect("admin:chat_widget", widget_id)
        except InvalidChange as error:
            form.refuse(error)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "questions": question_rows(questions)}
    return _page(request, widget, status=status, **context)


@require_POST
@settings_page
def secret(request: SignedInRequest, widget_id: int) -> HttpResponse:
    """A new secret, shown this once; the old one counts for a day unless it is known to others."""
    widget = _widget(request, widget_id)
    made = rotate_widget_secret(
        actor=request.actor, widget_id=widget_id, at_once=request.POST.get("at_once") == "1"
    )
    form = WidgetForm(initial=initial_of(widget))
    return _page(request, widget, form=form, questions=question_rows(widget.questions), secret=made)


@require_POST
@settings_page
def logo(request: SignedInRequest, widget_id: int) -> HttpResponse:
    """Set the picture at the head of the chat, or take it away."""
    picture = request.FILES.get("logo")
    try:
        if picture and (picture.size or 0) > MAX_BYTES:
            raise NotAPicture(_("The picture is larger than 8 MB."))
        drawn = square_photo(picture.read()) if picture else None
        set_widget_logo(actor=request.actor, widget_id=widget_id, picture=drawn)
    except WidgetGone as error:
        raise Http404 from error
    except NotAPicture as error:
        messages.error(request, str(error))
    return redirect("admin:chat_widget", widget_id)


def _widget(request: SignedInRequest, widget_id: int) -> ChatWidget:
    try:
        return widget_for(request.actor, widget_id)
    except WidgetGone as error:
        raise Http404 from error


def _page(
    request: SignedInRequest, widget: ChatWidget, *, status: int = 200, **context: Any
) -> HttpResponse:
    frame = reverse("chat:frame", args=[widget.account.address])
    context |= {
        "widget": widget, "loader": f"{settings.SITE_URL}{reverse('chat:loader')}",
        "frame": f"{frame}?open=1&lang={widget.account.language or 'en'}",
        "color": readable_on(widget.account.brand_color or ""),
        "has_shop": settings.DEMO_MODE,
    }  # fmt: skip
    return render(request, "admin/chat/edit.html", context, status=status)
