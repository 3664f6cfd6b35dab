from django.urls import path

from web.chat import doing, frames, speaking, transcripts

app_name = "chat"
urlpatterns = [
    path("widget.js", frames.loader, name="loader"),
    path("<slug:key>/frame/", frames.show, name="frame"),
    path("<slug:key>/logo/", frames.logo, name="logo"),
    path("<slug:key>/visitors/", speaking.meet, name="visitors"),
    path("<slug:key>/visitor/", speaking.introduce, name="visitor"),
    path("<slug:key>/messages/", speaking.say, name="messages"),
    path("<slug:key>/conversation/", speaking.hear, name="conversation"),
    path("<slug:key>/files/", doing.upload, name="files"),
    path("<slug:key>/articles/", doing.articles, name="articles"),
    path("<slug:key>/articles/<int:article_id>/", doing.article, name="article"),
    path("<slug:key>/chats/<slug:chat_key>/earlier/", speaking.earlier, name="earlier"),
    path("<slug:key>/chats/<slug:chat_key>/receipts/", speaking.received, name="receipts"),
    path("<slug:key>/chats/<slug:chat_key>/end/", doing.end, name="end"),
    path("<slug:key>/chats/<slug:chat_key>/rating/", doing.rate, name="rating"),
    path("<slug:key>/chats/<slug:chat_key>/transcript/", doing.transcript, name="transcripts"),
    path("transcripts/<token>/", transcripts.show, name="transcript"),
]
