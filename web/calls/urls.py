from django.urls import path

from web.calls import callers, pages

urlpatterns = [
    path("new/", pages.log, name="log_call"),
    path("callers/", callers.suggest, name="suggest_callers"),
    path("tickets/", callers.tickets, name="call_tickets"),
]
