from django.urls import path

from web.social import decisions, incidents, private, rules, stream

app_name = "social"
urlpatterns = [
    path("", stream.index, name="index"),
    path("news/", stream.news, name="news"),
    path("rules/<int:account_id>/", rules.edit, name="rules"),
    path("posts/<int:post_id>/", stream.show, name="post"),
    path("posts/<int:post_id>/ticket/", decisions.ticket, name="ticket"),
    path("posts/<int:post_id>/silence/", decisions.alone, name="alone"),
    path("posts/<int:post_id>/return/", decisions.back, name="back"),
    path("posts/<int:post_id>/like/", decisions.like, name="like"),
    path("posts/<int:post_id>/answer/", decisions.answer, name="answer"),
    path("incidents/<int:incident_id>/", incidents.show, name="incident"),
    path("incidents/<int:incident_id>/dismissal/", incidents.dismiss, name="dismissal"),
    path("tickets/<int:number>/strip/", private.strip, name="strip"),
    path("tickets/<int:number>/private/", private.go_private, name="private"),
    path("tickets/<int:number>/loop/", private.close, name="loop"),
    path("replies/<int:comment_id>/", private.reply, name="reply"),
]
