"""The visible reply in the shapes that mail clients write, in many languages."""

from __future__ import annotations

import pytest

from channels_in.email.parse import parse
from channels_in.email.parse.reply import split_reply

WRITTEN = "Hello there,\n\nit works now."
OLD = "Have you tried to turn it off?"

ATTRIBUTIONS = [
    "On Mon, Nov 3, 2025 at 9:00 AM Support <support@example.org> wrote:",
    "On Mon, 3 Nov 2025 at 09:00, Support <support@example.org> wrote:",
    "On 03/11/2025 09:00, Support wrote:",
    "On Nov 3, 2025, at 9:00 AM, Support <support@example.org> wrote:",
    "On 2025-11-03 09:00, support@example.org wrote:",
    "On Monday, November 3, 2025 at 09:00:12 AM GMT+1, Support <support@example.org> wrote:",
    "Support <support@example.org> wrote on 3 November 2025 09:00:",
    "At 09:00 03.11.2025, Support wrote:",
    "2025-11-03 9:00 GMT+01:00 Support <support@example.org>:",
    "Am Mo., 3. Nov. 2025 um 09:00 Uhr schrieb Support <support@example.org>:",
    "Am 03.11.2025 um 09:00 schrieb Support:",
    "Support <support@example.org> schrieb am Mo., 3. Nov. 2025, 09:00:",
    "Le lun. 3 nov. 2025 à 09:00, Support <support@example.org> a écrit :",
    "Le 03/11/2025 à 09:00, Support a écrit\xa0:",
    "El lun, 3 nov 2025 a las 9:00, Support (<support@example.org>) escribió:",
    "El 03/11/2025 a las 9:00, Support escribió:",
    "Em seg., 3 de nov. de 2025 às 09:00, Support <support@example.org> escreveu:",
    "Em 03/11/2025 09:00, Support escreveu:",
    "Il giorno lun 3 nov 2025 alle ore 09:00 Support <support@example.org> ha scritto:",
    "Il 03/11/2025 09:00, Support ha scritto:",
    "Op ma 3 nov 2025 om 09:00 schreef Support <support@example.org>:",
    "Op 03-11-2025 om 09:00 schreef Support:",
    "Den mån 3 nov. 2025 kl 09:00 skrev Support <support@example.org>:",
    "Den 03.11.2025 09:00, skrev Support:",
    "man. 3. nov. 2025 kl. 09.00 skrev Support <support@example.org>:",
    "På mandag 3. november 2025 kl. 09:00:00, skrev Support <support@example.org>:",
    "ma 3. marrask. 2025 klo 9.00 Support (support@example.org) kirjoitti:",
    "Support kirjoitti 3.11.2025 kello 9.00:",
    "pon., 3 lis 2025 o 09:00 Support <support@example.org> napisał(a):",
    "W dniu 03.11.2025 o 09:00, Support pisze:",
    "W dniu 2025-11-03 09:00:12 użytkownik Support <support@example.org> napisał:",
    "po 3. 11. 2025 v 9:00 odesílatel Support <support@example.org> napsal:",
    "Dne 03. 11. 25 v 9:00 Support napsal(a):",
    "po 3. 11. 2025 o 9:00 Support <support@example.org> napísal(a):",
    "Support <support@example.org> ezt írta (időpont: 2025. nov. 3., H, 9:00):",
    "2025. 11. 03. 9:00 keltezéssel, Support írta:",
    "V pon., 3. nov. 2025 ob 9:00 je oseba Support <support@example.org> napisala:",
    "pon, 3. stu 2025. u 09:00 Support <support@example.org> napisao je:",
    "пон, 3. нов 2025. у 09:00 Support <support@example.org> је написао/ла:",
    "În lun., 3 nov. 2025 la 09:00, Support <support@example.org> a scris:",
    "На пн, 3.11.2025 г. в 9:00 Support <support@example.org> написа:",
    "пн, 3 нояб. 2025 г. в 09:00, Support <support@example.org>:",
    "3 ноября 2025 г., 09:00 пользователь Support <support@example.org> написал:",
    "Понедельник, 3 ноября 2025, 9:00 +03:00 от Support <support@example.org>:",
    "03.11.2025 09:00, Support пишет:",
    "пн, 3 лист. 2025 р. о 09:00 Support <support@example.org> пише:",
    "Στις Δευ 3 Νοε 2025 στις 9:00 π.μ., ο χρήστης Support <support@example.org> έγραψε:",
    "Support <support@example.org>, 3 Kas 2025 Pzt, 09:00 tarihinde şunu yazdı:",
    "Kuupäeval E, 3. november 2025 kell 09:00 kirjutas Support <support@example.org>:",
    "Pirmd., 2025. g. 3. nov., plkst. 09:00 — lietotājs Support (<support@example.org>) rakstīja:",
    "2025-11-03, pr, 09:00 Support <support@example.org> rašė:",
    "El dl., 3 de nov. 2025, 9:00, Support <support@example.org> va escriure:",
    "2025年11月3日(月) 9:00 Support <support@example.org>:",
    "2025/11/03 9:00、Support <support@example.org>のメール:",
    "于2025年11月3日周一 上午9:00，Support <support@example.org>写道：",
    "Support <support@example.org> 于2025年11月3日周一 09:00写道：",
    "Support <support@example.org> 於 2025年11月3日 週一 上午9:00寫道：",
    "2025년 11월 3일 (월) 오전 9:00, Support <support@example.org>님이 작성:",
    "Vào Th 2, 3 thg 11, 2025 vào lúc 09:00 Support <support@example.org> đã viết:",
    "ในวันที่ จ. 3 พ.ย. 2025 เวลา 09:00 Support <support@example.org> เขียนว่า:",
    "Pada tanggal Sen, 3 Nov 2025 pukul 09.00 Support <support@example.org> menulis:",
    "في الاثنين، ٣ نوفمبر ٢٠٢٥ في ٩:٠٠ ص تمت كتابة ما يلي بواسطة Support <support@example.org>:",
    "\u200fבתאריך יום ב׳, 3 בנוב׳ 2025 ב-9:00 מאת Support <\u202asupport@example.org\u202c>:",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_history_below_an_attribution_is_cut(line: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{line}\n\n> {OLD}\n")
    assert split.reply == WRITTEN
    assert OLD in split.quoted
    assert line.strip() in split.quoted


@pytest.mark.parametrize("line", [a for a in ATTRIBUTIONS if "kirjoitti 3" not in a])
def test_history_without_quote_marks_is_cut(line: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{line}\n\n{OLD}\n")
    assert split.reply == WRITTEN
    assert split.quoted.endswith(OLD)


@pytest.mark.parametrize("line", [a for a in ATTRIBUTIONS if " <" in a and len(a) > 60])
def test_an_attribution_wrapped_at_the_address_is_cut(line: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{line.replace(' <', chr(10) + '<', 1)}\n\n> {OLD}\n")
    assert split.reply == WRITTEN


SEPARATORS = [
    "-----Original Message-----",
    "----- Original Message -----",
    "--- Original Message ---",
    "---Original Message---",
    "-----Ursprüngliche Nachricht-----",
    "-------- Originalnachricht --------",
    "-----Message d'origine-----",
    "-------- Message d\u2019origine --------",
    "-----Mensaje original-----",
    "-----Mensagem Original-----",
    "-----Messaggio originale-----",
    "-----Oorspronkelijk bericht-----",
    "-----Oprindelig meddelelse-----",
    "-----Opprinnelig melding-----",
    "-----Ursprungligt meddelande-----",
    "-----Alkuperäinen viesti-----",
    "-----Wiadomość oryginalna-----",
    "-----Původní zpráva-----",
    "-----Pôvodná správa-----",
    "-----Eredeti üzenet-----",
    "-----Izvorna poruka-----",
    "-----Mesaj original-----",
    "-----Исходное сообщение-----",
    "-----Αρχικό μήνυμα-----",
    "-----Orijinal Mesaj-----",
    "-----元のメッセージ-----",
    "------------------ 原始邮件 ------------------",
    "-----原始郵件-----",
    "-----원본 메시지-----",
    "-----الرسالة الأصلية-----",
    "##- Please type your reply above this line -##",
    "##- Bitte antworten Sie oberhalb dieser Linie -##",
]


@pytest.mark.parametrize("line", SEPARATORS)
def test_history_below_a_separator_is_cut(line: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{line}\n{OLD}\n")
    assert split.reply == WRITTEN
    assert OLD in split.quoted


HEADER_BLOCKS = [
    ("From", "Sent", "To", "Subject"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("De", "Enviado el", "Para", "Asunto"),
    ("De", "Enviado", "Para", "Assunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("Van", "Verzonden", "Aan", "Onderwerp"),
    ("Fra", "Sendt", "Til", "Emne"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"),
    ("Od", "Wysłano", "Do", "Temat"),
    ("Od", "Odesláno", "Komu", "Předmět"),
    ("Feladó", "Elküldve", "Címzett", "Tárgy"),
    ("От", "Отправлено", "Кому", "Тема"),
    ("Від", "Надіслано", "Кому", "Тема"),
    ("Από", "Στάλθηκε", "Προς", "Θέμα"),
    ("Kimden", "Gönderildi", "Kime", "Konu"),
    ("差出人", "送信日時", "宛先", "件名"),
    ("发件人", "发送时间", "收件人", "主题"),
    ("寄件者", "寄件日期", "收件者", "主旨"),
    ("보낸 사람", "보낸 날짜", "받는 사람", "제목"),
    ("من", "التاريخ", "إلى", "الموضوع"),
    ("מאת", "נשלח", "אל", "נושא"),
]


@pytest.mark.parametrize("keys", HEADER_BLOCKS, ids=lambda keys: keys[0])
@pytest.mark.parametrize("form", ["{}: {}", "*{}:* {}", "{} : {}"])
def test_history_below_a_quoted_header_is_cut(keys: tuple[str, ...], form: str) -> None:
    values = (
        "Support <support@example.org>",
        "Monday, 3 November 2025 09:00",
        "carol@example.com",
        "Re: Help",
    )
    header = "\n".join(form.format(k, v) for k, v in zip(keys, values, strict=True))
    split = split_reply(f"{WRITTEN}\n\n{'_' * 32}\n{header}\n\n{OLD}\n")
    assert split.reply == WRITTEN
    assert OLD in split.quoted
    assert split_reply(f"{WRITTEN}\n\n{header}\n\n{OLD}\n").reply == WRITTEN


SIGNATURES = [
    "Sent from my iPhone",
    "Sent from my Samsung Galaxy smartphone.",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android <https://aka.ms/AAb9ysg>",
    "Sent from Yahoo Mail on Android",
    "Sent from Outlook for Mac",
    "Sent with Proton Mail secure email.",
    "Sent via the Samsung Galaxy S23, an AT&T 5G smartphone",
    "Von meinem iPhone gesendet",
    "Gesendet von Mail für Windows",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Envoyé de mon iPhone",
    "Enviado desde mi iPhone",
    "Enviado do meu iPhone",
    "Inviato da iPhone",
    "Verstuurd vanaf mijn iPhone",
    "Sendt fra min iPhone",
    "Skickat från min iPhone",
    "Lähetetty iPhonesta",
    "Wysłane z iPhone'a",
    "Odesláno z iPhonu",
    "Отправлено с iPhone",
    "Надіслано з iPhone",
    "Στάλθηκε από το iPhone μου",
    "iPhone'umdan gönderildi",
    "iPhoneから送信",
    "发自我的iPhone",
    "從我的 iPhone 傳送",
    "나의 iPhone에서 보냄",
    "أرسلت من الـ iPhone",
    "-- \nCarol Jones\nAcme Ltd.\n+1 555 0100",
    "--\nCarol Jones\nAcme Ltd.",
]


@pytest.mark.parametrize("signature", SIGNATURES)
def test_a_client_signature_is_not_part_of_the_reply(signature: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{signature}\n")
    assert split.reply == WRITTEN
    assert signature.split("\n")[-1] in split.quoted


@pytest.mark.parametrize(
    "text",
    [
        "On the one hand it works.\nOn the other hand it does not, as I wrote:\nnever.",
        "Please note:\n- From now on I will pay.\n- To be clear: nothing else.",
        "From: Rome\nTo: Paris\nDate: 5 May\n\nPlease book this.",
        "Sent from the warehouse, the parcel never came to us, and I wrote to you three times.",
        "Key points\n----\n\n1. one\n2. two\n\n====\n\nend",
        "Totals:\n-- first\n-- second\n\nThanks",
        "The error is\n> Traceback\n> ValueError\nand I cannot go on.",
        "I wrote:\nnothing",
        "On Monday 3 November 2025 at 9:00 I wrote:\nnothing came back.",
        "In 2020 they wrote\nthat it would work.",
        "I got this at 10:15:\n> ValueError\nand cannot go on.",
        "My order 2025-11-03:\n- a chair",
        "See https://example.org/2025/11/03:\nit is broken",
        "Call me at 9:00:\n+1 555 0100",
    ],
)
def test_prose_that_looks_like_history_stays(text: str) -> None:
    assert split_reply(text).reply == text


def test_a_forward_keeps_what_was_forwarded() -> None:
    text = f"Can you help her?\n\n---------- Forwarded message ---------\nFrom: Carol\n\n{OLD}"
    split = split_reply(text)
    assert split.is_forward
    assert split.reply == text
    assert split.quoted == ""


def test_a_forward_by_subject_keeps_header_blocks() -> None:
    text = f"see below\n\nFrom: Carol <c@example.com>\nSent: Monday\nTo: me\nSubject: x\n\n{OLD}"
    assert split_reply(text, is_forward=True).reply == text


def test_a_line_drawn_above_the_history_goes_with_it() -> None:
    for history in (f"{ATTRIBUTIONS[0]}\n> {OLD}", f"-----Original Message-----\n{OLD}"):
        assert split_reply(f"{WRITTEN}\n\n{'-' * 30}\n{history}").reply == WRITTEN


@pytest.mark.parametrize(
    "line", ["2013/11/1 Ann <ann@example.org>", "Quoting Ann <ann@example.org>:", "Ann, 1.11.2013:"]
)
def test_unusual_attributions_count_above_a_quote(line: str) -> None:
    assert split_reply(f"{WRITTEN}\n\n{line}\n> {OLD}").reply == WRITTEN


def test_a_forward_keeps_the_quotes_inside_it() -> None:
    text = f"see below\n\nFrom: c@example.com\nDate: Monday\nTo: me\n\n{OLD}\n\n> older"
    assert split_reply(text, is_forward=True).reply == text
    assert split_reply(f"look\n\n> {OLD}", is_forward=True).quoted == ""


def test_a_forward_keeps_the_signatures_inside_it() -> None:
    block = "Gesendet: Montag\nVon: Carol <c@example.com>\nAn: me\nBetreff: x"
    text = f"see below\n\n-- \nAnn\n\n{block}\n\n{OLD}\n\n-- \nCarol"
    split = split_reply(text, is_forward=True)
    assert split.reply == f"see below\n\n{block}\n\n{OLD}\n\n--\nCarol"
    assert split.quoted.split() == ["--", "Ann"]


def test_the_frame_of_an_inline_signature_is_not_part_of_the_reply() -> None:
    text = (
        f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{WRITTEN}\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"
    )
    assert split_reply(text).reply == WRITTEN


def test_answers_between_quotes_keep_their_context() -> None:
    text = f"{ATTRIBUTIONS[0]}\n> first?\n\nyes\n\n> second?\n\nno\n\n> thanks\n"
    split = split_reply(text)
    assert split.reply == "> first?\n\nyes\n\n> second?\n\nno"
    assert split.quoted.endswith("> thanks")


def test_an_answer_below_one_quote_stands_alone() -> None:
    split = split_reply(f"{ATTRIBUTIONS[0]}\n> {OLD}\n> bye\n\n{WRITTEN}")
    assert split.reply == WRITTEN


def test_a_mail_of_history_only_is_shown_whole() -> None:
    text = f"{ATTRIBUTIONS[0]}\n\n> {OLD}"
    assert split_reply(text).reply == text


def test_nothing_is_thrown_away() -> None:
    text = f"{WRITTEN}\n\n-- \nCarol\n\n{ATTRIBUTIONS[0]}\n> {OLD}"
    split = split_reply(text)
    assert {*split.reply.split("\n"), *split.quoted.split("\n")} >= set(text.split("\n")) - {"-- "}


@pytest.mark.parametrize("line", ["-\t-", "* \x0b *", "-\u2003-", "_\x1f_", "-- \t --"])
def test_a_line_of_rules_and_spaces_begins_nothing(line: str) -> None:
    """Found by tests/fuzz: nothing was left of such a line to look at."""
    raw = f"From: a@b.example\r\n\r\nHello\r\n{line}\r\n> old".encode()
    assert "Hello" in parse(raw).reply_text
