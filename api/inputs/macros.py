"""What a client may say about a macro. Anything else in its JSON is ignored."""

from __future__ import annotations

from rest_framework import serializers

from api.inputs.values import id_field, text_field


class RestrictionInput(serializers.Serializer):
    """`{"type": "User"}` is the caller; `{"type": "Group", "id": 3}` a group."""

    type = serializers.ChoiceField(choices=["User", "Group"])
    id = serializers.IntegerField(min_value=1, required=False)


class MacroChangesInput(serializers.Serializer):
    revision = id_field()  # that was read; if the macro was changed since, the answer is 409
    title = text_field(150)
    description = serializers.CharField(
        max_length=1_000, required=False, allow_blank=True, allow_null=True
    )
    active = serializers.BooleanField(required=False)
    restriction = RestrictionInput(required=False, allow_null=True)
    actions = serializers.ListField(child=serializers.DictField(), max_length=50, required=False)


class NewMacroInput(MacroChangesInput):
    title = serializers.CharField(max_length=150)
    actions = serializers.ListField(child=serializers.DictField(), max_length=50)
