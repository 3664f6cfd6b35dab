from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.actions import set_theme
from web.access import SignedInRequest, signed_in


@require_POST
@signed_in
def theme(request: SignedInRequest) -> HttpResponse:
    """Choose light, dark or the system's appearance, and go back to where one was."""
    try:
        set_theme(actor=request.actor, theme=request.POST.get("theme", ""))
    except ValueError as error:
        raise BadRequest("This theme does not exist.") from error
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_safe else "home")
