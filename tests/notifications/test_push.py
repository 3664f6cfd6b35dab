"""Messages of browsers, against a push service that takes nothing but what the RFCs say."""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import json
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.actions import end_device, note_device
from accounts.models import Device
from core import clock
from core import fetch as fetching
from notifications.actions import mark_ticket_read, subscribe
from notifications.actions.pushing import NotASubscription
from notifications.models import Notification, PushSubscription
from tests.channels_in.mailboxes.certificates import make_certificates
from tests.factories import as_actor
from tests.notifications.test_telling import wants, write
from web.notifications import push

pytestmark = pytest.mark.django_db


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class FakeBrowser:
    """The keys of a browser, and how it reads what comes (RFC 8291 §3, RFC 8188 §2)."""

    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    auth: bytes = b"sixteen bytes ok"

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def read(self, body: bytes) -> dict[str, str]:
        salt, length = body[:16], body[20]
        sender = body[21 : 21 + length]
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender)
        )

        def derive(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
            return HKDF(hashes.SHA256(), size, salt, info).derive(secret)

        material = derive(shared, self.auth, b"WebPush: info\x00" + self.public + sender, 32)
        secret = derive(material, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = derive(material, salt, b"Content-Encoding: nonce\x00", 12)
        plain = AESGCM(secret).decrypt(nonce, body[21 + length :], None)
        assert plain.endswith(b"\x02")  # the last record
        return json.loads(plain[:-1])


class PushService(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, certificate: str) -> None:
        super().__init__(("127.0.0.1", 0), Endpoint)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.taken: list[bytes] = []
        self.answers = 201

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.server_address[1]}"


class Endpoint(BaseHTTPRequestHandler):
    server: PushService

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.judge(body)
        if status == 201:
            status = self.server.answers
        if status == 201:
            self.server.taken.append(body)
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def judge(self, body: bytes) -> int:
        """RFC 8030 §5: TTL is required; RFC 8292: signed for this origin, with the key named."""
        if self.headers["Content-Encoding"] != "aes128gcm" or not self.headers["TTL"].isdigit():
            return 400
        if len(self.headers["Topic"]) > 32 or len(body) > 4096:
            return 400
        scheme, _, parameters = self.headers["Authorization"].partition(" ")
        values = dict(part.strip().split("=", 1) for part in parameters.split(","))
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(values["k"]))
        try:
            said = jwt.decode(values["t"], key, algorithms=["ES256"], options={"verify_aud": False})
        except jwt.InvalidTokenError:
            return 403
        is_ours = scheme == "vapid" and values["k"] == push.public_key()
        in_time = 0 < said["exp"] - datetime.now(UTC).timestamp() <= 24 * 3600
        # The audience is the origin; the library leaves out a port, which real services have not.
        is_meant = said["aud"] == "https://localhost" and said["sub"].startswith("mailto:")
        return 201 if is_ours and in_time and is_meant else 403

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("push"))


@pytest.fixture
def service(certificates, monkeypatch) -> Iterator[PushService]:
    server = PushService(str(certificates.server))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(push, "PORTS", frozenset({server.server_address[1]}))
    monkeypatch.setattr(push, "JUDGE", lambda host: [ipaddress.ip_address("127.0.0.1")])
    trusting = ssl.create_default_context(cafile=str(certificates.authority))
    monkeypatch.setattr(fetching, "_certificates", lambda: trusting)
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser() -> FakeBrowser:
    return FakeBrowser()


def device_of(user) -> Device:
    note_device(user_id=user.pk, session_key=f"s{user.pk}", ip="192.0.2.1", user_agent="Firefox")
    return Device.objects.get(session_key=f"s{user.pk}")


def switch_on(user, browser: FakeBrowser, endpoint="https://push.example/1") -> PushSubscription:
    return subscribe(
        actor=as_actor(user), device=device_of(user), endpoint=endpoint,
        p256dh=b64(browser.public), auth=b64(browser.auth),
    )  # fmt: skip


@pytest.fixture
def subscribed(service, browser, bob) -> PushSubscription:
    row = switch_on(bob, browser)
    PushSubscription.objects.filter(pk=row.pk).update(endpoint=f"{service.origin}/1")
    row.refresh_from_db()
    return row


def test_a_mention_reaches_the_browser_and_says_nothing_of_the_text(
    service, subscribed, browser, make_ticket, alice, bob
):
    ticket = make_ticket(subject="Very private")
    write(alice, ticket, "@bob the secret")
    assert push.push_due() == 1
    [body] = service.taken
    said = browser.read(body)
    assert said["title"] == "Alice Archer mentioned you"
    assert said["body"] == f"#{ticket.pk}"
    assert said["url"].startswith(f"/tickets/{ticket.pk}/")
    assert push.push_due() == 0
    assert len(service.taken) == 1


def test_the_subject_is_said_to_who_wants_it(service, subscribed, browser, make_ticket, alice, bob):
    wants(bob, push_shows_subject=True)
    ticket = make_ticket(subject="Lamp")
    write(alice, ticket, "@bob the secret")
    push.push_due()
    assert browser.read(service.taken[0])["body"] == f"#{ticket.pk} Lamp"


def test_what_was_read_first_is_not_pushed(service, subscribed, make_ticket, alice, bob):
    ticket = make_ticket()
    write(alice, ticket, "@bob")
    mark_ticket_read(actor=as_actor(bob), ticket_id=ticket.pk)
    assert push.push_due() == 0


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(service, subscribed, make_ticket, alice, bob, status):
    service.answers = status
    write(alice, make_ticket(), "@bob")
    push.push_due()
    assert not PushSubscription.objects.exists()
    assert Notification.objects.get(user=bob).push_at is None


def test_a_service_in_trouble_is_asked_again_when_the_lease_is_over(
    service, subscribed, make_ticket, alice, bob
):
    service.answers = 503
    write(alice, make_ticket(), "@bob")
    push.push_due()
    service.answers = 201
    assert push.push_due() == 0
    with clock.frozen(clock.now() + timedelta(minutes=3)):
        assert push.push_due() == 1
    assert len(service.taken) == 1


def test_a_sign_out_ends_the_messages_of_that_browser(subscribed, bob):
    end_device(actor=as_actor(bob), device_id=subscribed.device_id)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example/1", "https://push.example:8443/1", "https://a@push.example/1",
        "https://push.example/" + "x" * 1000, "file:///etc/passwd", "https://[::1]/1", "",
        "https://push.example/1\r\nX: y",
    ],
)  # fmt: skip
def test_attack_44_only_an_https_address_is_kept(browser, bob, endpoint):
    with pytest.raises(NotASubscription):
        switch_on(bob, browser, endpoint)
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1", "localhost"])
def test_attack_44_an_address_within_is_not_asked_and_forgotten(
    browser, bob, make_ticket, alice, host
):
    switch_on(bob, browser, f"https://{host}/1")
    write(alice, make_ticket(), "@bob")
    with contextlib.suppress(OSError):
        push.push_due()
    assert not PushSubscription.objects.exists()


def test_the_same_browser_of_another_person_is_theirs_alone(browser, bob, alice):
    switch_on(bob, browser)
    switch_on(alice, browser)
    assert PushSubscription.objects.get().user_id == alice.pk
