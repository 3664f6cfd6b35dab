from django.urls import path

from web.home import pages

urlpatterns = [
    path("", pages.show, name="home_page"),
    path("parts/", pages.parts, name="home_parts"),
]
