from django.urls import path

from web.bulk import pages

app_name = "bulk"

urlpatterns = [
    path("", pages.index, name="index"),
    path("form/<slug:what>/", pages.form, name="form"),
    path("<int:job_id>/", pages.show, name="show"),
    path("<int:job_id>/pill/", pages.pill, name="pill"),
    path("<int:job_id>/undo/", pages.undo, name="undo"),
    path("<int:job_id>/stop/", pages.stop, name="stop"),
]
