from django.urls import path

from web.side import checks, counts, files, pages, threads, writing

urlpatterns = [
    path("", pages.panel, name="ticket_side"),
    path("count/", counts.count, name="ticket_side_count"),
    path("check/", checks.check_message, name="side_check"),
    path("new/mail/", pages.new_mail, name="new_side_mail"),
    path("new/ticket/", pages.new_ticket, name="new_side_ticket"),
    path("files/<int:side_file_id>/<path:filename>", files.show, name="side_file"),
    path("<uuid:side_id>/", threads.thread, name="side_thread"),
    path("<uuid:side_id>/messages/", threads.reply, name="side_messages"),
    path(
        "<uuid:side_id>/messages/<int:message_id>/undo/", writing.take_back, name="side_take_back"
    ),
    path("<uuid:side_id>/state/", threads.change, name="side_state"),
    path("<uuid:side_id>/reading/", threads.read, name="side_reading"),
]
