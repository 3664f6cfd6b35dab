"""Who answers by machine: absence notices in many languages, and people who write about them."""

from __future__ import annotations

import pytest

from channels_in.email.parse import parse
from channels_in.messages import IncomingMessage


def mail(text: str = "Hello", **fields: str) -> IncomingMessage:
    """A plain mail; `_` in the name of a field stands for `-`."""
    fields = {"From": "Carol <carol@example.com>", "To": "desk@example.net", **fields}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return parse((head + "\r\n" + text).encode())


SUBJECTS = """\
Automatic reply: Lamp
Automatic Reply: Your request
Out of Office: Re: Lamp
Out of office until 3 December
OOO: Lamp
OOO Re: Lamp
[OOO] Lamp
AUTO: Carol Klee is out of the office (returning 3 December)
Autoreply: Lamp
AutoReply Re: Lamp
Auto Response: Lamp
Automated reply: Lamp
Vacation Auto-Reply: Lamp
I'm out of the office
I am currently out of the office Re: Lamp
On annual leave Re: Lamp
On leave: Lamp
Away from office: Lamp
Parental leave: Lamp
Abwesenheitsnotiz: Lampe
Abwesend: Lampe
Abwesenheit Re: Lampe
Automatische Antwort: Lampe
Automatische Abwesenheitsnotiz
Urlaubsbenachrichtigung
Ich bin nicht im Büro Re: Lampe
Nicht im Büro: Lampe
Réponse automatique : Lampe
Absence : Re: Lampe
Absent du bureau
Message automatique d'absence
Respuesta automática: Lámpara
Fuera de la oficina: Lámpara
Ausente de la oficina
Resposta automática: Lâmpada
Ausente: Lâmpada
Risposta automatica: Lampada
Fuori ufficio: Lampada
Assente: Lampada
Automatisch antwoord: Lamp
Afwezig: Lamp
Afwezigheidsmelding
Autosvar: Lampe
Automatisk svar: Lampe
Fraværende: Lampe
Ikke på kontoret: Lampe
Autosvar Sv: Lampa
Frånvaromeddelande: Lampa
Automaattinen vastaus: Lamppu
Poissa: Lamppu
Poissaoloviesti
Automatyczna odpowiedź: Lampa
Autoodpowiedź: Lampa
Nieobecność w biurze
Automatická odpověď: Lampa
Mimo kancelář: Lampa
Automatická odpoveď: Lampa
Automatikus válasz: Lámpa
Házon kívül: Lámpa
Răspuns automat: Lampa
Автоматический ответ: Лампа
Автоответ: Лампа
Вне офиса: Лампа
Автоматична відповідь: Лампа
Автоматичен отговор: Лампа
Аутоматски одговор: Лампа
Automatski odgovor: Lampa
Samodejni odgovor: Luč
Αυτόματη απάντηση: Λάμπα
Otomatik yanıt: Lamba
Ofis dışında: Lamba
Automaatvastus: Lamp
Automātiska atbilde: Lampa
Automatinis atsakymas: Lempa
自動応答: ランプ
自動返信: ランプ
不在通知
自动答复: 灯
自动回复：灯
自動回覆: 燈
자동 회신: 램프
부재중 자동 회신
Trả lời tự động: Đèn
ตอบกลับอัตโนมัติ: โคมไฟ
Balasan otomatis: Lampu
رد تلقائي: مصباح
תשובה אוטומטית: מנורה
پاسخ خودکار: لامپ
""".splitlines()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_an_absence_notice_is_known_by_its_subject(subject: str) -> None:
    message = mail(Subject=subject)
    assert message.is_auto_reply
    assert not message.may_be_answered


FRIENDS = """\
Automatic reply needed in our setup?
Automatic replies do not work
Automatic reply to customers, how do I set it up?
Out of office reply broken since Monday
Out of office assistant
How do I set an out of office message
Re: Automatic reply: Lamp
AW: Abwesenheitsnotiz: Lampe
Fwd: Out of Office: Lamp
Abwesenheitsnotiz einrichten
Abwesenheitsnotiz funktioniert nicht
Abwesenheit im Portal eintragen
Absence de courant dans le bureau
Absence management software
Vacation request form
Auto parts
Autogas: Frage
Auto: Frage zur Versicherung?
Ausente de pago?
Away team shirts
Leave request cannot be saved
On leave balances
OOO sync to calendar is broken
Réponse automatique ne fonctionne plus
Respuesta automática no funciona
Automatische Antwort ändern
Автоответ не работает
自動返信の設定について
自动回复设置问题
""".splitlines()


@pytest.mark.parametrize("subject", FRIENDS)
def test_a_person_who_writes_about_automatic_answers_is_a_person(subject: str) -> None:
    message = mail(Subject=subject)
    assert not message.is_auto_reply
    assert message.may_be_answered


