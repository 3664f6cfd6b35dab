"""Dynamic content: texts in several languages that rules name, and which rules do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from macros.actions import ContentDraft, delete_content, save_content
from macros.errors import ChangedRule, InvalidRule
from macros.models import DynamicContent
from macros.selectors.content import content_for, counts_of_uses, listed_contents, uses_of
from web.access import SignedInRequest
from web.admin.content.languages import language, languages
from web.admin.rules.access import rules_page
from web.admin.rules.presenting import rule_links
from web.agent.numbers import as_id
from web.builder.texts import placeholders

ROWS_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Variant:
    """One language's text on the form."""

    locale: str
    text: str


@require_safe
@rules_page
def index(request: SignedInRequest) -> HttpResponse:
    """All texts, in which languages they exist, and how many rules use each."""
    uses = counts_of_uses()
    rows = [
        {
            "content": content,
            "locales": sorted(each.locale for each in content.variants.all()),
            "uses": uses[content.placeholder],
        }
        for content in listed_contents(request.actor)
    ]
    return render(request, "admin/content/index.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@rules_page
def new(request: SignedInRequest) -> HttpResponse:
    """A new text, in one language to begin with."""
    return _form(request, None)


@require_http_methods(["GET", "POST"])
@rules_page
def edit(request: SignedInRequest, content_id: int) -> HttpResponse:
    """Change a text and its variants."""
    return _form(request, content_for(request.actor, content_id))


@require_http_methods(["GET", "POST"])
@rules_page
def removal(request: SignedInRequest, content_id: int) -> HttpResponse:
    """Ask once, then delete; of one that rules use, say which."""
    content = content_for(request.actor, content_id)
    if request.method == "POST":
        try:
            delete_content(actor=request.actor, content_id=content_id)
            messages.success(request, _("“%(title)s” was deleted.") % {"title": content.name})
            return redirect("admin:contents")
        except InvalidRule as error:
            messages.error(request, str(error))
    context = {"content": content, "tab": "edit", **_uses(request, content)}
    return render(request, "admin/content/removal.html", context)


def _form(request: SignedInRequest, content: DynamicContent | None) -> HttpResponse:
    """What is stored, or what was sent: to be saved, or with its `op` carried out."""
    if request.method != "POST":
        return _shown(request, content, _stored(content))
    values, op = _typed(request), request.POST.get("op", "")
    if op:
        values["variants"] = _operated(op, values["variants"], content)
        return _shown(request, content, values)
    try:
        draft = _draft(values)
        if lost := _to_ask_about(request, content, draft):
            return _shown(request, content, values, lost=lost)
        saved = save_content(
            actor=request.actor, draft=draft, content_id=content.pk if content else None,
            expected_revision=as_id(request.POST.get("revision", "")),
        )  # fmt: skip
    except (InvalidRule, ChangedRule) as error:
        return _shown(request, content, values, error=error)
    messages.success(request, _("“%(name)s” was saved.") % {"name": saved.name})
    return redirect("admin:contents")


def _shown(
    request: SignedInRequest,
    content: DynamicContent | None,
    values: Mapping[str, Any],
    *,
    lost: Sequence[Variant] = (),
    error: Exception | None = None,
) -> HttpResponse:
    """The form; `lost` are the texts that it asks about before it removes them."""
    opened = request.POST.get("revision") or (content.revision if content else "")
    context = {
        "content": content, "tab": "edit", "error": error, **values, "languages": languages(),
        "lost": [each.locale for each in lost],
        "lost_names": ", ".join(language(each.locale) for each in lost),
        "fallback": language(values["default_locale"]), "placeholders": placeholders(),
        "revision": getattr(error, "revision", opened), **_uses(request, content),
    }  # fmt: skip
    return render(request, "admin/content/form.html", context, status=422 if error else 200)


def _draft(values: Mapping[str, Any]) -> ContentDraft:
    """Raises InvalidRule."""
    texts: dict[str, str] = {}
    for variant in values["variants"]:
        if variant.locale and variant.locale in texts:
            raise InvalidRule(_("There are two texts in the same language."))
        if variant.text.strip() and not variant.locale:
            raise InvalidRule(_("Choose the language of each text."))
        if variant.locale:
            texts[variant.locale] = variant.text
    return ContentDraft(
        name=values["name"], placeholder=values["placeholder"],
        default_locale=values["default_locale"] or next(iter(texts), ""), texts=texts,
    )  # fmt: skip


def _to_ask_about(
    request: SignedInRequest, content: DynamicContent | None, draft: ContentDraft
) -> list[Variant]:
    """The texts that saving would remove and that nobody has agreed to lose yet.

    None where saving is refused anyway: for somebody else's change, for no text in the default
    language.
    """
    if content is None or not draft.texts.get(draft.default_locale, "").strip():
        return []
    if request.POST.get("revision") not in (None, "", str(content.revision)):
        return []
    gone = _lost(content, draft.texts)
    agreed = request.POST.get("remove", "").split(",")
    return [] if {each.locale for each in gone} <= set(agreed) else gone


def _lost(content: DynamicContent, texts: Mapping[str, str]) -> list[Variant]:
    """The stored texts of languages that have none in `texts`."""
    return [each for each in _variants(content) if not texts.get(each.locale, "").strip()]


def _operated(
    op: str, rows: list[Variant], content: DynamicContent | None
) -> list[Variant]:  # fmt: skip
    """The rows after one of the form's own buttons: one more, or those that were to be lost."""
    if op == "add":
        return [*rows, Variant("", "")][:ROWS_LIMIT]
    if op == "keep" and content is not None:
        lost = {each.locale: each for each in _lost(content, {r.locale: r.text for r in rows})}
        return [*[row for row in rows if row.locale not in lost], *lost.values()][:ROWS_LIMIT]
    return rows


def _uses(request: SignedInRequest, content: DynamicContent | None) -> dict[str, Any]:
    """The rules that name it with their pages, how many macros of others do, and how many all."""
    if content is None:
        return {}
    uses = uses_of(request.actor, content)
    return {"uses": rule_links(uses.rules), "hidden": uses.hidden, "uses_count": uses.count}


def _typed(request: SignedInRequest) -> dict[str, Any]:
    pairs = zip(request.POST.getlist("locale"), request.POST.getlist("text"), strict=False)
    variants = [Variant(locale[:20], text.replace("\r\n", "\n")) for locale, text in pairs]
    return {
        "name": request.POST.get("name", "")[:200],
        "placeholder": request.POST.get("placeholder", "")[:60],
        "default_locale": request.POST.get("default_locale", "")[:20],
        "variants": variants[:ROWS_LIMIT],
    }


def _stored(content: DynamicContent | None) -> dict[str, Any]:
    if content is None:
        return {"name": "", "placeholder": "", "default_locale": "en",
                "variants": [Variant("en", "")]}  # fmt: skip
    return {"name": content.name, "placeholder": content.placeholder,
            "default_locale": content.default_locale, "variants": _variants(content)}  # fmt: skip


def _variants(content: DynamicContent) -> list[Variant]:
    """What is stored, the default language first."""
    rows = sorted(
        content.variants.all(), key=lambda row: (row.locale != content.default_locale, row.locale)
    )
    return [Variant(row.locale, row.text) for row in rows]
