from django.urls import include, path

from web import health, sign_in, theme
from web.agent import lists

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
    path("tickets/new/", lists.index, name="new_ticket"),
    path("tickets/<int:number>/", lists.index, name="ticket"),
    path("search/", lists.index, name="search"),
]
