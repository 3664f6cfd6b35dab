"""Attack 15, articles: hostile html is inert where readers see it, and where replies take it."""

from __future__ import annotations

import json

import pytest
from lxml import html as lxml_html

from tests.factories import as_actor, make_article, sign_in
from tests.security.hostile_html import HOSTILE

ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:", "data:image/")


@pytest.mark.django_db
def test_hostile_articles_are_inert_everywhere(client, alice, make_ticket):
    ticket = make_ticket()
    body = "<p>Readable</p>" + "".join(f"<div>{html}</div>" for html in HOSTILE.values())
    article = make_article("Hostile", body=body, actor=as_actor(alice))
    path = f"/help/en/articles/{article.article_id}-hostile/"
    assert_inert(client.get(path).content.decode())
    sign_in(client, alice)
    for path in (f"/knowledge/{article.pk}/", f"/knowledge/{article.pk}/history/1/"):
        assert_inert(client.get(path).content.decode())
    preview = client.post("/knowledge/preview/", {"title": "<script>", "body": body})
    assert_inert(preview.content.decode())
    text = client.get(f"/tickets/{ticket.pk}/knowledge/text/{article.pk}/")
    assert_inert(f'<div class="article-body">{json.loads(text.content)["html"]}</div>')


def assert_inert(page: str) -> None:
    document = lxml_html.fromstring(page)
    body = document.find_class("article-body")[0]
    for element in body.iter():
        assert element.tag not in (
            "script",
            "iframe",
            "object",
            "embed",
            "form",
            "input",
            "svg",
            "style",
            "link",
            "meta",
            "base",
            "button",
            "math",
        ), element.tag
        for name, value in element.attrib.items():
            assert not name.startswith(("on", "hx-", "style", "id", "class")) or element is body
            if name in ("href", "src"):
                assert value.startswith(ALLOWED_SCHEMES), value
