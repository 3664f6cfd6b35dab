"""How close together the rows of lists stand: each person's own choice."""

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.actions import set_list_density
from web.access import SignedInRequest, workspace


@require_POST
@workspace()
def choose(request: SignedInRequest) -> HttpResponse:
    """Choose comfortable or compact, and go back to the list."""
    try:
        set_list_density(actor=request.actor, density=request.POST.get("density", ""))
    except ValueError as error:
        raise BadRequest("Lists cannot be like that.") from error
    if request.htmx:
        return HttpResponse(status=204)
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_safe else "views")
