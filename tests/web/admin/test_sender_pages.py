"""Block and allow lists: added, searched, imported, taken off."""

from __future__ import annotations

import pytest

from channels_in.models import SenderRule

pytestmark = pytest.mark.django_db


def page_of(answer) -> str:
    return answer.content.decode()


def test_a_sender_is_blocked_found_and_taken_off(chief):
    assert "The lists are empty" in page_of(chief.get("/admin/senders/"))
    typed = {"pattern": "Spammer@Example.com", "note": "again", "decision": "block"}
    chief.post("/admin/senders/", typed)
    rule = SenderRule.objects.get()
    assert (rule.pattern, rule.decision, rule.note) == ("spammer@example.com", "block", "again")
    assert "Ada Admin" in page_of(chief.get("/admin/senders/?q=spam"))
    assert "No sender fits" in page_of(chief.get("/admin/senders/?decision=allow"))
    chief.post(f"/admin/senders/{rule.pk}/removal/")
    assert not SenderRule.objects.exists()


@pytest.mark.parametrize(
    ("pattern", "decision"), [("", "block"), ("no address", "allow"), ("a@b.example", "perhaps")]
)
def test_a_wrong_line_is_explained_and_kept(chief, pattern, decision):
    typed = {"pattern": pattern, "decision": decision, "note": "my note"}
    answer = chief.post("/admin/senders/", typed)
    assert answer.status_code == 422
    assert 'id="pattern-error"' in page_of(answer)
    assert 'value="my note"' in page_of(answer)
    assert not SenderRule.objects.exists()


def test_many_lines_come_in_and_only_wrong_ones_stay_to_be_corrected(chief):
    lines = "a@example.com\n\nexample.net\nnot <one>\n* b@example.com\n"
    answer = chief.post("/admin/senders/import/", {"decision": "allow", "lines": lines})
    assert answer.status_code == 422
    assert "not &lt;one&gt;" in page_of(answer)
    assert "3 saved." in page_of(answer)
    assert set(SenderRule.objects.values_list("pattern", flat=True)) == {
        "a@example.com", "example.net", "b@example.com",
    }  # fmt: skip
    done = chief.post("/admin/senders/import/", {"decision": "block", "lines": "c@example.com"})
    assert done.status_code == 302


def test_only_administrators_see_the_lists(browser_of, alice):
    assert browser_of(alice).get("/admin/senders/").status_code == 403
