"""Settings that big mail providers publish, so that an address is enough to begin with.

From the providers' own help pages and their entries in Mozilla's ISPDB. A company's own domain that
lives at Google or Microsoft is not recognised by its name.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from channels_in.models import Login, Security


@dataclass(frozen=True, slots=True)
class _Provider:
    name: str
    imap: str
    smtp: str
    imap_port: int = 993
    smtp_port: int = 465
    imap_security: str = Security.TLS
    smtp_security: str = Security.TLS
    pop3: str = ""
    login: str = Login.PASSWORD
    hint: str = ""


_APP_PASSWORD = "Needs an app password, made in the security settings of the account."  # noqa: S105
_SWITCH_ON = "Access by other programs must be switched on in the settings of the mailbox first."

_GOOGLE = _Provider(
    "Gmail", "imap.gmail.com", "smtp.gmail.com", pop3="pop.gmail.com", hint=_APP_PASSWORD
)
_OUTLOOK = _Provider(
    "Outlook.com", "outlook.office365.com", "smtp-mail.outlook.com", smtp_port=587,
    smtp_security=Security.STARTTLS, pop3="outlook.office365.com", login=Login.OAUTH2,
    hint="Microsoft accepts no passwords here: connect with OAuth 2.",
)  # fmt: skip
_MICROSOFT_365 = _Provider(
    "Microsoft 365", "outlook.office365.com", "smtp.office365.com", smtp_port=587,
    smtp_security=Security.STARTTLS, pop3="outlook.office365.com", login=Login.OAUTH2,
    hint="Microsoft accepts no passwords here: connect with OAuth 2.",
)  # fmt: skip
_YAHOO = _Provider(
    "Yahoo Mail", "imap.mail.yahoo.com", "smtp.mail.yahoo.com", pop3="pop.mail.yahoo.com",
    hint=_APP_PASSWORD,
)  # fmt: skip
_ICLOUD = _Provider(
    "iCloud", "imap.mail.me.com", "smtp.mail.me.com", smtp_port=587,
    smtp_security=Security.STARTTLS, hint=_APP_PASSWORD,
)  # fmt: skip
_FASTMAIL = _Provider(
    "Fastmail", "imap.fastmail.com", "smtp.fastmail.com", pop3="pop.fastmail.com",
    hint=_APP_PASSWORD,
)  # fmt: skip
_GMX = _Provider("GMX", "imap.gmx.net", "mail.gmx.net", pop3="pop.gmx.net", hint=_SWITCH_ON)
_WEB_DE = _Provider("WEB.DE", "imap.web.de", "smtp.web.de", pop3="pop3.web.de", smtp_port=587,
                    smtp_security=Security.STARTTLS, hint=_SWITCH_ON)  # fmt: skip
_ZOHO = _Provider("Zoho Mail", "imap.zoho.com", "smtp.zoho.com", pop3="pop.zoho.com",
                  hint=_SWITCH_ON)  # fmt: skip
_ZOHO_EU = _Provider("Zoho Mail", "imap.zoho.eu", "smtp.zoho.eu", pop3="pop.zoho.eu",
                     hint=_SWITCH_ON)  # fmt: skip
_YANDEX = _Provider("Yandex Mail", "imap.yandex.com", "smtp.yandex.com", pop3="pop.yandex.com",
                    hint=_APP_PASSWORD)  # fmt: skip
_MAIL_RU = _Provider("Mail.ru", "imap.mail.ru", "smtp.mail.ru", pop3="pop.mail.ru",
                     hint=_APP_PASSWORD)  # fmt: skip
_IONOS = _Provider("IONOS", "imap.ionos.de", "smtp.ionos.de", pop3="pop.ionos.de")
_STRATO = _Provider("STRATO", "imap.strato.de", "smtp.strato.de", pop3="pop3.strato.de")
_OVH = _Provider("OVHcloud", "ssl0.ovh.net", "ssl0.ovh.net", pop3="ssl0.ovh.net")
_INFOMANIAK = _Provider("Infomaniak", "mail.infomaniak.com", "mail.infomaniak.com")
_PROTON = _Provider(
    "Proton Mail Bridge", "127.0.0.1", "127.0.0.1", imap_port=1143, smtp_port=1025,
    imap_security=Security.STARTTLS, smtp_security=Security.STARTTLS,
    hint="Needs Proton Mail Bridge on this machine, its own password and its exported "
    "certificate in SSL_CERT_FILE, and MAIL_SERVERS_ON_PRIVATE_NETWORKS.",
)  # fmt: skip

_DOMAINS: dict[str, _Provider] = {
    **dict.fromkeys(("gmail.com", "googlemail.com"), _GOOGLE),
    **dict.fromkeys(
        ("outlook.com", "hotmail.com", "live.com", "msn.com", "outlook.de", "hotmail.de",
         "live.de", "hotmail.fr", "outlook.fr", "live.fr", "hotmail.co.uk"),
        _OUTLOOK,
    ),
    "onmicrosoft.com": _MICROSOFT_365,
    **dict.fromkeys(
        ("yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk", "yahoo.it", "yahoo.es", "ymail.com",
         "rocketmail.com"),
        _YAHOO,
    ),
    **dict.fromkeys(("icloud.com", "me.com", "mac.com"), _ICLOUD),
    **dict.fromkeys(("fastmail.com", "fastmail.fm"), _FASTMAIL),
    **dict.fromkeys(("gmx.de", "gmx.net", "gmx.at", "gmx.ch"), _GMX),
    "web.de": _WEB_DE,
    **dict.fromkeys(("zoho.com", "zohomail.com"), _ZOHO),
    **dict.fromkeys(("zoho.eu", "zohomail.eu"), _ZOHO_EU),
    **dict.fromkeys(("yandex.com", "yandex.ru", "ya.ru"), _YANDEX),
    **dict.fromkeys(("mail.ru", "bk.ru", "inbox.ru", "list.ru", "internet.ru"), _MAIL_RU),
    **dict.fromkeys(("online.de", "ionos.de", "1und1.de"), _IONOS),
    "strato.de": _STRATO,
    "ovh.net": _OVH,
    **dict.fromkeys(("ik.me", "ikmail.com", "etik.com", "infomaniak.com"), _INFOMANIAK),
    **dict.fromkeys(("proton.me", "protonmail.com", "pm.me"), _PROTON),
}  # fmt: skip


def well_known(address: str) -> dict[str, Any] | None:
    """How the provider of an address is reached; None when it is not one of the big ones.

    Keys: name, imap, imap_port, imap_security, pop3 (TLS on 995; empty: none), smtp, smtp_port,
    smtp_security, login, hint (a sentence, or empty).
    """
    domain = address.strip().lower().rpartition("@")[2]
    if domain.endswith(".onmicrosoft.com"):
        domain = "onmicrosoft.com"
    provider = _DOMAINS.get(domain)
    return asdict(provider) if provider else None
