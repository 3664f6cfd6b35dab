"""What a visitor does besides talking: files, the end, a rating, the transcript, articles."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from accounts.actor import customer_actor
from channels_in.actions.chat import end_own_chat, mail_transcript, person_of, rate_own_chat
from channels_in.chat.conversation import chat_of, latest_chat
from channels_in.chat.spoken import line_text
from channels_in.chat.transcripts import link_token
from core.terms import terms_of
from core.text import storable
from knowledge.errors import ArticleNotFound
from knowledge.models import ArticleTranslation
from knowledge.selectors.help_centre import article_to_read, home_of
from knowledge.selectors.search import find_articles, fitting_articles
from tickets.actions import keep_upload
from tickets.errors import InvalidChange
from tickets.models import Channel
from web.chat.access import (
    VisitorRequest,
    at_widget,
    body_of,
    by_visitor,
    is_calm_address,
    refusal,
)
from web.knowledge.bodies import article_html, path_of

FILES_PER_HOUR, SEARCHES_PER_FIVE_MINUTES = 40, 300
FILE_BYTES = 10 * 1024 * 1024
ARTICLES = 4
FITS = 0.15  # share of a question's weight that an article must have to stand beside it


@require_POST
@by_visitor
def upload(request: VisitorRequest) -> HttpResponseBase:
    """Keep one file (`file`); it waits for the message that takes it along."""
    visitor = request.visitor
    file = request.FILES.get("file")
    if file is None or not visitor.account.widget.takes_files:
        return refusal("unreadable", 422)
    if not is_calm_address("file", visitor.key, limit=FILES_PER_HOUR, seconds=3600):
        return refusal("slow", 429)
    if (file.size or 0) > FILE_BYTES:
        return refusal("large", 413)
    chat = latest_chat(visitor)
    person = chat.ticket.requester if chat else person_of(visitor=visitor)
    try:
        kept = keep_upload(
            actor=customer_actor(person, channel=Channel.CHAT), file=file, filename=file.name or ""
        )
    except InvalidChange:
        return refusal("virus", 422)
    told = {"id": kept.pk, "name": kept.filename, "size": kept.size, "image": kept.is_image}
    return JsonResponse(told, status=201)


@require_POST
@by_visitor
def end(request: VisitorRequest, chat_key: str) -> HttpResponseBase:
    end_own_chat(visitor=request.visitor, key=chat_key)
    return HttpResponse(status=204)


@require_POST
@by_visitor
def rate(request: VisitorRequest, chat_key: str) -> HttpResponseBase:
    """`good` or not, with a comment if there is something to say."""
    asked = body_of(request)
    rate_own_chat(
        visitor=request.visitor, key=chat_key, is_good=asked.get("good") is True,
        comment=line_text(asked, "comment", 2_000),
    )  # fmt: skip
    return HttpResponse(status=204)


@require_POST
@by_visitor
def transcript(request: VisitorRequest, chat_key: str) -> HttpResponseBase:
    """Where the conversation can be saved from, or the address that it was mailed to."""
    chat = chat_of(request.visitor, chat_key)
    if body_of(request).get("by_mail") is not True:
        return JsonResponse({"url": reverse("chat:transcript", args=[link_token(chat)])})
    address = mail_transcript(visitor=request.visitor, key=chat_key)
    return JsonResponse({"address": address}) if address else refusal("slow", 429)


@require_GET
@at_widget
def articles(request: VisitorRequest) -> HttpResponseBase:
    """Public articles that fit what was typed; the most helpful while nothing was.

    With `about=1` it is a question that was asked, not words to look for.
    """
    query = storable(request.GET.get("q", "")).strip()[:400]
    address = str(request.META.get("REMOTE_ADDR", ""))
    if not request.account.widget.offers_help:
        return JsonResponse({"articles": []})
    if not is_calm_address("help", address, limit=SEARCHES_PER_FIVE_MINUTES, seconds=300):
        return refusal("slow", 429)
    language = request.GET.get("language", "en")[:8].lower()
    if query and request.GET.get("about"):
        return JsonResponse({"articles": [_beginning(each) for each in _about(query, language)]})
    found = (
        find_articles(query, None, language=language, limit=ARTICLES) if query else _liked(language)
    )
    return JsonResponse({"articles": [_beginning(each) for each in found]})


def _about(question: str, language: str) -> list[ArticleTranslation]:
    """What a whole question is about: shown beside it, so only what fits well."""
    terms = terms_of(question, "", table="knowledge_articletranslation", column="search")
    found = fitting_articles(terms, None, language=language, limit=ARTICLES)
    return [each.translation for each in found if each.fit >= FITS]


def _liked(language: str) -> list[ArticleTranslation]:
    """What helped most, for who has not typed yet."""
    every = [each for category in home_of(None, language) for each in category.articles]
    return sorted(every, key=lambda each: (-each.helpful, each.pk))[:ARTICLES]


def _beginning(article: ArticleTranslation) -> dict[str, object]:
    return {
        "id": article.article_id, "title": article.title, "excerpt": article.excerpt[:160],
        "language": article.language,
    }  # fmt: skip


@require_GET
@at_widget
def article(request: VisitorRequest, article_id: int) -> HttpResponseBase:
    """One public article to read in the widget."""
    language = request.GET.get("language", "en")[:8].lower()
    try:
        found = article_to_read(None, article_id, language).translation
    except ArticleNotFound:
        return refusal("gone", 404)
    told = {
        "title": found.title, "html": article_html(found.body), "url": path_of(found),
        "language": found.language,
    }  # fmt: skip
    return JsonResponse(told)
