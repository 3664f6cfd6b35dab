"""What a client may say about a person."""

from __future__ import annotations

from rest_framework import serializers

from accounts.roles import Role
from api.inputs.values import id_field, text_field

# Zendesk has three roles; ours between agent and administrator are given in the workspace.
ROLES = {"end-user": Role.CUSTOMER, "agent": Role.AGENT, "admin": Role.ADMIN}


class _UserInput(serializers.Serializer):
    role = serializers.ChoiceField(choices=list(ROLES), required=False)
    organization_id = id_field(allow_null=True)
    locale = text_field(35, allow_null=True)
    time_zone = text_field(64, allow_null=True)
    signature = text_field(10_000, allow_null=True)
    notes = text_field(50_000, allow_null=True)


class NewUserInput(_UserInput):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(max_length=254, required=False, allow_null=True)
    verified = serializers.BooleanField(required=False, default=False)


class UserChangesInput(_UserInput):
    name = serializers.CharField(max_length=200, required=False)
