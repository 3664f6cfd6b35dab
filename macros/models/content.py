"""What rules say: texts in several languages, and the files of macros."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from macros.models.rules import Macro


class DynamicContent(models.Model):
    """A text that exists in several languages; rules say `{{dc.<placeholder>}}`.

    There is always a variant in `default_locale`. `revision` counts the changes; each is kept in
    RuleRevision.
    """

    name = models.CharField(max_length=150)
    placeholder = models.SlugField(max_length=60, unique=True)  # letters, digits and _ only
    default_locale = models.CharField(max_length=20)
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "dynamic contents"

    def __str__(self) -> str:
        return self.name


class DynamicContentVariant(models.Model):
    """The text in one language (`de`, `pt-br`): Liquid without other dynamic content."""

    content = models.ForeignKey(DynamicContent, on_delete=models.CASCADE, related_name="variants")
    locale = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content", "locale"], name="dynamic_content_once")
        ]

    def __str__(self) -> str:
        return f"{self.content_id} in {self.locale}"


class MacroFile(models.Model):
    """A file that a macro attaches. The bytes lie in the storage under `key` (core.storage.blobs).

    It stays while the macro exists, also when no effect names it any more: revisions do.
    """

    macro = models.ForeignKey(Macro, null=True, on_delete=models.CASCADE, related_name="files")
    key = models.CharField(max_length=80, unique=True)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=127)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.filename
