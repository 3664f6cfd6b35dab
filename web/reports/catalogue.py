from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from web.access import SignedInRequest, workspace


@require_safe
@workspace(Permission.VIEW_REPORTS)
def index(request: SignedInRequest) -> HttpResponse:
    """The reports there are."""
    return render(request, "reports/index.html")
