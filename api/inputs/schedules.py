"""What a client may say about business hours; the rest is checked by their action."""

from __future__ import annotations

from rest_framework import serializers

from api.inputs.values import text_field


class IntervalInput(serializers.Serializer):
    start_time = serializers.IntegerField()
    end_time = serializers.IntegerField()


class ScheduleInput(serializers.Serializer):
    name = text_field(200)
    time_zone = text_field(100)
    intervals = IntervalInput(many=True, required=False)


class WorkweekInput(serializers.Serializer):
    intervals = IntervalInput(many=True)


class HolidayInput(serializers.Serializer):
    name = text_field(200)
    start_date = serializers.DateField(required=False)
    end_date = serializers.DateField(required=False)
