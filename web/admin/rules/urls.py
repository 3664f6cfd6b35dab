from django.urls import URLPattern, path

from web.admin.rules import categories, history, pages, trying
from web.admin.rules.kinds import AUTOMATIONS, TRIGGERS, RuleType


def _of(of: RuleType) -> list[URLPattern]:
    """The pages that both kinds of rules have."""
    name = of.kind.value
    at, one, with_kind = f"{name}s/", f"{name}s/<int:rule_id>/", {"of": of}
    return [
        path(at, pages.index, with_kind, name=f"{name}s"),
        path(f"{at}new/", pages.new, with_kind, name=f"new_{name}"),
        path(one, pages.edit, with_kind, name=name),
        path(f"{one}activation/", pages.activation, with_kind, name=f"{name}_activation"),
        path(f"{one}position/", pages.position, with_kind, name=f"{name}_position"),
        path(f"{one}removal/", pages.removal, with_kind, name=f"{name}_removal"),
        path(f"{one}history/", history.show, with_kind, name=f"{name}_history"),
        path(f"{one}revert/", history.revert, with_kind, name=f"{name}_revert"),
    ]


urlpatterns = [
    *_of(TRIGGERS),
    *_of(AUTOMATIONS),
    path("triggers/<int:rule_id>/test/", trying.show, name="trigger_test"),
    path("automations/<int:rule_id>/due/", trying.due, name="automation_test"),
    path("categories/", categories.index, name="categories"),
    path("categories/<int:category_id>/position/", categories.position, name="category_position"),
    path("categories/<int:category_id>/removal/", categories.removal, name="category_removal"),
]
