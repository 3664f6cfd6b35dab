from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldOwner(models.TextChoices):
    PERSON = "person", _("People")
    ORGANIZATION = "organization", _("Organizations")


class PersonFieldType(models.TextChoices):
    TEXT = "text", _("Text")
    NUMBER = "number", _("Number")
    CHECKBOX = "checkbox", _("Checkbox")
    DATE = "date", _("Date")
    CHOICE = "dropdown", _("Drop-down list")


class PersonField(models.Model):
    """A custom field of people or of organizations.

    Its values lie in their `custom_fields` under its key, which never changes: programs and rules
    name it (`requester.custom_fields.<key>`, as Zendesk does).
    """

    owner = models.CharField(max_length=12, choices=FieldOwner)
    key = models.SlugField(max_length=60)
    title = models.CharField(max_length=100)
    type = models.CharField(max_length=10, choices=PersonFieldType)
    options = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key"], name="person_field_key_once"),
        ]

    def __str__(self) -> str:
        return self.title
