from django.urls import URLPattern, path

from web.admin.rules import (
    automation_trial,
    categories,
    history,
    pages,
    policies,
    policy_trial,
    recounts,
    rehearsing,
    runs,
    trying,
)
from web.admin.rules.kinds import AUTOMATIONS, POLICIES, TRIGGERS, RuleType


def _of(of: RuleType) -> list[URLPattern]:
    """The pages that all kinds of rules have."""
    name, at = of.word, f"{of.words}/"
    one, with_kind = f"{at}<int:rule_id>/", {"of": of}
    return [
        path(at, pages.index, with_kind, name=of.words),
        path(f"{one}activation/", pages.activation, with_kind, name=f"{name}_activation"),
        path(f"{one}position/", pages.position, with_kind, name=f"{name}_position"),
        path(f"{one}removal/", pages.removal, with_kind, name=f"{name}_removal"),
        path(f"{one}history/", history.show, with_kind, name=f"{name}_history"),
        path(f"{one}revert/", history.revert, with_kind, name=f"{name}_revert"),
    ]


def _built(of: RuleType) -> list[URLPattern]:
    """The builders of what has steps, and what became of it."""
    at, with_kind = f"{of.words}/", {"of": of}
    return [
        path(f"{at}new/", pages.new, with_kind, name=f"new_{of.word}"),
        path(f"{at}<int:rule_id>/", pages.edit, with_kind, name=of.word),
        path(f"{at}<int:rule_id>/runs/", runs.show, with_kind, name=f"{of.word}_runs"),
    ]


urlpatterns = [
    *_of(TRIGGERS),
    *_built(TRIGGERS),
    *_of(AUTOMATIONS),
    *_built(AUTOMATIONS),
    *_of(POLICIES),
    path("policies/new/", policies.new, name="new_policy"),
    path("policies/<int:rule_id>/", policies.edit, name="policy"),
    path("policies/recount/", recounts.show, name="recount"),
    path("policies/<int:rule_id>/test/", policy_trial.show, name="policy_test"),
    path("triggers/<int:rule_id>/test/", trying.show, name="trigger_test"),
    path("automations/<int:rule_id>/test/", automation_trial.show, name="automation_test"),
    path("rehearsals/<int:rehearsal_id>/", rehearsing.show, name="rehearsal"),
    path(
        "rehearsals/<int:rehearsal_id>/cancellation/",
        rehearsing.cancellation,
        name="rehearsal_cancellation",
    ),
    path("categories/", categories.index, name="categories"),
    path("categories/<int:category_id>/position/", categories.position, name="category_position"),
    path("categories/<int:category_id>/removal/", categories.removal, name="category_removal"),
]
