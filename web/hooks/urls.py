from django.urls import path

from web.hooks import mail, networks

urlpatterns = [
    path("mail/<slug:provider>/<str:hook_token>/<slug:kind>", mail.mail, name="mail_hook"),
    path("<slug:channel>/<str:hook_key>/", networks.network, name="network_hook"),
]
