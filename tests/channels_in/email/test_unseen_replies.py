"""Whole plain replies as people send them: where they write, how they sign, what only looks quoted."""

# ruff: noqa: E501 (tables of whole mails)
from __future__ import annotations

import pytest

from channels_in.email.parse.reply import split_reply

WROTE = "On Fri, 20 Nov 2026 at 10:04, Ann Desk <desk@example.net> wrote:"
OLD = "> Did you try the other socket?\n> Regards, Ann"

# name: (text, visible reply)
SHAPES = {
    "bottom posting": (f"{WROTE}\n{OLD}\n\nYes, same there.\n\nCarol", "Yes, same there.\n\nCarol"),
    "one line below": (f"{WROTE}\n{OLD}\nYes.", "Yes."),
    "interleaved": (
        f"{WROTE}\n> Which lamp?\n\nThe red one.\n\n> Which socket?\n\nThe left.",
        "> Which lamp?\n\nThe red one.\n\n> Which socket?\n\nThe left.",
    ),
    "quote without attribution": ("No, I did not.\n\n> Did you try?", "No, I did not."),
    "two levels": (f"Done.\n\n{WROTE}\n> Please restart.\n>\n>> It hangs.\n>>> Hello", "Done."),
    "only a date above the quote": ("Works.\n\n20.11.2026 10:04:\n> Try this", "Works."),
    "only a date and a dash": ("Works.\n\nOn 20.11.2026 10:04, desk wrote:\n\nTry this", "Works."),
    "ok": (f"ok\n\n{WROTE}\n{OLD}", "ok"),
    "emoji": (f"👍\n\n{WROTE}\n{OLD}", "👍"),
    "no blank line": (f"ok thanks\n{WROTE}\n{OLD}", "ok thanks"),
    "signature mark then history": (f"Done.\n\n-- \nCarol\nShop Ltd\n\n{WROTE}\n{OLD}", "Done."),
    "signature below history": (f"Done.\n\n{WROTE}\n{OLD}\n\n-- \nCarol\nShop Ltd", "Done."),
    "quoted attribution of Open-Xchange": (
        "Works.\n\n> Ann Desk <desk@example.net> hat am 20.11.2026 10:04 geschrieben:\n>\n>\n> Try",
        "Works.",
    ),
    "iPhone answer below": (
        f"{WROTE}\n\n{OLD}\n\nNo luck.\n\nSent from my iPhone",
        "No luck.",
    ),
    "Outlook with a signature of rules": (
        "All fine now.\n\nCarol Klee\n_____________________\nShop Ltd, Harbour 1\n\n"
        "From: Ann Desk <desk@example.net>\nSent: Friday, 20 November 2026 10:04\n"
        "To: Carol\nSubject: Lamp\n\nTry this",
        "All fine now.\n\nCarol Klee\n_____________________\nShop Ltd, Harbour 1",
    ),
    "ps below the signature mark of a bottom poster": (
        f"{WROTE}\n{OLD}\n\nIt works.\n\n--\nCarol",
        "It works.",
    ),
    "list footer": (
        "See above.\n\n_______________________________________________\nlamps mailing list\n"
        "lamps@example.net\nhttps://lists.example.net/lamps",
        "See above.",
    ),
    "Google group footer": (
        "See above.\n\n-- \nYou received this message because you are subscribed to the Google "
        'Groups "lamps" group.\nTo unsubscribe from this group, send an email to x@example.net.',
        "See above.",
    ),
    "antivirus footer": (
        "See above.\n\n-- \nDiese E-Mail wurde von Avast-Antivirussoftware auf Viren geprüft.\n"
        "www.avast.com",
        "See above.",
    ),
    "pgp clear signed": (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nPlease pay.\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEzBAEBCAAdFiEE\n=abcd\n-----END PGP SIGNATURE-----",
        "Please pay.",
    ),
    "reply to a forward": (
        f"Thanks for passing it on.\n\n{WROTE}\n> ---------- Forwarded message ---------\n"
        "> From: Bob <bob@example.net>\n> Subject: Lamp\n>\n> Hello",
        "Thanks for passing it on.",
    ),
    "trailing attribution without quote": (f"Seen.\n\n{WROTE}", "Seen."),
    "date of the quote in another order": (
        "Seen.\n\nFri 20 Nov 2026 10:04 Ann Desk <desk@example.net>:\n\n> Hello",
        "Seen.",
    ),
    "iPhone quotes its own line": (
        "ok\nCarol\n\nVon meinem iPad gesendet\n\n"
        "> Am 20.11.2026 um 10:04 schrieb Ann <desk@example.net>:\n>\n> old",
        "ok\nCarol",
    ),
    "a long name folded": (
        "Merci.\n\nLe 20/11/2026 à 10:04, Service client de la société\nLampe a écrit :\n> old",
        "Merci.",
    ),
    "a company in brackets": (
        "Danke.\n\nAm 20.11.2026 um 10:04\nschrieb Ann Klee (Lampen)\n<desk@example.net>:\n> old",
        "Danke.",
    ),
    "reaction of Outlook": (
        "Ann reacted to your message:\n\n________________________________\n"
        "From: Ann <desk@example.net>\nSent: Friday\nTo: B\nSubject: Lamp\n\nold",
        "Ann reacted to your message:",
    ),
    "quote drawn by bars": (f"ok\n\n{WROTE}\n| old\n| words", "ok"),
    "indented quote": (f"ok\n\n{WROTE}\n\n    > old\n    > words", "ok"),
    "subject first": ("Ok\n\nSubject: x\nFrom: a@x.example\nDate: Fri\nTo: b\n\nold", "Ok"),
    "outlook mobile": (
        "Seen.\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n"
        "________________________________\nFrom: Ann Desk <desk@example.net>\n"
        "Sent: Friday, November 20, 2026 10:04:33 AM\nTo: Carol <c@example.com>\nSubject: Lamp\n\nX",
        "Seen.",
    ),
    "samsung": (
        "Seen.\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n"
        "From: Ann Desk <desk@example.net>\nDate: 20/11/2026 10:04 (GMT+00:00)\nTo: c\n"
        "Subject: Lamp\n\nX",
        "Seen.",
    ),
    "the helpdesk's own line": (
        f"It is 42.\n\n{WROTE}\n\n> ##- Please type your reply above this line -##\n>\n> Hi",
        "It is 42.",
    ),
}
# Nothing here is history: all of it must stay.
KEPT = {
    "prose with wrote": (
        "Hello,\n\nOn Monday the driver wrote that he would come on 3 Nov 2026.\nHe did not."
    ),
    "prose that ends with wrote": "Hi,\n\nthis is what your colleague wrote:\n\nPlease wait.\n\nI did.",
    "story with a date": "On 3 November 2026 I wrote:\nPlease help.\nNobody came.",
    "story of others": "On Monday 3 November the driver wrote:\nI am late.\nThat was a lie.",
    "arrows": "Click File -> Open -> Recent.\n\nA > B and B > C, so A > C.",
    "travel": "I want to book:\n\nFrom: Berlin\nTo: Hamburg\nDate: 3 May 2027\n\nWhat does it cost?",
    "travel de": "Bitte buchen:\n\nVon: Berlin\nNach: Hamburg\nDatum: 3.5.2027\nPersonen: 2",
    "delivery": "Please ship\n\nFrom: Harbour 1, Bremen\nTo: Lake 2, Zurich\nby 3 May. Thanks",
    "a list with such words": "- From: 10:00\n- To: 11:00\n- Subject: lamp\n\nThanks",
    "sent by a carrier": "Hello,\n\nSent with DHL on Monday.\n\nCarol",
    "mail program in prose": "Hello,\n\nOutlook for Android shows no mail\n\nCarol",
    "numbered": "1. yes\n2. no\n3) maybe\n\nCarol",
    "order lines": "Name: Carol\nDate: 3 May\nSubject: lamp\n\nPlease call.",
    "dashes as headings": "---- Invoice ----\nNumber 42\n\n---- Delivery ----\nToday",
    "markdown rule": "First part.\n\n---\n\nSecond part.",
    "markdown heading": "Steps\n-----\nopen it\n\nResult\n------\nit hangs",
    "equals rule": "=====================\nLOG\n=====================\nfailed at 10:04:22",
    "addresses in text": "Please write to ann@example.net: she knows.\nAlso to bob@example.net:\nhe too.",
    "times": "It happened at:\n10:04:\nthe lamp went out\n10:07:\nit came back",
    "list of dates": "03.11.2026 10:04: lamp off\n04.11.2026 10:07: lamp on",
    "sent from sentence": "Sent from the harbour office were three lamps, two came.",
    "sent via": "Sent via courier on Monday, tracking 42-17. It has not come yet, please look.",
    "mit": "Mit freundlichen Grüßen\nCarol",
    "regards": "Best regards,\nCarol Klee\nShop Ltd",
    "closing with rule": "Regards\nCarol\n\n--------------------------------\nShop Ltd\nHarbour 1",
    "stack trace": (
        "Traceback (most recent call last):\n  File \"x.py\", line 3, in <module>\n"
        "ValueError: On 2026-11-20 10:04, nothing"
    ),
    "sql": "SELECT a FROM b WHERE c > 3;\n\nFrom: the log",
    "diff": "--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-a\n+b",
    "mail header pasted for analysis": (
        "Our gateway says this:\nReceived: from a by b\nMessage-ID: <1@example.net>\nWhat is it?"
    ),
    "french le": "Le 20/11/2026 à 10:04, la lampe est tombée en panne.\nMerci de rappeler.",
    "german am": "Am 20.11.2026 um 10:04 Uhr fiel die Lampe aus.\nBitte um Rückruf.",
    "german schrieb": "Ihr Kollege schrieb mir, dass es am 20.11.2026 geht.\nEs geht nicht.",
    "japanese": "2026年11月20日にランプが壊れました。\nよろしくお願いします。",
    "percent": "50 % off? | yes | no\n| a | b |",
}  # fmt: skip
CODE = "Run this:\n\n>>> import lamp\n>>> lamp.on()\nTraceback\n\nIt fails. Why?"


