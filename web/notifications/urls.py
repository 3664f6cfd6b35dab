from django.urls import path

from web.notifications import pages, unsubscribing

urlpatterns = [
    path("", pages.index, name="notifications"),
    path("panel/", pages.panel, name="notification_panel"),
    path("new/", pages.newest, name="newest_notifications"),
    path("read/", pages.read, name="read_notifications"),
    path("unsubscribe/<slug:token>/", unsubscribing.show, name="unsubscribe"),
]
