from django.urls import path

from web.reply_check import pages

urlpatterns = [path("tickets/<int:number>/reply-check/", pages.check_reply, name="reply_check")]
