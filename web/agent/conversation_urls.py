from django.urls import path

from web.agent import conversation

urlpatterns = [
    path("tickets/<int:number>/conversation/", conversation.show, name="conversation"),
    path("tickets/<int:number>/read/", conversation.read, name="ticket_read"),
]
