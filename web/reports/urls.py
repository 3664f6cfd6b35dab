from django.urls import path

from web.reports import catalogue, resolution_times

app_name = "reports"
urlpatterns = [
    path("", catalogue.index, name="index"),
    path("resolution-times/", resolution_times.show, name="resolution_times"),
    path(
        "resolution-times/<slug:table>.csv",
        resolution_times.download,
        name="resolution_times_csv",
    ),
]
