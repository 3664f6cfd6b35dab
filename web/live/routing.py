from django.urls import path

from web.chat.consumer import VisitorConsumer
from web.live.consumer import LiveConsumer

websocket_urlpatterns = [
    path("ws/", LiveConsumer.as_asgi()),
    path("ws/chat/", VisitorConsumer.as_asgi()),
]
