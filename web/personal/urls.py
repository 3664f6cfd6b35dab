from django.urls import path

from web.personal import notifications, preferences, profile, pushes, sessions, signatures

app_name = "personal"
urlpatterns = [
    path("", profile.index, name="index"),
    path("profile/", profile.show, name="profile"),
    path("photo/", profile.photo, name="photo"),
    path("photo/removal/", profile.photo_removal, name="photo_removal"),
    path("signatures/", signatures.show, name="signatures"),
    path("preferences/", preferences.show, name="preferences"),
    path("notifications/", notifications.show, name="notifications"),
    path("pushes/", pushes.subscriptions, name="pushes"),
    path("pushes/test/", pushes.test, name="push_test"),
    path("sessions/", sessions.index, name="sessions"),
    path("sessions/others/end/", sessions.end_others, name="end_other_sessions"),
    path("sessions/<int:device_id>/end/", sessions.end, name="end_session"),
]
