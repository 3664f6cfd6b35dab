from django.urls import path

from web.macros import history, pages, trying

app_name = "macros"
urlpatterns = [
    path("", pages.index, name="index"),
    path("new/", pages.new, name="new"),
    path("<int:macro_id>/", pages.edit, name="macro"),
    path("<int:macro_id>/activation/", pages.activation, name="activation"),
    path("<int:macro_id>/position/", pages.position, name="position"),
    path("<int:macro_id>/removal/", pages.removal, name="removal"),
    path("<int:macro_id>/test/", trying.show, name="test"),
    path("<int:macro_id>/history/", history.show, name="history"),
    path("<int:macro_id>/revert/", history.revert, name="revert"),
]
