from django.urls import path

from web.admin.networks import pages

urlpatterns = [
    path("", pages.index, name="networks"),
    path("new/<slug:channel>/", pages.new, name="new_network"),
    path("<int:connection_id>/", pages.show, name="network_account"),
    path("<int:connection_id>/sign-in/", pages.sign_in, name="network_sign_in"),
    path("<int:connection_id>/test/", pages.test, name="network_test"),
    path("<int:connection_id>/removal/", pages.leave, name="network_removal"),
]
