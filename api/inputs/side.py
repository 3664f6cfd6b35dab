"""What a client may say about a side conversation, in Zendesk's words."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs.values import TEXT_LENGTH, id_field, text_field
from tickets.actions.side.writing import PEOPLE_LIMIT


class RecipientInput(serializers.Serializer):
    """An entry of `to`: a person by number or by address."""

    user_id = id_field()
    email = serializers.EmailField(max_length=254, required=False)
    name = text_field(200)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("user_id") or attrs.get("email")):
            raise serializers.ValidationError("Name a user_id or an email.")
        return attrs


class SideMessageInput(serializers.Serializer):
    subject = text_field(2_000)
    body = text_field(TEXT_LENGTH)
    html_body = text_field(TEXT_LENGTH)
    to = RecipientInput(many=True, required=False)
    attachment_ids = serializers.ListField(
        child=serializers.CharField(max_length=1_000), max_length=20, required=False
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(name, "").strip() for name in ("body", "html_body")):
            raise serializers.ValidationError("A message needs a body or an html_body.")
        if len(attrs.get("to", ())) > PEOPLE_LIMIT:
            raise serializers.ValidationError(f"At most {PEOPLE_LIMIT} people at once.")
        return attrs


class SideChangeInput(serializers.Serializer):
    state = serializers.ChoiceField(choices=["open", "closed"], required=False)
    external_ids = serializers.DictField(
        child=serializers.CharField(max_length=255, allow_blank=True), required=False
    )
