from django.urls import path

from web.admin.rules import categories, history, triggers, trying

urlpatterns = [
    path("triggers/", triggers.index, name="triggers"),
    path("triggers/new/", triggers.new, name="new_trigger"),
    path("triggers/<int:trigger_id>/", triggers.edit, name="trigger"),
    path("triggers/<int:trigger_id>/activation/", triggers.activation, name="trigger_activation"),
    path("triggers/<int:trigger_id>/position/", triggers.position, name="trigger_position"),
    path("triggers/<int:trigger_id>/removal/", triggers.removal, name="trigger_removal"),
    path("triggers/<int:trigger_id>/test/", trying.show, name="trigger_test"),
    path("triggers/<int:trigger_id>/history/", history.show, name="trigger_history"),
    path("triggers/<int:trigger_id>/revert/", history.revert, name="trigger_revert"),
    path("categories/", categories.index, name="categories"),
    path("categories/<int:category_id>/position/", categories.position, name="category_position"),
    path("categories/<int:category_id>/removal/", categories.removal, name="category_removal"),
]
