from django.urls import include, path

from web import files, health, sign_in, theme
from web.agent import (
    comments,
    deliveries,
    lists,
    new_ticket,
    properties,
    search,
    tickets,
    uploads,
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("", sign_in.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("theme/", theme.theme, name="theme"),
    path("views/", lists.index, name="views"),
    path("views/counts/", lists.counts, name="view_counts"),
    path("views/<int:view_id>/", lists.show, name="view"),
    path("views/<int:view_id>/changes/", lists.changes, name="view_changes"),
    path("reports/", include("web.reports.urls")),
    path("tickets/new/", new_ticket.create, name="new_ticket"),
    path("tickets/new/people/", new_ticket.suggest_people, name="suggest_people"),
    path("tickets/<int:number>/", tickets.show, name="ticket"),
    path("tickets/<int:number>/parts/", tickets.parts, name="ticket_parts"),
    path("tickets/<int:number>/neighbours/", tickets.neighbours, name="ticket_neighbours"),
    path("tickets/<int:number>/viewers/", tickets.viewers, name="ticket_viewers"),
    path("tickets/<int:number>/comments/", comments.create, name="ticket_comments"),
    path("tickets/<int:number>/properties/", properties.update, name="ticket_properties"),
    path("tickets/<int:number>/participants/", properties.accept, name="ticket_participants"),
    path("deliveries/<int:delivery_id>/retry/", deliveries.retry, name="retry_delivery"),
    path("uploads/", uploads.create, name="uploads"),
    path("uploads/<int:upload_id>/", uploads.discard, name="upload"),
    path("files/<int:attachment_id>/<path:filename>", files.show, name="file"),
    path("search/", search.show, name="search"),
    path("requests/", include("web.portal.urls")),
    path("suspended/", include("web.suspended.urls")),
    path("dev/", include("web.dev.urls")),
    path("password/", include("web.accounts.urls")),
]
