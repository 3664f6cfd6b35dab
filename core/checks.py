"""System checks of our own settings: an id each, and the fix in the hint."""

from __future__ import annotations

import os
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register


@register()
def check_support_address(**_: Any) -> list[CheckMessage]:
    local, at, domain = settings.SUPPORT_ADDRESS.rpartition("@")
    if local and at and "." in domain and "+" not in local:
        return []
    return [
        Error(
            f"SUPPORT_ADDRESS is {settings.SUPPORT_ADDRESS!r}, which is not a usable address.",
            hint="Set it to an address like support@company.com, without a plus sign.",
            id="helpdesk.E001",
        )
    ]


@register()
def check_time_zone(**_: Any) -> list[CheckMessage]:
    if settings.TIME_ZONE in available_timezones():
        return []
    return [
        Error(
            f"TIME_ZONE is {settings.TIME_ZONE!r}, which is not a known time zone.",
            hint="Use a name of the IANA database, for example Europe/Berlin.",
            id="helpdesk.E002",
        )
    ]


@register()
def check_listen_addresses(**_: Any) -> list[CheckMessage]:
    wrong: list[CheckMessage] = []
    for name in ("SMTP_LISTEN", "LMTP_LISTEN"):
        value = getattr(settings, name)
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdecimal() and int(port) < 65536):
            wrong.append(
                Error(
                    f"{name} is {value!r}, which is not host:port.",
                    hint="Set it to an address like 127.0.0.1:2525, or to nothing for none.",
                    id="helpdesk.E003",
                )
            )
    return wrong


@register()
def check_listener_certificate(**_: Any) -> list[CheckMessage]:
    if not settings.SMTP_TLS_CERT:
        if not (settings.SMTP_TLS_KEY or settings.SMTP_TLS_REQUIRED):
            return []
        problem = "SMTP_TLS_KEY or SMTP_TLS_REQUIRED is set, but SMTP_TLS_CERT is not."
    else:
        files = [settings.SMTP_TLS_CERT, settings.SMTP_TLS_KEY or settings.SMTP_TLS_CERT]
        unreadable = [name for name in files if not os.access(name, os.R_OK)]
        if not unreadable:
            return []
        problem = f"The listener's certificate cannot be read: {unreadable[0]!r}."
    return [
        Warning(
            problem,
            hint="Set SMTP_TLS_CERT to a PEM file that the help desk's account may read.",
            id="helpdesk.W003",
        )
    ]


@register(Tags.security, deploy=True)
def check_demo_is_off(**_: Any) -> list[CheckMessage]:
    if not settings.DEMO_MODE:
        return []
    return [
        Warning(
            "DEMO_MODE is on: the sign-in page shows everybody the demo people's password.",
            hint="Unset DEMO_MODE before real people use this help desk.",
            id="helpdesk.W001",
        )
    ]


@register(Tags.security, deploy=True)
def check_mail_leaves(**_: Any) -> list[CheckMessage]:
    if settings.EMAIL_URL:
        return []
    return [
        Warning(
            "EMAIL_URL is not set: answers are kept in the local outbox and reach no customer.",
            hint="Set it to your mail server, for example smtp+tls://user:password@smtp.host:587.",
            id="helpdesk.W002",
        )
    ]
