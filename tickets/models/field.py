from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldType(models.TextChoices):
    TEXT = "text", _("Text")
    TEXTAREA = "textarea", _("Multi-line text")
    INTEGER = "integer", _("Number")
    DECIMAL = "decimal", _("Decimal number")
    CHECKBOX = "checkbox", _("Checkbox")
    DATE = "date", _("Date")
    TAGGER = "tagger", _("Drop-down list")


class TicketField(models.Model):
    """A custom field. Its values lie in Ticket.custom_fields under the field's id."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=100)
    type = models.CharField(max_length=10, choices=FieldType)
    options = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    is_visible_to_customers = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.title
