from __future__ import annotations

from rest_framework import serializers

from api.inputs.values import text_field


class WebhookInput(serializers.Serializer):
    """What a client may say about a webhook; its secret is made here."""

    name = text_field(500)
    endpoint = text_field(2_000)
    status = serializers.ChoiceField(choices=("active", "inactive"), required=False)
