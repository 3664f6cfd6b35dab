"""Field kinds that more than one input uses; every text is bounded and every id fits a bigint."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

BIGINT = 2**63 - 1
TEXT_LENGTH = 500_000  # letters of a comment


def id_field(**options: Any) -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=BIGINT, required=False, **options)


def text_field(length: int = 255, **options: Any) -> serializers.CharField:
    return serializers.CharField(
        max_length=length, allow_blank=True, required=False, trim_whitespace=False, **options
    )


class TagsField(serializers.ListField):
    """A list, or the words of one string."""

    child = serializers.CharField(max_length=255, allow_blank=True)

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=200, required=False, **options)

    def to_internal_value(self, data: Any) -> list[str]:
        return super().to_internal_value(data.split() if isinstance(data, str) else data)


class ScalarField(serializers.Field):
    """A text, number, truth value or null."""

    _text = serializers.CharField(max_length=65_536, allow_blank=True, trim_whitespace=False)

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, allow_null=True, default=None, **options)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool):
            return data
        if isinstance(data, int) and abs(data) > BIGINT:
            raise serializers.ValidationError("This number is too large.")
        if isinstance(data, int | float):
            return data
        return self._text.run_validation(data)


class FieldValueField(ScalarField):
    """The same, or a list of texts: of a field in which several can be chosen."""

    _list = serializers.ListField(child=serializers.CharField(max_length=100), max_length=500)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, list):
            return self._list.run_validation(data)
        return super().to_internal_value(data)
