from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from knowledge.models.section import Section


class Visibility(models.TextChoices):
    """Who may read an article once it is published."""

    EVERYONE = "everyone", _("Everyone")
    CUSTOMERS = "customers", _("Signed-in customers")
    STAFF = "staff", _("Staff only")


class State(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class Article(models.Model):
    """One matter explained, in one or more languages. Written only by knowledge.actions."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="articles")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.EVERYONE)
    position = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="article_visibility_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["section", "position", "id"], name="article_in_section"),
        ]

    def __str__(self) -> str:
        return f"article {self.pk}"


class TranslationQuerySet(models.QuerySet["ArticleTranslation"]):
    def published(self) -> TranslationQuerySet:
        return self.filter(state=State.PUBLISHED)

    def placed(self) -> TranslationQuerySet:
        """With article, section and category, and without what only an article's page shows."""
        return self.select_related("article__section__category").defer("body", "search")


class ArticleTranslation(models.Model):
    """An article in one language.

    `body` was sanitised when it was written, `text` is the readable text of it and `search` what
    full-text search knows (configuration `helpdesk`, title first). `revision` counts the changes
    of title and body; each is kept in ArticleRevision. `helpful` and `unhelpful` count the votes.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=20)  # BCP 47, small letters
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    search = SearchVectorField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    helpful = models.PositiveIntegerField(default=0)
    unhelpful = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    objects = TranslationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "language"], name="translation_once"),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="translation_state_is_known"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="translation_search"),
            GinIndex(OpClass(Lower("title"), name="gin_trgm_ops"), name="translation_title"),
            models.Index(fields=["-updated_at", "-id"], name="translation_latest"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of its address; the number before it is what counts."""
        return slugify(self.title)[:80].strip("-") or "article"

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    @property
    def excerpt(self) -> str:
        return " ".join(self.text[:400].split())[:180]


class ArticleRevision(models.Model):
    """A translation as it was from one change on. Append only; going back makes a new one."""

    translation = models.ForeignKey(
        ArticleTranslation, on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["translation", "number"], name="article_revision_once")
        ]

    def __str__(self) -> str:
        return f"{self.translation_id} as of {self.number}"
