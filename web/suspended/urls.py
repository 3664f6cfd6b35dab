from django.urls import path

from web.suspended import decisions, queue

app_name = "suspended"
urlpatterns = [
    path("", queue.index, name="index"),
    path("<int:item_id>/", queue.show, name="item"),
    path("recoveries/", decisions.recover, name="recoveries"),
    path("blocks/", decisions.block, name="blocks"),
    path("deletions/", decisions.delete, name="deletions"),
]
