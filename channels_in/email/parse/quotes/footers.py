"""What programs put below a mail: the line of a device, and the legal notice of a company."""

from __future__ import annotations

import re

from channels_in.email.parse.quotes.words import GET_APP, SENT_FROM, SENT_WITH

_MAX_LINE = 160
# "Sent with …" and its kin are prose ("Sent with DHL on Monday") unless one of these is named.
_PRODUCT = re.compile(
    r"iphon|ipad|\bios\b|android|galaxy|samsung|huawei|honor|xiaomi|redmi|小米|pixel|oneplus|nokia|"
    r"motorola|phone|telef|puhelim|手机|smartphone|handy|gerät|mobil|tablet|blackberry|windows|\bmac\b|"
    r"outlook|mail|posta per|pošta pro|почт|superhuman|\bfront\b|spark|newton|thunderbird|"
    r"\bem client|typeapp|missive|shortwave|spike|zoho|canary|proton|tuta|\bhey\b|\bnine\b|postbox|"
    r"\bapp\b|メール",
)
_PLATFORM = re.compile(r"android|\bios\b|iphone|\bmac\b|windows|mobile")
_APPS = ("outlook", "bluemail", "typeapp", "gmail", "yahoo mail", "proton", "spark", "mail app")


def is_client_signature(line: str) -> bool:
    """Sent from my iPhone, Get Outlook for iOS, and the like: a whole short line."""
    lowered = line.strip().strip('-–—*_~[]()"“” ').casefold()
    if not lowered or len(lowered) > _MAX_LINE:
        return False
    visible = lowered.split("<", 1)[0].split("http", 1)[0].strip("( ")
    if len(visible) > 90 or len(visible.split()) > 12:
        return False  # signatures are short and no sentence with a comma
    if lowered.startswith(SENT_FROM):
        return True
    if lowered.startswith(SENT_WITH[0]) or visible.endswith(SENT_WITH[1]):
        return _PRODUCT.search(lowered) is not None
    return (
        any(app in visible for app in _APPS)
        and _PLATFORM.search(visible) is not None
        and len(visible.split()) <= 7
        and (visible.startswith(GET_APP[0]) or visible.endswith(GET_APP[1]))
    )


# Three things that legal notices say, in a dozen languages; two of them make a notice.
_NOTICE = (
    (
        "confidential", "privileged", "vertraulich", "confidentiel", "confidencial", "riservat",
        "confidenzial", "vertrouwelijk", "fortrolig", "konfidensiell", "konfidentiell",
        "luottamuksell", "poufn", "důvěrn", "dôvern", "bizalmas", "конфиденциальн", "конфіденц",
        "gizli", "εμπιστευτικ", "機密", "保密", "机密", "기밀",
    ),
    (
        "intended for", "intended solely", "intended recipient", "intended only", "addressee",
        "named recipient", "richtige adressat", "richtiger adressat", "bestimmte empfänger",
        "vorgesehene empfänger", "empfänger bestimmt", "destinataire", "destinatari", "destinatár",
        "geadresseerde", "modtager", "mottagar", "mottaker", "vastaanottaj", "adresat", "címzett",
        "адресат", "получател", "отримувач", "alıcı", "παραλήπτ", "収件", "受信者", "宛先",
        "收件人",
        "수신인",
    ),
    (
        "in error", "by mistake", "unauthorized", "unauthorised", "prohibited", "irrtümlich",
        "versehentlich", "nicht gestattet", "vernichten", "par erreur", "por error", "por engano",
        "per errore", "ten onrechte", "abusievelijk", "ved en feil", "ved en fejl", "av misstag",
        "erehdyksessä", "omyłk", "omylem", "tévedés", "по ошибке", "ошибочн", "помилково",
        "yanlışlıkla", "εκ παραδρομής", "誤って", "误收", "誤收", "잘못 수신",
    ),
)  # fmt: skip
_ENVIRONMENT = (
    "consider the environment", "think before you print", "denken sie an die umwelt",
    "bevor sie diese e-mail ausdrucken", "pensez à l'environnement", "pensez à l’environnement",
    "antes de imprimir", "prima di stampare", "denk aan het milieu", "avant d'imprimer",
)  # fmt: skip


def is_legal_notice(paragraph: str) -> bool:
    """A confidentiality notice, or the plea not to print. A paragraph that asks is none."""
    lowered = paragraph[:6000].casefold()
    if "?" in lowered:
        return False
    if len(lowered) < 250 and any(mark in lowered for mark in _ENVIRONMENT):
        return True
    if len(lowered) < 60:
        return False
    return sum(any(mark in lowered for mark in marks) for marks in _NOTICE) >= 2
