from django.urls import path

from web import sign_in, theme

urlpatterns = [
    path("", sign_in.home, name="home"),
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("theme/", theme.theme, name="theme"),
    path("views/", sign_in.home, name="views"),
]
