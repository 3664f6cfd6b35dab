from django.urls import path

from web.agent import (
    archives,
    awaited_files,
    comment_menu,
    conversation,
    file_views,
    forwarding,
    splitting,
)

urlpatterns = [
    path("tickets/<int:number>/conversation/", conversation.show, name="conversation"),
    path("tickets/<int:number>/read/", conversation.read, name="ticket_read"),
    path("comments/<int:comment_id>/menu/", comment_menu.menu, name="comment_menu"),
    path("comments/<int:comment_id>/hiding/", comment_menu.hide, name="hide_comment"),
    path("comments/<int:comment_id>/redaction/", comment_menu.redact, name="redact_comment"),
    path("comments/<int:comment_id>/forward/", forwarding.forward, name="forward_comment"),
    path("comments/<int:comment_id>/split/", splitting.split, name="split_comment"),
    path("comments/<int:comment_id>/files.zip", archives.of_comment, name="comment_files"),
    path("tickets/<int:number>/files.zip", archives.of_ticket, name="ticket_files"),
    path("files/<int:attachment_id>/view/", file_views.show, name="file_view"),
    path("files/<int:attachment_id>/play/", file_views.play, name="file_play"),
    path(
        "files/<int:attachment_id>/picture/<int:number>/", file_views.picture, name="file_picture"
    ),
    path("awaited-files/<int:awaited_id>/", awaited_files.again, name="fetch_file_again"),
    path("tickets/<int:number>/split/undo/", splitting.undo, name="undo_split"),
]
