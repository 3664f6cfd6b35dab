"""What a client may say about ticket fields and forms. Anything else in its JSON is ignored."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs.values import BIGINT, ScalarField, id_field, text_field
from tickets.actions.fields import MOST_FIELDS, MOST_OPTIONS
from tickets.actions.forms import MOST_CONDITIONS, MOST_FORMS


class OptionInput(serializers.Serializer):
    """An option has one text here: where Zendesk keeps a tag beside its name, both are the same."""

    name = serializers.CharField(max_length=100)
    value = serializers.CharField(max_length=100, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("value", attrs["name"]) != attrs["name"]:
            raise serializers.ValidationError(
                {"value": "An option is its name here. Leave value out, or make it the same."}
            )
        return attrs


class FieldChangesInput(serializers.Serializer):
    title = text_field(100)
    description = text_field(500, allow_null=True)
    position = serializers.IntegerField(min_value=0, max_value=BIGINT, required=False)
    active = serializers.BooleanField(required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    required_in_portal = serializers.BooleanField(required=False)
    visible_in_portal = serializers.BooleanField(required=False)
    regexp_for_validation = text_field(500, allow_null=True)
    custom_field_options = serializers.ListField(
        child=OptionInput(), max_length=MOST_OPTIONS, required=False
    )


class NewFieldInput(FieldChangesInput):
    title = serializers.CharField(max_length=100)
    type = serializers.CharField(max_length=20)


class _ChildInput(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=BIGINT)
    is_required = serializers.BooleanField(required=False, default=False)


class ConditionInput(serializers.Serializer):
    parent_field_id = serializers.IntegerField(min_value=1, max_value=BIGINT)
    value = ScalarField()
    child_fields = serializers.ListField(child=_ChildInput(), max_length=MOST_FIELDS)


class FormChangesInput(serializers.Serializer):
    name = text_field(100)
    display_name = text_field(100, allow_null=True)
    position = serializers.IntegerField(min_value=0, max_value=BIGINT, required=False)
    active = serializers.BooleanField(required=False)
    default = serializers.BooleanField(required=False)
    end_user_visible = serializers.BooleanField(required=False)
    ticket_field_ids = serializers.ListField(
        child=id_field(), max_length=MOST_FIELDS, required=False
    )
    agent_conditions = serializers.ListField(
        child=ConditionInput(), max_length=MOST_CONDITIONS, required=False
    )
    end_user_conditions = serializers.ListField(
        child=ConditionInput(), max_length=MOST_CONDITIONS, required=False
    )


class NewFormInput(FormChangesInput):
    name = serializers.CharField(max_length=100)


class FormOrderInput(serializers.Serializer):
    ticket_form_ids = serializers.ListField(child=id_field(), max_length=MOST_FORMS)
