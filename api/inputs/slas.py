"""What a client may say about an SLA policy; the rest is checked by its action."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs.values import BIGINT, id_field, text_field


class TargetInput(serializers.Serializer):
    """`target` in minutes, or `target_in_seconds`."""

    priority = text_field(10, allow_null=True)
    metric = serializers.CharField(max_length=30)
    target = serializers.IntegerField(required=False)
    target_in_seconds = serializers.IntegerField(required=False)
    business_hours = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "target" in attrs:
            attrs.pop("target_in_seconds", None)
        elif "target_in_seconds" not in attrs:
            raise serializers.ValidationError("Give a target in minutes, or target_in_seconds.")
        return attrs


class PolicyInput(serializers.Serializer):
    title = text_field(500)
    description = text_field(1_000, allow_null=True)
    active = serializers.BooleanField(required=False)
    position = serializers.IntegerField(min_value=1, max_value=10_000, required=False)
    filter = serializers.DictField(required=False)
    policy_metrics = TargetInput(many=True, required=False)
    metric_settings = serializers.DictField(
        child=serializers.DictField(child=serializers.BooleanField()), required=False
    )
    schedule_id = id_field(allow_null=True)
    warnings = serializers.ListField(child=serializers.FloatField(), max_length=100, required=False)


class PolicyOrderInput(serializers.Serializer):
    sla_policy_ids = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGINT), max_length=1_000
    )