HEADERS = [
    {"Auto_Submitted": "auto-replied"},
    {"Auto_Submitted": "auto-replied (vacation)"},
    {"Auto_Submitted": "(set by us) auto-replied"},
    {"Auto_Submitted": "Auto-Replied; owner-email=carol@example.com"},
    {"Auto_Submitted": '"auto-replied"'},
    {"Auto_Submitted": "auto-generated"},
    {"Auto_Submitted": "auto-notified"},
    {"Precedence": "auto_reply"},
    {"Precedence": "Auto-Reply"},
    {"X_Autoreply": "yes"},
    {"X_Autoresponder": "1"},
    {"X_Autorespond": "Lamp"},
    {"X_Auto_Reply": "true"},
    {"X_AutoReply_From": "carol@example.com"},
    {"X_Mail_Autoreply": "x"},
    {"X_FC_MachineGenerated": "true"},
    {"X_Auto_Response_Suppress": "All", "X_MS_Exchange_Inbox_Rules_Loop": "carol@example.com"},
    {"X_Apple_Action": "vacation"},
    {"X_Vacation": "yes"},
    {"Auto_Submitted": "auto-replied", "List_Id": "<lamps.example.net>"},
]


@pytest.mark.parametrize("fields", HEADERS, ids=lambda fields: next(iter(fields.items())))
def test_an_automatic_answer_is_known_by_its_header(fields: dict[str, str]) -> None:
    message = mail(Subject="Re: Lamp", **fields)
    assert message.is_auto_reply
    assert not message.may_be_answered


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "no"},
        {"Auto_Submitted": "No (typed by hand)"},
        {"X_Autoreply": "no"},
        {"Precedence": "first-class"},
        {"X_Auto_Response_Suppress": "None"},
        {"Importance": "high", "X_Mailer": "Autoreply tester"},
    ],
)
def test_headers_that_deny_it_change_nothing(fields: dict[str, str]) -> None:
    message = mail(Subject="Lamp", **fields)
    assert not message.is_auto_reply
    assert message.may_be_answered


SILENT = [
    {"List_Unsubscribe": "<https://example.com/u>"},
    {"List_Id": "News <news.example.com>"},
    {"Precedence": "bulk"},
    {"Precedence": "list"},
    {"Precedence": "junk"},
    {"Return_Path": "<>"},
    {"Return_Path": "< >"},
    {"From": "no-reply@example.com"},
    {"From": "Shop <noreply@mail.example.com>"},
    {"From": "donotreply@example.com"},
    {"From": "do_not_reply@example.com"},
    {"From": "noreply-orders@example.com"},
    {"From": "orders-noreply@example.com"},
    {"From": "nicht-antworten@example.com"},
    {"From": "notifications+noreply@example.com"},
    {"From": "ne-pas-repondre@example.com"},
    {"From": "nepasrepondre@example.com"},
    {"From": "no-responder@example.com"},
    {"From": "no_contestar@example.com"},
    {"From": "naoresponda@example.com"},
    {"From": "nao-responder@example.com"},
    {"From": "non-rispondere@example.com"},
    {"From": "keineantwort@example.com"},
    {"From": "nicht.antworten@example.com"},
    {"From": "niet-beantwoorden@example.com"},
    {"From": "svar-ikke@example.com"},
    {"From": "nie-odpowiadaj@example.com"},
    {"From": "neodpovidat@example.com"},
    {"From": "bounce+42@example.com"},
    {"From": "MAILER-DAEMON@example.com"},
    {"From": "postmaster@example.com"},
    {"X_Auto_Response_Suppress": "OOF, DR"},
    {"X_Loop": "desk@example.net"},
    {"Auto_Submitted": "auto-forwarded"},
]


@pytest.mark.parametrize("fields", SILENT, ids=lambda fields: next(iter(fields.items())))
def test_what_must_get_no_automatic_answer_is_no_auto_reply(fields: dict[str, str]) -> None:
    message = mail(Subject="News", **fields)
    assert not message.is_auto_reply
    assert not message.may_be_answered


@pytest.mark.parametrize(
    "address",
    [
        "norma@example.com", "nora.reply@example.com", "noel.replay@example.com",
        "reply@example.com", "answer@example.com", "bouncer@example.com", "neverland@example.com",
        "nobody.else@example.com", "daemon.smith@example.com",
    ],
)  # fmt: skip
def test_people_with_such_names_are_answered(address: str) -> None:
    assert mail(Subject="Lamp", From=address).may_be_answered


@pytest.mark.parametrize(
    ("subject", "fields"),
    [
        ("[#4711] We have received your request", {"Auto_Submitted": "auto-generated"}),
        ("Ticket 4711 received", {"Precedence": "auto_reply"}),
        ("Ihre Anfrage [4711]", {"Auto_Submitted": "auto-replied"}),
        ("[Lamp Ltd] Re: Lamp", {"X_Autogenerated": "Reply"}),
    ],
)
def test_the_acknowledgement_of_another_desk_is_automatic(
    subject: str, fields: dict[str, str]
) -> None:
    message = mail(Subject=subject, **fields)
    assert message.is_auto_reply
    assert not message.may_be_answered
