"""OAuth 2 consent against an authorisation server that follows RFC 6749 and RFC 7636 strictly."""

from __future__ import annotations

import base64
import hashlib
import json
import ssl
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import pytest

from channels_in.email.mailboxes.consent import CONSENTERS
from channels_in.models import OAuthGrant
from core.crypto import unseal
from tests.channels_in.mailboxes.certificates import make_certificates

pytestmark = pytest.mark.django_db


class AuthorizationServer:
    """One client, codes that work once for the challenge and the address they were asked with."""

    def __init__(self, certificate) -> None:
        self.codes: dict[str, dict[str, str]] = {}
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                text = self.rfile.read(int(self.headers["Content-Length"])).decode()
                pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True)
                status, answer = outer.token(pairs, self.headers["Content-Type"])
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def consent(self, url: str) -> str:
        """The owner says yes: where the browser is sent (§4.1.2). Refuses what the RFCs forbid."""
        asked = parse_qs(urlsplit(url).query)
        assert all(len(values) == 1 for values in asked.values()), "a parameter twice (§3.1)"
        query = {name: values[0] for name, values in asked.items()}
        assert query["response_type"] == "code"
        assert query["client_id"] == "our-client"
        assert query["code_challenge_method"] == "S256"
        assert len(query["code_challenge"]) == 43
        assert "=" not in query["code_challenge"]
        assert query["scope"]
        code = f"code/{len(self.codes)}+"
        self.codes[code] = query
        answer = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{answer}"

    def token(self, pairs, content_type) -> tuple[int, dict[str, object]]:
        form = dict(pairs)
        if len(form) != len(pairs) or content_type != "application/x-www-form-urlencoded":
            return 400, {"error": "invalid_request"}
        if (form.get("client_id"), form.get("client_secret")) != ("our-client", "our-secret"):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        if form.get("grant_type") != "authorization_code" or asked is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode("ascii")).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        is_same = form.get("redirect_uri") == asked["redirect_uri"]
        if challenge != asked["code_challenge"] or not is_same:
            return 400, {"error": "invalid_grant"}
        if not 43 <= len(form["code_verifier"]) <= 128:  # RFC 7636 §4.1
            return 400, {"error": "invalid_request"}
        return 200, {"access_token": "a", "token_type": "Bearer", "refresh_token": "fresh-token"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = make_certificates(tmp_path_factory.mktemp("consent"))
    running = AuthorizationServer(made.server)
    running.authority = made.authority
    yield running
    running.http.shutdown()
    running.http.server_close()


@pytest.fixture(autouse=True)
def provider(server, settings, monkeypatch):
    settings.MAIL_SERVERS_ON_PRIVATE_NETWORKS = True
    monkeypatch.setenv("SSL_CERT_FILE", str(server.authority))
    url = f"https://localhost:{server.http.server_port}"
    fake = replace(CONSENTERS["google"], authorize_url=f"{url}/authorize", token_url=f"{url}/token")
    monkeypatch.setitem(CONSENTERS, "google", fake)


def begin(chief, account, *, client: str = "our-secret") -> str:
    """Where the page sends the owner."""
    answer = chief.post(
        f"/admin/channels/{account.pk}/consent/",
        {"provider": "google", "client_id": "our-client", "client_secret": client},
    )
    assert answer.status_code == 200
    assert "our-secret" not in answer.content.decode()
    return str(answer.context["onwards"])


def back(chief, url: str):
    parts = urlsplit(url)
    return chief.get(f"{parts.path}?{parts.query}", follow=True)


def test_a_consent_ends_with_a_sealed_refresh_token(chief, account, server):
    answer = back(chief, server.consent(begin(chief, account)))
    grant = OAuthGrant.objects.get()
    assert unseal(grant.sealed_refresh_token) == "fresh-token"
    assert unseal(grant.sealed_client_secret) == "our-secret"
    assert "fresh-token" not in grant.sealed_refresh_token
    assert "The consent is stored" in answer.content.decode()
    assert "A consent (OAuth 2) is stored" in answer.content.decode()


def test_an_answer_is_taken_once_and_only_with_its_state(chief, account, server):
    url = server.consent(begin(chief, account))
    forged = url.replace("state=", "state=x")
    assert "belongs to no question of ours" in back(chief, forged).content.decode()
    assert "belongs to no question of ours" in back(chief, url).content.decode()
    assert not OAuthGrant.objects.exists()


def test_a_refused_consent_changes_nothing(chief, account):
    state = parse_qs(urlsplit(begin(chief, account)).query)["state"][0]
    answer = back(chief, f"/admin/channels/consent/?error=access_denied&state={state}")
    assert "gave no consent" in answer.content.decode()
    assert not OAuthGrant.objects.exists()


def test_a_wrong_client_secret_is_said(chief, account, server):
    answer = back(chief, server.consent(begin(chief, account, client="wrong")))
    assert "invalid_client" in answer.content.decode()
    assert not OAuthGrant.objects.exists()


def test_a_pasted_refresh_token_is_stored_at_once(chief, account):
    chief.post(
        f"/admin/channels/{account.pk}/consent/",
        {"provider": "google", "client_id": "c", "client_secret": "s", "refresh_token": "pasted"},
    )
    assert unseal(OAuthGrant.objects.get().sealed_refresh_token) == "pasted"