@pytest.mark.parametrize("name", SHAPES)
def test_only_the_new_words_are_shown(name: str) -> None:
    text, reply = SHAPES[name]
    assert split_reply(text).reply == reply


@pytest.mark.parametrize("name", KEPT)
def test_what_only_looks_like_history_is_kept(name: str) -> None:
    split = split_reply(KEPT[name] + "\n")
    assert split.reply == KEPT[name].rstrip("\n")
    assert not split.quoted.strip()


@pytest.mark.parametrize("name", KEPT)
def test_it_is_kept_above_real_history_too(name: str) -> None:
    split = split_reply(f"{KEPT[name].rstrip()}\n\n{WROTE}\n\n{OLD}\n")
    assert split.reply == KEPT[name].rstrip()


def test_a_python_prompt_in_the_middle_is_shown() -> None:
    assert split_reply(f"{CODE}\n\n{WROTE}\n{OLD}\n").reply == CODE


DEVICES = """\
Sent from my iPhone
Sent from my iPad
Sent from my Galaxy
Sent from my Samsung Galaxy smartphone.
Sent from my Huawei phone
Sent from my Xiaomi
Sent from my mobile phone, please excuse any typos
Sent from my Android phone with K-9 Mail. Please excuse my brevity.
Sent from Outlook for iOS<https://aka.ms/o0ukef>
Sent from Mail for Windows 10
Sent from Yahoo Mail on Android
Sent from Yahoo Mail. Get the app
Sent with Proton Mail secure email.
Sent with ProtonMail Secure Email.
Sent from Proton Mail for iOS
Sent via Superhuman
Sent from Front
Sent with Spark
Sent from Spark Mail
Sent from eM Client | www.emclient.com
Sent from Mailbird
Sent from BlueMail
Sent from TypeApp
Get BlueMail for Android
Get Outlook for iOS
Get Outlook for Mac <https://aka.ms/GetOutlookForMac>
Von meinem iPhone gesendet
Von meinem Samsung Galaxy Smartphone gesendet.
Von meinem Huawei-Mobiltelefon gesendet
Gesendet von Mail für Windows
Gesendet von Outlook für iOS
Gesendet mit der GMX Mail App
Gesendet mit der WEB.DE iPhone App
Gesendet mit der Telekom Mail App
Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.
Outlook für Android herunterladen
Holen Sie sich Outlook für iOS
Envoyé de mon iPhone
Envoyé depuis mon appareil Galaxy
Envoyé à partir de Outlook pour Android
Télécharger Outlook pour Android
Obtenir Outlook pour iOS
Provenance : Courrier pour Windows
Enviado desde mi iPhone
Enviado desde mi Galaxy
Obtener Outlook para Android
Enviado do meu iPhone
Enviado do Yahoo Mail para iPhone
Enviado via iPad
Obter o Outlook para Android
Inviato da iPhone
Inviato dal mio dispositivo Android
Inviato da Posta per Windows
Scarica Outlook per Android
Verstuurd vanaf mijn iPhone
Verzonden vanaf Outlook voor Android
Outlook voor Android downloaden
Skickat från min iPhone
Hämta Outlook för Android
Sendt fra min iPhone
Hent Outlook til Android
Få Outlook for Android
Lähetetty iPhonesta
Hanki Outlook for Android
Wysłane z iPhone'a
Wysłane z mojego telefonu
Pobierz program Outlook dla systemu Android
Odesláno z iPhonu
Odesláno z aplikace Pošta pro Windows
Získejte Outlook pro Android
Odoslané z iPhonu
Az iPhone-omról küldve
iPhone-ról küldve
Trimis de pe iPhone-ul meu
Trimis de la Yahoo Mail pe Android
Obțineți Outlook pentru Android
Poslano s mog iPhonea
Poslano iz iPhone
Отправлено с iPhone
Отправлено из мобильной Почты Mail.ru
Отправлено из Яндекс Почты для мобильных
Надіслано з iPhone
Изпратено от моя iPhone
Στάλθηκε από το iPhone μου
iPhone'umdan gönderildi
Android için Outlook'u edinin
Saadetud minu iPhone'ist
Nosūtīts no mana iPhone
Išsiųsta iš mano iPhone
iPhoneから送信
Yahoo!メール for iPhoneから送信
Outlook for Android を入手
从我的 iPhone 发送
发自我的iPhone
發自我的 iPhone
从我的小米手机发送
获取 Outlook for Android
나의 iPhone에서 보냄
Android용 Outlook 다운로드
Đã gửi từ iPhone của tôi
Được gửi từ iPhone
Dikirim dari iPhone saya
ส่งจาก iPhone ของฉัน
أُرسلت من الـ iPhone
נשלח מה-iPhone שלי
הורד את Outlook עבור Android
""".splitlines()


