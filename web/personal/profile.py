"""Name and photo of the reader."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.actions import UserChanges, remove_photo, set_photo, update_user
from accounts.actions.personal import photo_key
from accounts.models import User
from accounts.roles import Permission
from core.pictures import MAX_BYTES, Crop, NotAPicture
from core.storage import blobs
from web import limits
from web.access import SignedInRequest, workspace
from web.admin.forms import PageForm

PHOTOS, WINDOW = 20, 3600  # uploads in so many seconds
_A_YEAR = 31_536_000


class NameForm(PageForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200,
        help_text=gettext_lazy(
            "What customers read above your answers, and colleagues everywhere."
        ),
    )  # fmt: skip


@require_GET
@workspace(Permission.USE_WORKSPACE)
def index(request: SignedInRequest) -> HttpResponse:
    return redirect("personal:profile")


@require_http_methods(["GET", "HEAD", "POST"])
@workspace(Permission.USE_WORKSPACE)
def show(request: SignedInRequest) -> HttpResponse:
    """The profile, and saving the name."""
    form = NameForm(request.POST or None, initial={"name": request.user.name})
    if request.method == "POST" and form.is_valid():
        changes = UserChanges(name=form.cleaned_data["name"])
        update_user(actor=request.actor, user_id=request.user.pk, changes=changes)
        messages.success(request, _("Your name is saved."))
        return redirect("personal:profile")
    return _page(request, form, 422 if form.errors else 200)


@require_POST
@workspace(Permission.USE_WORKSPACE)
def photo(request: SignedInRequest) -> HttpResponse:
    """Keep a new photo, as the square that was chosen."""
    file = request.FILES.get("photo")
    if not limits.take("photo", str(request.user.pk), limit=PHOTOS, seconds=WINDOW):
        return _refused(request, _("Too many pictures in an hour. Try again later."), 429)
    if file is None or (file.size or 0) > MAX_BYTES:
        return _refused(request, _("Choose a picture of at most 8 MB."), 422)
    try:
        set_photo(actor=request.actor, content=file.read(), crop=_crop(request))
    except NotAPicture as error:
        return _refused(request, str(error), 422)
    messages.success(request, _("Your photo is saved."))
    return redirect("personal:profile")


@require_POST
@workspace(Permission.USE_WORKSPACE)
def photo_removal(request: SignedInRequest) -> HttpResponse:
    remove_photo(actor=request.actor)
    messages.success(request, _("Your photo is gone; your initials stand in its place."))
    return redirect("personal:profile")


@require_GET
@workspace(Permission.USE_WORKSPACE)
def picture(request: SignedInRequest, photo: str) -> HttpResponse:
    """The photo of a colleague. A new photo has another address: browsers keep it for ever."""
    if not User.objects.filter(photo=photo).exists():
        raise Http404
    try:
        content = blobs.read(photo_key(photo))
    except FileNotFoundError as error:
        raise Http404 from error
    answer = HttpResponse(content, content_type="image/webp")
    answer["Cache-Control"] = f"private, max-age={_A_YEAR}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _crop(request: HttpRequest) -> Crop:
    try:
        return Crop(*(float(request.POST[name]) for name in ("left", "top", "side")))
    except (KeyError, ValueError):
        return Crop()


def _refused(request: SignedInRequest, why: str, status: int) -> HttpResponse:
    return _page(request, NameForm(initial={"name": request.user.name}), status, why)


def _page(request: SignedInRequest, form: NameForm, status: int, why: str = "") -> HttpResponse:
    context = {"form": form, "photo_error": why, "photo": request.user.photo}
    return render(request, "personal/profile.html", context, status=status)
