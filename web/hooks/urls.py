from django.urls import path

from web.hooks import mail

urlpatterns = [
    path("mail/<slug:provider>/<str:hook_token>/<slug:kind>", mail.mail, name="mail_hook"),
]
