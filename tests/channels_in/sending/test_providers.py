"""Through a provider: one person a message, its id kept, its answers understood."""

from __future__ import annotations

import json

import pytest
import requests

from channels_in.actions import send_due
from channels_in.email.compose import METADATA
from channels_in.email.sending.errors import RouteTrouble
from channels_in.email.sending.providers import PROVIDERS, provider_backend
from channels_in.models import ChannelAccount, LocalMail, OutgoingServer
from core import ids
from core.crypto import seal
from tests.channels_in.sending.test_webhooks import provider
from tickets.models import Delivery, DeliveryState, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("account", "local_outbox")]


class Api:
    """Postmark's interface: what was posted, and the answer."""

    def __init__(self) -> None:
        self.posts: list[dict] = []
        self.answer: tuple[int, str] | Exception = (200, "")

    def request(self, session: object, method: str, url: str, **options: object):
        assert url.startswith("https://api.postmarkapp.com/")
        assert options["timeout"] == 30
        assert options["headers"]["X-Postmark-Server-Token"] == "token-1"
        if isinstance(self.answer, Exception):
            raise self.answer
        data = options.get("data")
        self.posts.append(json.loads(data))
        response = requests.Response()
        response.status_code, text = self.answer
        ok = {"ErrorCode": 0, "Message": "OK", "MessageID": "pm-77", "To": self.posts[-1]["To"]}
        response._content = (text or json.dumps(ok)).encode()
        return response


@pytest.fixture
def api(monkeypatch) -> Api:
    made = Api()
    monkeypatch.setattr(
        requests.Session, "request", lambda self, **options: made.request(self, **options)
    )
    return made


@pytest.fixture
def postmark(account: ChannelAccount, ticket, api: Api) -> OutgoingServer:
    return provider(account, "postmark", server_token="token-1")


def test_one_person_gets_it_and_its_id_is_kept(ticket, postmark, api, answer, dave) -> None:
    Participant.objects.create(
        ticket=ticket, user=dave, role="cc", is_accepted=True, created_at=ticket.created_at
    )
    answer(ticket, "Hello.")

    assert len(api.posts) == 2
    to_carol = api.posts[0]
    assert "carol.customer@nordwind.example" in to_carol["To"]
    assert "Cc" not in to_carol
    assert "Bcc" not in to_carol
    assert "In copy: Dave Colleague" in to_carol["TextBody"]
    assert "support@example.com" in to_carol["From"]
    assert "+b" not in to_carol["From"]
    assert "support+" in to_carol["ReplyTo"]
    deliveries = Delivery.objects.filter(kind="comment")
    assert {row.provider_id for row in deliveries} == {"pm-77"}
    assert {row.state for row in deliveries} == {DeliveryState.SENT}
    mark = to_carol["Metadata"][METADATA]
    assert ids.read(METADATA, mark) == (deliveries.get(recipient=ticket.requester).pk,)
    assert LocalMail.objects.count() == 1, "the acknowledgement, before"


@pytest.mark.parametrize(
    ("said", "state", "attempts"),
    [
        ((401, "{}"), DeliveryState.QUEUED, 0),
        ((429, "{}"), DeliveryState.QUEUED, 1),
        ((503, "{}"), DeliveryState.QUEUED, 1),
        ((500, "{}"), DeliveryState.UNKNOWN, 1),
        ((504, "{}"), DeliveryState.UNKNOWN, 1),
        ((422, '{"ErrorCode": 400, "Message": "Sender not confirmed"}'), DeliveryState.FAILED, 1),
        ((200, "no json"), DeliveryState.UNKNOWN, 1),
        (requests.ReadTimeout(), DeliveryState.UNKNOWN, 1),
        (requests.ConnectTimeout(), DeliveryState.QUEUED, 0),
    ],
)
def test_answers_mean_what_they_say(ticket, postmark, api, answer, said, state, attempts) -> None:
    api.answer = said
    answer(ticket, "Hello.")

    delivery = Delivery.objects.get(kind="comment")
    assert (delivery.state, delivery.attempts) == (state, attempts)
    postmark.refresh_from_db()
    assert "token-1" not in delivery.error + postmark.error
    assert bool(postmark.error) == (attempts == 0), "the route's trouble is shown on the account"
    send_due()
    assert len(api.posts) <= 1


@pytest.mark.parametrize("name", PROVIDERS)
def test_every_provider_can_be_opened_with_what_it_needs(account, name) -> None:
    stored = dict.fromkeys(PROVIDERS[name].required, "x")
    backend = provider_backend(provider(account, name, **stored, api_url="http://127.0.0.1/"))
    assert "127.0.0.1" not in backend.api_url, "nobody chooses where we post (attack 44)"
    assert backend.api_url.startswith("https://")


def test_what_is_missing_is_said(account) -> None:
    with pytest.raises(RouteTrouble, match="Mailjet needs: secret_key"):
        provider_backend(provider(account, "mailjet", api_key="x"))
    with pytest.raises(RouteTrouble, match="not known"):
        provider_backend(provider(account, "amazon_ses", api_key="x"))
    with pytest.raises(RouteTrouble, match="no region"):
        provider_backend(provider(account, "mailgun", api_key="x", region="mars"))
    server = provider(account, "postmark", server_token="x")
    server.sealed_provider_settings = seal("{}")[:-2]
    with pytest.raises(RouteTrouble, match="SECRET_KEY has changed"):
        provider_backend(server)
