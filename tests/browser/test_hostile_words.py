"""Names that are html, and files that are scripts, in a real browser: nothing runs."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from playwright.sync_api import expect

from tests.browser.pages import watched
from tests.factories import SETUP, as_actor
from tickets.actions import create_view, install_stock_views, keep_upload, update_ticket
from tickets.drafts import CommentDraft

EVIL = "'\"></script></title></textarea><img src=x onerror=alert(1)><svg onload=alert(2)>"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("clean_cache"),
]


@pytest.fixture
def desk(alice, admin, make_ticket, support) -> dict[str, Any]:
    """A ticket and a view whose every word is html; a file that is a picture and a script."""
    install_stock_views(actor=SETUP)
    ticket = make_ticket(
        subject=f"Subject {EVIL}", body=f"Text {EVIL}", group_id=support.pk, assignee_id=alice.pk,
        tags=("'><img/src=x/onerror=alert(3)>",),
    )  # fmt: skip
    files = [
        keep_upload(actor=as_actor(alice), file=ContentFile(content), filename=name)
        for content, name in (
            (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(4)//", f"{EVIL}.gif"),
            (b"alert(5)", "app.js"),
        )
    ]
    draft = CommentDraft(author_id=alice.pk, body=EVIL, upload_ids=tuple(f.pk for f in files))
    update_ticket(actor=as_actor(alice), ticket_id=ticket.pk, comment=draft)
    view = create_view(
        actor=as_actor(admin), title=f"View {EVIL}", description=EVIL,
        conditions={"all": [{"field": "status", "operator": "less_than", "value": "closed"}]},
    )  # fmt: skip
    return {"ticket": ticket, "view": view, "files": files}


def test_words_and_files_of_strangers_do_nothing(open_page, live_server, desk):
    page, noted = watched(open_page, live_server.url)
    for path in (f"/views/{desk['view'].pk}/", f"/tickets/{desk['ticket'].pk}/"):
        page.goto(path)
        expect(page.locator("body")).to_contain_text("<svg onload=alert(2)>")
        page.wait_for_timeout(300)
        assert page.locator("svg[onload], img[onerror]").count() == 0
    for file in desk["files"]:
        ended = page.evaluate(
            """address => new Promise(done => {
                const script = document.createElement("script");
                script.src = address;
                script.onload = () => done("loaded");
                script.onerror = () => done("refused");
                document.head.append(script);
            })""",
            f"/files/{file.pk}/app.js",
        )
        assert ended == "refused"
    left = [entry for entry in noted if not entry.startswith(("data:", "blob:", "ws:"))]
    assert left == []
