from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FieldType(models.TextChoices):
    TEXT = "text", _("Text")
    TEXTAREA = "textarea", _("Multi-line text")
    INTEGER = "integer", _("Number")
    DECIMAL = "decimal", _("Decimal number")
    CHECKBOX = "checkbox", _("Checkbox")
    DATE = "date", _("Date")
    TAGGER = "tagger", _("Drop-down list")
    MULTISELECT = "multiselect", _("Several of a list")
    REGEXP = "regexp", _("Text of a pattern")

    @classmethod
    def with_options(cls) -> tuple[FieldType, ...]:
        return (cls.TAGGER, cls.MULTISELECT)


class TicketField(models.Model):
    """A custom field. Its values lie in Ticket.custom_fields under the field's id."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    description = models.CharField(max_length=500, blank=True, default="")
    type = models.CharField(max_length=12, choices=FieldType)
    options = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    pattern = models.CharField(max_length=500, blank=True, default="")  # of a regexp field: RE2
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_visible_to_customers = models.BooleanField(default=False)
    is_required_of_customers = models.BooleanField(default=False)
    is_required_to_solve = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title

    @property
    def has_options(self) -> bool:
        return self.type in FieldType.with_options()


class TicketForm(models.Model):
    """Which custom fields a ticket shows, and in which order. A ticket without one shows them all.

    Customers choose among the forms that are visible to them, by `customer_title`.
    """

    title = models.CharField(max_length=100, unique=True)
    customer_title = models.CharField(max_length=100, blank=True, default="")
    is_visible_to_customers = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_default = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"], name="form_one_default", condition=Q(is_default=True)
            ),
            models.CheckConstraint(
                condition=Q(is_default=False) | Q(is_active=True), name="form_default_is_active"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words_for_customers(self) -> str:
        return self.customer_title or self.title


class TicketFormField(models.Model):
    """A field's place in a form."""

    form = models.ForeignKey(TicketForm, on_delete=models.CASCADE, related_name="places")
    field = models.ForeignKey(TicketField, on_delete=models.CASCADE, related_name="places")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "field"], name="form_field_once")]

    def __str__(self) -> str:
        return f"{self.field_id} in {self.form_id}"


class Audience(models.TextChoices):
    """Who a rule about a form's fields holds for."""

    EVERYBODY = "everybody", _("Everybody")
    CUSTOMERS = "customers", _("Customers")
    AGENTS = "agents", _("Agents")


class TicketFormCondition(models.Model):
    """`child` is asked only when `value` is chosen in `parent`; any one of several is enough.

    A checkbox holds "true" or "false". `is_required`: where it is asked, it must be filled in, by
    customers when they send it, by agents before they solve the ticket.
    """

    form = models.ForeignKey(TicketForm, on_delete=models.CASCADE, related_name="conditions")
    parent = models.ForeignKey(TicketField, on_delete=models.CASCADE, related_name="+")
    value = models.CharField(max_length=100)
    child = models.ForeignKey(TicketField, on_delete=models.CASCADE, related_name="+")
    is_required = models.BooleanField(default=False)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYBODY)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["form", "parent", "value", "child", "audience"], name="form_condition_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.child_id} when {self.parent_id} is {self.value}"
