"""Views and satisfaction ratings."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from api.doors import base_of, staff_of
from api.errors import BadParameter
from api.pagination import paginated
from api.shapes.lists import rating_shapes, view_shapes
from api.tickets import page
from tickets.models import SatisfactionRating, Score
from tickets.policies import visible_tickets
from tickets.selectors.views import counted_views, tickets_in_view, visible_view, visible_views

# Zendesk's `score` parameter: which of ours it means.
_SCORES = {
    "offered": [Score.OFFERED],
    "received": [Score.GOOD, Score.GOOD_WITH_COMMENT, Score.BAD, Score.BAD_WITH_COMMENT],
    "received_with_comment": [Score.GOOD_WITH_COMMENT, Score.BAD_WITH_COMMENT],
    "good": [Score.GOOD, Score.GOOD_WITH_COMMENT],
    "good_with_comment": [Score.GOOD_WITH_COMMENT],
    "bad": [Score.BAD, Score.BAD_WITH_COMMENT],
    "bad_with_comment": [Score.BAD_WITH_COMMENT],
}


def views(request: Request) -> Response:
    shapes = view_shapes(visible_views(staff_of(request)), base_of(request))
    return Response(
        {"views": shapes, "count": len(shapes), "next_page": None, "previous_page": None}
    )


def view(request: Request, view_id: int) -> Response:
    found = visible_view(staff_of(request), view_id)
    return Response({"view": view_shapes([found], base_of(request))[0]})


def view_tickets(request: Request, view_id: int) -> Response:
    actor = staff_of(request)
    return page(request, tickets_in_view(visible_view(actor, view_id), actor), actor)


def view_count(request: Request, view_id: int) -> Response:
    """The exact number at this instant: always fresh."""
    actor = staff_of(request)
    counted = counted_views([visible_view(actor, view_id)], actor)[0]
    shape = {
        "view_id": counted.view.pk,
        "url": f"{base_of(request)}/views/{counted.view.pk}/count.json",
        "value": counted.count,
        "pretty": str(counted.count),
        "fresh": True,
        "active": counted.view.is_active,
    }
    return Response({"view_count": shape})


def satisfaction_ratings(request: Request) -> Response:
    tickets = visible_tickets(staff_of(request))
    ratings = SatisfactionRating.objects.filter(ticket__in=tickets).select_related("ticket")
    if score := request.query_params.get("score"):
        if score not in _SCORES:
            raise BadParameter(f"score can be {', '.join(_SCORES)}.")
        ratings = ratings.filter(score__in=_SCORES[score])
    return paginated(
        request, ratings, name="satisfaction_ratings", sorts={"created_at": "created_at"},
        default="-created_at", render=lambda rows: rating_shapes(rows, base_of(request)),
    )  # fmt: skip
