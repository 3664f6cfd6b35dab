from django.urls import path

from web.people import suggest

app_name = "people"

urlpatterns = [
    path("suggest/", suggest.suggest, name="suggest"),
]
