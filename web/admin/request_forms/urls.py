from django.urls import path

from web.admin.request_forms import pages

urlpatterns = [
    path("", pages.index, name="request_forms"),
    path("new/", pages.new, name="new_request_form"),
    path("<int:form_id>/", pages.edit, name="request_form"),
    path("<int:form_id>/activation/", pages.activation, name="request_form_activation"),
    path("<int:form_id>/removal/", pages.removal, name="request_form_removal"),
]
