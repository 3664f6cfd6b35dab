from django.urls import path

from web.admin.webhooks import calls, editing, pages

urlpatterns = [
    path("", pages.index, name="webhooks"),
    path("new/", editing.new, name="new_webhook"),
    path("calls/<int:invocation_id>/", calls.show, name="webhook_call"),
    path("calls/<int:invocation_id>/attempts/", calls.retry, name="webhook_call_attempts"),
    path("<int:webhook_id>/", pages.show, name="webhook_calls"),
    path("<int:webhook_id>/test/", pages.test, name="webhook_test"),
    path("<int:webhook_id>/settings/", editing.edit, name="webhook_settings"),
    path("<int:webhook_id>/secret/", editing.secret, name="webhook_secret"),
    path("<int:webhook_id>/removal/", editing.remove, name="webhook_removal"),
]
