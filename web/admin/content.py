"""Dynamic content: texts in several languages that rules name, and which rules do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from macros.actions import ContentDraft, delete_content, save_content
from macros.errors import ChangedRule, InvalidRule, RuleGone
from macros.models import DynamicContent
from macros.selectors.content import counts_of_uses, listed_contents, uses_of
from web.access import SignedInRequest
from web.admin.forms import LANGUAGES
from web.admin.rules.access import rules_page
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
    content = listed_contents(request.actor).filter(pk=content_id).first()
    if content is None:
        raise RuleGone
    return _form(request, content)


@require_POST
@rules_page
def remove(request: SignedInRequest, content_id: int) -> HttpResponse:
    """Delete a text that no rule uses."""
    try:
        delete_content(actor=request.actor, content_id=content_id)
        messages.success(request, _("The text was deleted."))
    except InvalidRule as error:
        messages.error(request, str(error))
        return redirect("admin:content", content_id)
    return redirect("admin:contents")


def _form(request: SignedInRequest, content: DynamicContent | None) -> HttpResponse:
    error, op, stamp = "", request.POST.get("op", ""), request.POST.get("stamp", "")
    if request.method == "POST" and not op:
        try:
            saved = _save(request, content)
            messages.success(request, _("“%(name)s” was saved.") % {"name": saved.name})
            return redirect("admin:contents")
        except (InvalidRule, ChangedRule) as problem:
            error = str(problem)
            stamp = str(getattr(problem, "revision", stamp))
    values = _typed(request) if request.method == "POST" else _stored(content)
    if op == "add" and len(values["variants"]) < ROWS_LIMIT:
        values["variants"].append(Variant("", ""))
    context = {
        "content": content, "error": error, **values, "languages": _languages(),
        "uses": uses_of(request.actor, content) if content else None,
        "stamp": stamp or (content.stamp if content else ""), "placeholders": placeholders(),
    }  # fmt: skip
    status = 422 if error else 200
    return render(request, "admin/content/form.html", context, status=status)


def _save(request: SignedInRequest, content: DynamicContent | None) -> DynamicContent:
    values = _typed(request)
    texts: dict[str, str] = {}
    for variant in values["variants"]:
        if variant.locale and variant.locale in texts:
            raise InvalidRule(_("There are two texts in the same language."))
        if variant.text.strip() and not variant.locale:
            raise InvalidRule(_("Choose the language of each text."))
        if variant.locale:
            texts[variant.locale] = variant.text
    draft = ContentDraft(
        name=values["name"], placeholder=values["placeholder"],
        default_locale=values["default_locale"] or next(iter(texts), ""), texts=texts,
    )  # fmt: skip
    return save_content(
        actor=request.actor,
        draft=draft,
        content_id=content.pk if content else None,
        expected_stamp=request.POST.get("stamp", ""),
    )


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
    rows = sorted(
        content.variants.all(), key=lambda row: (row.locale != content.default_locale, row.locale)
    )
    return {"name": content.name, "placeholder": content.placeholder,
            "default_locale": content.default_locale,
            "variants": [Variant(row.locale, row.text) for row in rows]}  # fmt: skip


def _languages() -> list[tuple[str, str]]:
    """Language tags with the languages' own names."""
    return sorted(
        ((tag.lower(), str(get_language_info(tag.lower())["name_local"])) for tag in LANGUAGES),
        key=lambda pair: pair[1].casefold(),
    )
