from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from web import errors

pytestmark = pytest.mark.django_db


def test_each_error_page_says_what_happened_and_what_to_do(browser_of, alice):
    browser = browser_of(alice)
    assert "There is nothing here" in browser.get("/nowhere/").content.decode()
    request = RequestFactory().get("/")
    assert "Something broke" in errors.server_error(request).content.decode()


def test_the_page_of_a_broken_server_needs_no_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        assert errors.server_error(request).status_code == 500
        assert errors.bad_request(request).status_code == 400
        assert errors.csrf_failure(request).status_code == 403


def test_a_fragment_gets_a_notice_instead_of_a_page():
    request = RequestFactory().get("/", headers={"HX-Request": "true"})
    answer = errors.server_error(request).content.decode()
    assert "<html" not in answer
    assert "Your text is kept" in answer


def test_a_failing_page_tells_the_log_and_not_the_visitor(monkeypatch, browser_of, alice, views):
    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("web.agent.lists.counted_views", fail)
    browser = Client(raise_request_exception=False)
    browser.force_login(alice)
    answer = browser.get(f"/views/{views['unassigned'].pk}/")
    assert answer.status_code == 500
    assert "secret detail" not in answer.content.decode()


def test_a_form_that_is_too_large_is_said_to_be(browser_of, alice, make_ticket, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = browser_of(alice).post(
        f"/tickets/{make_ticket().pk}/comments/",
        "body=" + "x" * 200,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413
