from django.urls import path

from web.accounts import password_change, password_reset

urlpatterns = [
    path("reset/", password_reset.ask, name="password_reset"),
    path("reset/sent/", password_reset.sent, name="password_reset_sent"),
    path(
        "reset/<uidb64>/<token>/",
        password_reset.ChooseNewPassword.as_view(),
        name="password_reset_confirm",
    ),
    path("change/", password_change.change, name="password_change"),
]
