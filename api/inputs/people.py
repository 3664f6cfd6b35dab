"""What a client may say about a person."""

from __future__ import annotations

from rest_framework import serializers

from accounts.roles import Role
from api.inputs.values import BIGINT, ScalarField, TagsField, id_field, text_field
from api.shapes.people_more import IDENTITY_KINDS

# Zendesk has three roles; ours between agent and administrator are given in the workspace.
ROLES = {"end-user": Role.CUSTOMER, "agent": Role.AGENT, "admin": Role.ADMIN}


class _UserInput(serializers.Serializer):
    role = serializers.ChoiceField(choices=list(ROLES), required=False)
    organization_id = id_field(allow_null=True)
    locale = text_field(35, allow_null=True)
    time_zone = text_field(64, allow_null=True)
    signature = text_field(10_000, allow_null=True)
    notes = text_field(50_000, allow_null=True)
    tags = TagsField()
    user_fields = serializers.DictField(child=ScalarField(), required=False)
    ticket_restriction = serializers.ChoiceField(
        choices=["requested", "organization", "groups", "assigned"], required=False,
        allow_null=True,
    )  # fmt: skip


class NewUserInput(_UserInput):
    name = serializers.CharField(max_length=200)
    email = serializers.EmailField(max_length=254, required=False, allow_null=True)
    verified = serializers.BooleanField(required=False, default=False)


class UserChangesInput(_UserInput):
    name = serializers.CharField(max_length=200, required=False)
    suspended = serializers.BooleanField(required=False)


class MergeInput(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=BIGINT)
    accept_unverified = serializers.BooleanField(required=False, default=False)


class IdentityInput(serializers.Serializer):
    type = serializers.ChoiceField(choices=list(IDENTITY_KINDS))
    value = serializers.CharField(max_length=254)
    primary = serializers.BooleanField(required=False, default=False)
    verified = serializers.BooleanField(required=False, default=False)


class _OrganizationInput(serializers.Serializer):
    shared_tickets = serializers.BooleanField(required=False)
    shared_comments = serializers.BooleanField(required=False)
    domain_names = TagsField()
    notes = text_field(50_000, allow_null=True)
    tags = TagsField()
    organization_fields = serializers.DictField(child=ScalarField(), required=False)


class NewOrganizationInput(_OrganizationInput):
    name = serializers.CharField(max_length=200)


class OrganizationChangesInput(_OrganizationInput):
    name = serializers.CharField(max_length=200, required=False)
