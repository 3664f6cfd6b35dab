from __future__ import annotations

from django.db import models

from knowledge.models.article import ArticleTranslation


class Vote(models.Model):
    """Whether an article helped somebody. `voter` is a digest: of a person, or of a browser."""

    translation = models.ForeignKey(
        ArticleTranslation, on_delete=models.CASCADE, related_name="votes"
    )
    voter = models.CharField(max_length=64)
    is_helpful = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "voter"], name="vote_once")]

    def __str__(self) -> str:
        return f"{'helpful' if self.is_helpful else 'unhelpful'}: {self.translation_id}"


class MissedSearch(models.Model):
    """What people looked for in the help centre and did not find, and how often."""

    language = models.CharField(max_length=20)
    query = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "missed searches"
        constraints = [
            models.UniqueConstraint(fields=["language", "query"], name="missed_search_once")
        ]
        indexes = [models.Index(fields=["-last_at", "-id"], name="missed_search_latest")]

    def __str__(self) -> str:
        return self.query
