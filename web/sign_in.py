"""Signing in and out."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import Permission
from web import devices, throttle

# Shown on the sign-in page of a demonstration, nowhere else.
DEMO_ADDRESSES = ("alice", "bob", "lead", "admin", "carol")


class SignInForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address"), max_length=254)
    password = forms.CharField(label=gettext_lazy("Password"), max_length=1024, strip=False)


def home(request: HttpRequest) -> HttpResponse:
    """`/`: the workspace for staff, their requests for customers, the sign-in page for visitors."""
    actor = request.actor  # type: ignore[attr-defined]
    if not actor:
        return redirect("sign_in")
    return redirect("home_page" if actor.can(Permission.USE_WORKSPACE) else "portal:requests")


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for address and password. Unknown and known addresses get the same answer (attack 37)."""
    if request.method == "GET":
        if request.user.is_authenticated:
            return redirect(_next(request))
        return _show(request, SignInForm(), 200)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _show(request, form, 422)
    email = form.cleaned_data["email"].lower()
    if throttle.is_exhausted(request, email):
        form.add_error(None, _("Too many attempts. Wait a quarter of an hour, then try again."))
        return _show(request, form, 429)
    user = authenticate(request, email=email, password=form.cleaned_data["password"])
    if user is None:
        throttle.count_failure(request, email)
        form.add_error(None, _("Address and password do not match. Check both and try again."))
        return _show(request, form, 422)
    login(request, user)  # gives the session a new key (attack 39)
    devices.note(request)
    return redirect(_next(request))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    devices.forget(request)
    logout(request)
    return redirect("sign_in")


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: only to a path of this site (attack 43)."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_safe else reverse("home")


def _show(request: HttpRequest, form: SignInForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next") or "",
        "demo_people": _demo_people(),
        "has_dev_mail": settings.DEV_MAIL_PAGE,
        "demo_password": getattr(settings, "DEMO_PASSWORD", ""),
    }
    return render(request, "sign_in/show.html", context, status=status)


def _demo_people() -> list[User]:
    if not settings.DEMO_MODE:
        return []
    addresses = [f"{name}@example.com" for name in DEMO_ADDRESSES]
    people = User.objects.filter(email__in=addresses, is_active=True)
    return sorted(people, key=lambda person: addresses.index(person.email or ""))
