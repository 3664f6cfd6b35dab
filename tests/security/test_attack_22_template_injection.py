"""Attack 22: what customers write is never a template, and templates reach no object."""

from __future__ import annotations

import pytest

from accounts.models import User
from core.liquid import render
from tests.factories import make_ticket
from tickets.placeholders import PLACEHOLDERS, problems, values_of

EVIL = "{{ site.url }} {% for a in ticket.tags %}x{% endfor %} {{ 7 | times: 6 }}"

pytestmark = pytest.mark.django_db


@pytest.fixture
def values(carol: User, alice: User) -> dict[str, object]:
    return values_of(make_ticket(requester=carol, subject=EVIL), current_user=alice)


def test_a_customers_subject_is_shown_as_it_is(values):
    assert render("{{ ticket.title }}", values, html=False) == EVIL


@pytest.mark.parametrize(
    "walk",
    [
        "{{ ticket.requester.password }}", "{{ ticket.requester.__class__ }}",
        "{{ ticket.__class__.__mro__ }}", "{{ ticket._state.db }}", "{{ current_user.pk }}",
        "{{ ticket.requester.objects.all }}", "{{ settings.SECRET_KEY }}",
        "{{ ticket['__init__'] }}", "{{ ticket.requester['_password'] }}",
    ],
)  # fmt: skip
def test_attributes_cannot_be_walked(values, walk):
    assert render(walk, values, html=False) == ""
    assert problems(walk) != []


@pytest.mark.parametrize("tag", ["{% include 'x' %}", "{% render 'x' %}", "{% tablerow a in b %}"])
def test_nothing_is_loaded(values, tag):
    assert render(tag, values, html=False) == tag


@pytest.mark.parametrize("trick", ["{{ ticket.title | safe }}", "{{ ticket.title | raw }}"])
def test_nothing_can_be_called_safe(values, trick):
    assert "<" not in render(trick, {"ticket": {"title": "<script>"}}, html=True)


def test_every_placeholder_has_a_value(values):
    for name in PLACEHOLDERS:
        found: object = values
        for part in name.split("."):
            assert isinstance(found, dict)
            found = found[part]
        assert problems(f"{{{{ {name} }}}}") == []
