from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from knowledge.languages import direction, native_name
from knowledge.selectors.help_centre import article_to_read
from web.help_centre import access
from web.help_centre.access import Reader, help_page, reader_of
from web.knowledge.bodies import article_html


@require_safe
@help_page
def show(request: Reader, article_id: int, slug: str) -> HttpResponse:
    """An article; where it is not translated, in a language it has, and the page says so."""
    found = article_to_read(reader_of(request), article_id, request.language)
    translation = found.translation
    if translation.language == request.language and slug != translation.slug:
        return redirect("help:article", request.language, article_id, translation.slug)
    return access.show(request, "help/article.html", {
        "translation": translation, "body": article_html(translation.body),
        "others": [(each, native_name(each.language)) for each in found.others],
        "beside": found.beside, "article_direction": direction(translation.language),
        "is_translated": translation.language == request.language,
        "category": translation.article.section.category,
        "category_name": translation.article.section.category.name_in(request.language),
        "section_name": translation.article.section.name_in(request.language),
        "voted": request.session.get(f"voted-{translation.pk}"),
        "written_in": native_name(translation.language),
    })  # fmt: skip