@pytest.mark.parametrize("line", DEVICES)
def test_the_line_of_a_device_is_no_part_of_the_reply(line: str) -> None:
    assert split_reply(f"It works.\n\n{line}\n").reply == "It works."
    assert split_reply(f"It works.\n{line}\n\n{WROTE}\n{OLD}\n").reply == "It works."


DISCLAIMERS = [
    "This e-mail and any files transmitted with it are confidential and intended solely for the use "
    "of the individual or entity to whom they are addressed. If you have received this e-mail in "
    "error please notify the sender.",
    "CONFIDENTIALITY NOTICE: The information in this message may be privileged and confidential. If "
    "you are not the intended recipient, please delete it.",
    "Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen. Wenn Sie nicht "
    "der richtige Adressat sind, informieren Sie bitte sofort den Absender und vernichten Sie diese "
    "E-Mail.",
    "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de "
    "leurs destinataires. Si vous avez reçu ce message par erreur, merci de le détruire.",
    "Este mensaje y sus archivos adjuntos son confidenciales y van dirigidos exclusivamente a su "
    "destinatario. Si usted ha recibido este mensaje por error, le rogamos que lo elimine.",
    "Il contenuto di questa e-mail è riservato ed è destinato esclusivamente al destinatario. Se avete "
    "ricevuto questo messaggio per errore, vi preghiamo di cancellarlo.",
    "De informatie in dit e-mailbericht is vertrouwelijk en uitsluitend bestemd voor de geadresseerde. "
    "Als u dit bericht ten onrechte heeft ontvangen, verzoeken wij u het te verwijderen.",
    "Esta mensagem é confidencial e destina-se exclusivamente ao seu destinatário. Se a recebeu por "
    "engano, por favor elimine-a.",
]


@pytest.mark.parametrize("disclaimer", DISCLAIMERS)
def test_a_disclaimer_at_the_end_is_no_part_of_the_reply(disclaimer: str) -> None:
    text = f"It works.\n\nRegards\nCarol\n\n{disclaimer}\n"
    split = split_reply(text)
    assert split.reply == "It works.\n\nRegards\nCarol"
    assert disclaimer in split.quoted
    assert split_reply(f"{text}\n{WROTE}\n{OLD}\n").reply == "It works.\n\nRegards\nCarol"


def test_a_question_about_confidential_mail_is_shown() -> None:
    text = (
        "This e-mail is confidential, isn't it? I received your message in error and deleted it.\n\n"
        "Please tell me what to do.\n\nCarol"
    )
    assert split_reply(text).reply == text


def test_a_disclaimer_alone_is_shown() -> None:
    assert split_reply(DISCLAIMERS[0]).reply == DISCLAIMERS[0]
