"""A forgotten password: ask, get a mail, choose a new one.

The answer is the same for every address, and takes as long: the mail is written by a worker, which
alone looks whether there is such a person (attack 37). Links work once and for four hours, and die
with the old password (settings.PASSWORD_RESET_TIMEOUT; attack 38).
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import outbox
from web import limits
from web.accounts.forms import AskForm, NewPasswordForm
from web.accounts.subscribers import TOPIC

# A flood into one mailbox stops at the first, one over many addresses at the second (attack 41).
PER_ADDRESS, PER_IP, WINDOW = 3, 20, 3600  # seconds


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the address. Past its limit nothing is sent, and nothing else is said."""
    form = AskForm(request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "password/ask.html", {"form": form}, status=status)
    ip = request.META.get("REMOTE_ADDR", "")  # never a header that a client can write
    if not limits.take("reset-ip", ip, limit=PER_IP, seconds=WINDOW):
        form.add_error(None, _("Too many attempts. Wait an hour, then try again."))
        return render(request, "password/ask.html", {"form": form}, status=429)
    email = form.cleaned_data["email"]
    if limits.take("reset-address", email, limit=PER_ADDRESS, seconds=WINDOW):
        outbox.post(TOPIC, {"email": email})
    return redirect("password_reset_sent")


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "password/sent.html")


class ChooseNewPassword(PasswordResetConfirmView):
    """Django's page behind the mailed link, which takes the token out of the address at once."""

    form_class = NewPasswordForm
    template_name = "password/choose.html"
    success_url = reverse_lazy("sign_in")

    def form_valid(self, form: BaseForm) -> HttpResponse:
        messages.success(self.request, _("Your password is changed. Sign in with the new one."))
        return super().form_valid(form)  # type: ignore[arg-type]

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
