"""The schema: migrations are complete, and every list's order ends in a unique key."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command

from tests.architecture.source import ROOMS


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_model_has_an_order_of_its_own():
    ours = [model for model in apps.get_models() if model._meta.app_label in ROOMS]
    assert ours
    assert [model.__name__ for model in ours if model._meta.ordering] == []


def test_foreign_keys_point_down():
    rank = {"core": 0, "accounts": 1, "knowledge": 2, "tickets": 3, "notifications": 4,
            "channels_in": 5, "macros": 5, "reports": 6, "web": 7, "api": 7, "demo": 7}  # fmt: skip
    upwards = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in rank
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete
        and rank.get(field.related_model._meta.app_label, 0) > rank[model._meta.app_label]
    ]  # fmt: skip
    assert upwards == []
