from django.urls import path

from web.chat import transcripts

app_name = "chat"
urlpatterns = [
    path("transcripts/<token>/", transcripts.show, name="transcript"),
]
