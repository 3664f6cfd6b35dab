from django.urls import path

from web.admin.content import history, pages

urlpatterns = [
    path("", pages.index, name="contents"),
    path("new/", pages.new, name="new_content"),
    path("<int:content_id>/", pages.edit, name="content"),
    path("<int:content_id>/removal/", pages.removal, name="content_removal"),
    path("<int:content_id>/history/", history.show, name="content_history"),
    path("<int:content_id>/revert/", history.revert, name="content_revert"),
]
