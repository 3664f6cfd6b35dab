"""The pages of webhooks: adding one, its secret once, a test call, the log, deleting."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from core import clock
from core.fetch import Answer, CannotFetch
from macros.actions.webhooks import BREAKS_AFTER, create_webhook
from macros.models import InvocationState, Webhook, WebhookInvocation
from macros.webhooks import call_due, calling
from tests.factories import SETUP
from tests.macros.rules import CREATED, effect, trigger

pytestmark = pytest.mark.django_db
AT = "/admin/webhooks/"


@pytest.fixture
def hook(db) -> Webhook:
    webhook, _ = create_webhook(actor=SETUP, name="Shop", url="https://shop.example/hook")
    return webhook


@pytest.fixture
def answers(monkeypatch) -> list[Answer | CannotFetch]:
    """What the receiver says next; each call takes one."""
    found: list[Answer | CannotFetch] = []

    def post(*_args: object, **_kwargs: object) -> Answer:
        said = found.pop(0)
        if isinstance(said, CannotFetch):
            raise said
        return said

    monkeypatch.setattr(calling, "post", post)
    return found


def said(status: int, content: bytes = b"") -> Answer:
    return Answer(status=status, headers={}, content=content)


def calls(hook: Webhook, *, by: str = "Tell the shop"):
    """A trigger that calls the webhook for every new ticket."""
    return trigger(by, [CREATED],
                   effect("notification_webhook", {"webhook_id": hook.pk, "body": ""}))  # fmt: skip


def text(answer) -> str:
    return answer.content.decode()


def test_the_pages_are_for_those_who_manage_channels(browser_of, alice, lead, admin, hook):
    for page in ("", "new/", f"{hook.pk}/", f"{hook.pk}/test/", f"{hook.pk}/settings/"):
        assert browser_of(alice).get(AT + page).status_code == 403
        assert browser_of(lead).get(AT + page).status_code == 403
        assert browser_of(admin).get(AT + page).status_code == 200


def test_a_new_webhook_shows_its_secret_once_and_goes_on_to_the_test_call(chief):
    step = chief.post(AT + "new/", {"name": "Shop", "url": "https://shop.example/h"}, follow=True)
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", text(step))
    assert secret is not None
    hook = Webhook.objects.get()
    assert f"{AT}{hook.pk}/test/?guided=1" in text(step)
    again = text(chief.get(f"{AT}{hook.pk}/secret/"))
    assert "whsec_" not in again
    assert "not shown again" in again
    assert all("whsec_" not in str(value) for value in chief.session.values())


def test_an_address_that_is_none_is_refused_with_what_was_typed(chief):
    answer = chief.post(AT + "new/", {"name": "Shop", "url": "ftp://shop.example"})
    assert answer.status_code == 422
    assert "begins with https://" in text(answer)
    assert "ftp://shop.example" in text(answer)
    assert not Webhook.objects.exists()


def test_renewing_the_secret_shows_the_new_one_and_keeps_the_old_one_signing(chief, hook):
    answer = chief.post(f"{AT}{hook.pk}/secret/", follow=True)
    assert "whsec_" in text(answer)
    assert "signs, too" in text(answer)


def test_a_test_call_shows_status_time_and_the_answer_as_text(chief, hook, answers):
    answers.append(said(200, b"<script>alert(1)</script> taken"))
    page = text(chief.post(f"{AT}{hook.pk}/test/", {"body": '{"a": 1}'}))
    assert "answered with 200" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; taken" in page
    call = WebhookInvocation.objects.get()
    assert (call.state, call.body, call.ticket) == ("delivered", '{"a": 1}', None)


def test_a_test_call_that_fails_is_not_tried_again_and_pauses_nobody(chief, hook, answers):
    for _ in range(BREAKS_AFTER + 1):
        answers.append(CannotFetch("The server did not answer."))
        page = text(chief.post(f"{AT}{hook.pk}/test/", {"body": "{}"}))
        assert "The server did not answer." in page
    hook.refresh_from_db()
    assert (hook.failures, hook.paused_until) == (0, None)
    assert not WebhookInvocation.objects.exclude(state=InvocationState.FAILED).exists()


def test_a_test_call_does_not_reach_into_the_private_network(chief):
    for url in ("http://127.0.0.1:6379/", "http://169.254.169.254/latest/", "http://[::1]/"):
        inside, _ = create_webhook(actor=SETUP, name=url, url=url)
        page = text(chief.post(f"{AT}{inside.pk}/test/", {"body": "{}"}))
        assert "No answer" in page
        call = WebhookInvocation.objects.get(webhook=inside)
        assert (call.state, call.response) == ("failed", "")


def test_a_body_that_is_no_json_is_refused_and_kept(chief, hook, answers):
    answer = chief.post(f"{AT}{hook.pk}/test/", {"body": '{"a": '})
    assert answer.status_code == 422
    assert "This is no JSON" in text(answer)
    assert "{&quot;a&quot;: " in text(answer)
    assert not WebhookInvocation.objects.exists()


def test_the_list_tells_how_each_is_doing(chief, hook, answers, make_ticket):
    calls(hook)
    for status in (200, 200, 200, 404):
        make_ticket()
        answers.append(said(status))
        call_due()
    page = text(chief.get(AT))
    assert "75 % delivered" in page
    assert "Trouble" in page
    hook.failures, hook.paused_until = 5, clock.now() + timedelta(minutes=8)
    hook.save()
    assert "Paused" in text(chief.get(AT))
    assert "The latest 5 calls failed" in text(chief.get(f"{AT}{hook.pk}/"))


def test_the_number_of_queries_does_not_grow_with_the_list(
    chief, hook, django_assert_max_num_queries
):
    for number in range(8):
        create_webhook(actor=SETUP, name=f"Hook {number}", url="https://shop.example/")
    with django_assert_max_num_queries(12):
        chief.get(AT)


def test_a_call_shows_its_rule_its_attempts_and_goes_out_once_more(
    chief, hook, answers, make_ticket
):
    rule, ticket = calls(hook), make_ticket(subject="Where is my parcel")
    answers += [said(400, b"no such shop"), said(200, b"taken")]
    call_due()
    call = WebhookInvocation.objects.get()
    page = text(chief.get(f"{AT}calls/{call.pk}/"))
    assert f"/admin/rules/triggers/{rule.pk}/" in page
    assert f"#{ticket.pk}" in page
    assert "no such shop" in page
    assert "Send again" in text(chief.get(f"{AT}{hook.pk}/"))
    chief.post(f"{AT}calls/{call.pk}/attempts/")
    assert call_due() == 1
    call.refresh_from_db()
    assert (call.state, len(call.attempts)) == (InvocationState.DELIVERED, 2)
    refused = chief.post(f"{AT}calls/{call.pk}/attempts/", follow=True)
    assert "Only a call that failed" in text(refused)


def test_the_log_is_filtered_and_paged(chief, hook, answers, make_ticket):
    calls(hook)
    for status in (200, 404):
        make_ticket()
        answers.append(said(status))
        call_due()
    assert text(chief.get(f"{AT}{hook.pk}/")).count("hook-call") == 2
    assert text(chief.get(f"{AT}{hook.pk}/?state=failed")).count("hook-call") == 1
    assert chief.get(f"{AT}{hook.pk}/?cursor=nonsense").status_code == 400


def test_a_webhook_that_rules_call_is_not_deleted(chief, hook):
    calls(hook, by="Tell the shop")
    page = text(chief.get(f"{AT}{hook.pk}/settings/"))
    assert "Tell the shop" in page
    answer = chief.post(f"{AT}{hook.pk}/removal/", follow=True)
    assert "“Tell the shop” calls this webhook" in text(answer)
    assert Webhook.objects.exists()


def test_a_webhook_that_nobody_calls_is_changed_and_deleted(chief, hook):
    chief.post(f"{AT}{hook.pk}/settings/", {"name": "Store", "url": "https://store.example/"})
    hook.refresh_from_db()
    assert (hook.name, hook.url, hook.is_active) == ("Store", "https://store.example/", False)
    assert "Switched off" in text(chief.get(AT))
    chief.post(f"{AT}{hook.pk}/removal/")
    assert not Webhook.objects.exists()
    assert chief.get(f"{AT}{hook.pk}/").status_code == 404
