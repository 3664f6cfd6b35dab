from django.urls import path

from web.chats import deeds, pages

app_name = "chats"

urlpatterns = [
    path("", pages.index, name="index"),
    path("dock/", pages.dock, name="dock"),
    path("<int:chat_id>/bar/", pages.bar, name="bar"),
    path("<int:chat_id>/visitor/", pages.visitor, name="visitor"),
    path("<int:chat_id>/answers/", pages.answers, name="answers"),
    path("<int:chat_id>/ask/<slug:what>/", pages.dialog, name="dialog"),
    path("<int:chat_id>/acceptance/", deeds.accept, name="accept"),
    path("<int:chat_id>/refusal/", deeds.decline, name="decline"),
    path("<int:chat_id>/takeover/", deeds.take_over, name="take_over"),
    path("<int:chat_id>/messages/", deeds.say, name="say"),
    path("<int:chat_id>/reading/", deeds.read, name="read"),
    path("<int:chat_id>/hold/", deeds.hold, name="hold"),
    path("<int:chat_id>/transfer/", deeds.transfer, name="transfer"),
    path("<int:chat_id>/invitations/", deeds.invite, name="invite"),
    path("<int:chat_id>/presence/", deeds.join, name="join"),
    path("<int:chat_id>/departure/", deeds.leave, name="leave"),
    path("<int:chat_id>/end/", deeds.end, name="end"),
]
