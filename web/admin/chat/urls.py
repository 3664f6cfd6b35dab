from django.urls import path

from web.admin.chat import pages

urlpatterns = [
    path("", pages.index, name="chat_widgets"),
    path("new/", pages.new, name="new_chat_widget"),
    path("<int:widget_id>/", pages.edit, name="chat_widget"),
    path("<int:widget_id>/secret/", pages.secret, name="chat_widget_secret"),
    path("<int:widget_id>/logo/", pages.logo, name="chat_widget_logo"),
]
