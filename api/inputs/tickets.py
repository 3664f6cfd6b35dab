"""What a client may say about a ticket. Anything else in its JSON is ignored, as Zendesk does."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.inputs.values import TEXT_LENGTH, FieldValueField, TagsField, id_field, text_field
from tickets.actions.participants import CC_LIMIT


class CommentInput(serializers.Serializer):
    body = text_field(TEXT_LENGTH)
    html_body = text_field(TEXT_LENGTH)
    public = serializers.BooleanField(required=False, default=True)
    author_id = id_field()
    uploads = serializers.ListField(
        child=serializers.CharField(max_length=1_000), max_length=20, required=False
    )

    def to_internal_value(self, data: Any) -> Any:
        """Zendesk also takes a bare text, and `uploads` as one token."""
        if isinstance(data, str):
            data = {"body": data}
        if isinstance(data, dict) and isinstance(data.get("uploads"), str):
            data = {**data, "uploads": [data["uploads"]]}
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        texts = (attrs.get("body", ""), attrs.get("html_body", ""))
        if not any(text.strip() for text in texts) and not attrs.get("uploads"):
            raise serializers.ValidationError("A comment needs a body, an html_body or uploads.")
        return attrs


class PersonInput(serializers.Serializer):
    name = text_field(200)
    email = serializers.EmailField(max_length=254)


class CcInput(serializers.Serializer):
    """An entry of `email_ccs` or `followers`: who, and whether to put or delete them."""

    user_id = id_field()
    user_email = serializers.EmailField(max_length=254, required=False)
    user_name = text_field(200)
    action = serializers.ChoiceField(choices=["put", "delete"], required=False, default="put")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not (attrs.get("user_id") or attrs.get("user_email")):
            raise serializers.ValidationError("Name a user_id or a user_email.")
        return attrs


class CustomFieldInput(serializers.Serializer):
    id = serializers.IntegerField(min_value=1)
    value = FieldValueField()


class _TicketInput(serializers.Serializer):
    subject = text_field(2_000)
    comment = CommentInput(required=False)
    status = serializers.CharField(max_length=20, required=False)
    type = text_field(20, allow_null=True)
    priority = text_field(20, allow_null=True)
    requester = PersonInput(required=False)
    requester_id = id_field()
    assignee_id = id_field(allow_null=True)
    group_id = id_field(allow_null=True)
    organization_id = id_field(allow_null=True)
    problem_id = id_field(allow_null=True)
    ticket_form_id = id_field(allow_null=True)
    external_id = text_field(255, allow_null=True)
    due_at = serializers.DateTimeField(required=False, allow_null=True)
    tags = TagsField()
    custom_fields = CustomFieldInput(many=True, required=False)
    collaborator_ids = serializers.ListField(
        child=id_field(), max_length=CC_LIMIT * 2, required=False
    )
    email_ccs = CcInput(many=True, required=False)
    followers = CcInput(many=True, required=False)


class NewTicketInput(_TicketInput):
    description = text_field(TEXT_LENGTH)
    submitter_id = id_field()
    recipient = text_field(254, allow_null=True)
    via_followup_source_id = id_field(allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "comment" not in attrs:
            if not attrs.get("description", "").strip():
                raise serializers.ValidationError({"comment": "A ticket begins with a comment."})
            attrs["comment"] = {"body": attrs["description"], "public": True}
        return attrs


class TicketChangesInput(_TicketInput):
    safe_update = serializers.BooleanField(required=False, default=False)
    updated_stamp = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("safe_update") and "updated_stamp" not in attrs:
            raise serializers.ValidationError({"updated_stamp": "safe_update needs this."})
        return attrs
