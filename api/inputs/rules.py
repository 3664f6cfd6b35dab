"""What a client may say about a rule; conditions and actions are checked by the rule's action."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs.values import BIGINT, id_field, text_field


class RuleInput(serializers.Serializer):
    """`conditions`, or `all` and `any` beside the rest, as Zendesk takes them.

    `revision`: the one that was read; if the rule was changed since, the answer is 409.
    """

    revision = id_field()
    title = text_field(500)
    description = text_field(1_000, allow_null=True)
    active = serializers.BooleanField(required=False)
    conditions = serializers.DictField(required=False)
    all = serializers.ListField(required=False, max_length=100)
    any = serializers.ListField(required=False, max_length=100)
    actions = serializers.ListField(required=False, max_length=100)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        lists = {name: attrs.pop(name) for name in ("all", "any") if name in attrs}
        if lists:
            attrs["conditions"] = {**attrs.get("conditions", {}), **lists}
        return attrs


class TriggerInput(RuleInput):
    category_id = id_field(allow_null=True)


class TriggerOrderInput(serializers.Serializer):
    trigger_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGINT), max_length=7_000
    )


class CategoryInput(serializers.Serializer):
    name = text_field(100)
    position = serializers.IntegerField(min_value=1, max_value=10_000, required=False)
