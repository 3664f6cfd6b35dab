from __future__ import annotations

from django.db import models


class Titled(models.Model):
    """A heading of the help centre. `names` has it in other languages: `{"de": "Bestellungen"}`."""

    name = models.CharField(max_length=100)
    names = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in a language, or in the house's own where there is none."""
        return str(self.names.get(language) or self.name)


class Category(Titled):
    """What the help centre's home shows: a card with its sections' articles."""

    slug = models.SlugField(max_length=100, unique=True)
    description = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        verbose_name_plural = "categories"


class Section(Titled):
    """Articles about one thing, in a category."""

    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="sections")

    class Meta:
        indexes = [
            models.Index(fields=["category", "position", "id"], name="section_in_category"),
        ]
