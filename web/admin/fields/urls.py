from django.urls import path

from web.admin.fields import fields, forms

urlpatterns = [
    path("fields/", fields.index, name="ticket_fields"),
    path("fields/new/", fields.new, name="new_ticket_field"),
    path("fields/<int:field_id>/", fields.edit, name="ticket_field"),
    path("fields/<int:field_id>/activation/", fields.activation, name="ticket_field_activation"),
    path("fields/<int:field_id>/position/", fields.position, name="ticket_field_position"),
    path("fields/<int:field_id>/removal/", fields.removal, name="ticket_field_removal"),
    path("forms/", forms.index, name="ticket_forms"),
    path("forms/new/", forms.new, name="new_ticket_form"),
    path("forms/<int:form_id>/", forms.edit, name="ticket_form"),
    path("forms/<int:form_id>/activation/", forms.activation, name="ticket_form_activation"),
    path("forms/<int:form_id>/position/", forms.position, name="ticket_form_position"),
    path("forms/<int:form_id>/removal/", forms.removal, name="ticket_form_removal"),
]
