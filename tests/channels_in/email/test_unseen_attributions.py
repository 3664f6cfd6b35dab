"""The line above a quote, and quoted header blocks, as the clients of many makers write them.

All mails here are written for these tests, after what the clients show in their own languages.
"""

# ruff: noqa: E501 (tables of whole mails)
from __future__ import annotations

import textwrap

import pytest

from channels_in.email.parse.reply import split_reply

WRITTEN = "Thanks, that did it.\n\nOne more thing: the lamp is still red."
OLD = "Did you try the other socket?\nRegards, Support"
A = "desk@example.net"

ATTRIBUTIONS = [
    # Gmail
    f"On Fri, 20 Nov 2026, 10:04 Ann Desk, <{A}> wrote:",
    f"Ann Desk <{A}> schrieb am Fr., 20. Nov. 2026, 10:04:",
    f"El vie., 20 nov. 2026 10:04, Ann Desk <{A}> escribió:",
    f"Il ven 20 nov 2026, 10:04 Ann Desk <{A}> ha scritto:",
    f"Op vr 20 nov. 2026 10:04 schreef Ann Desk <{A}>:",
    f"Den fre. 20. nov. 2026 10.04 skrev Ann Desk <{A}>:",
    f"Pe vin., 20 nov. 2026 la 10:04, Ann Desk <{A}> a scris:",
    f"vin., 20 nov. 2026, 10:04 Ann Desk <{A}> a scris:",
    f"در تاریخ جمعه ۲۰ نوامبر ۲۰۲۶،\u200f ۱۰:۰۴ Ann Desk <{A}> نوشت:",
    f"Pada Jum, 20 Nov 2026 pada 10:04 PTG Ann Desk <{A}> menulis:",
    f"Noong Biy, Nob 20, 2026 nang 10:04 AM, isinulat ni Ann Desk <{A}> ang:",
    f"शुक्र, 20 नव॰ 2026 को 10:04 am बजे को Ann Desk <{A}> ने लिखा:",
    f"Op Vr. 20 Nov. 2026 om 10:04 het Ann Desk <{A}> geskryf:",
    f"Kontakt Ann Desk (<{A}>) kirjutas kuupäeval R, 20. november 2026 kell 10:04:",
    f"fös. 20. nóv. 2026 kl. 10:04 skrifaði Ann Desk <{A}>:",
    f"\u202bבתאריך יום ו׳, 20 בנוב׳ 2026 ב-10:04 מאת \u202aAnn Desk\u202c\u200f <\u202a{A}\u202c\u200f>:\u202c",
    f"O ven, 20 nov 2026 ás 10:04, Ann Desk (<{A}>) escribiu:",
    f"Erabiltzaile hau (Ann Desk <{A}>) igorleak hau idatzi du (2026 aza. 20, or. (10:04)):",
    # Apple Mail
    f"On Nov 20, 2026, at 10:04\u202fAM, Ann Desk <{A}> wrote:",
    f"On 20. Nov 2026, at 10:04, Ann Desk <{A}> wrote:",
    f"Am 20. November 2026 um 10:04 schrieb Ann Desk <{A}>:",
    f"Le 20 nov. 2026 à 10:04, Ann Desk <{A}> a écrit\u00a0:",
    f"El 20 nov 2026, a las 10:04, Ann Desk <{A}> escribió:",
    f"Il giorno 20 nov 2026, alle ore 10:04, Ann Desk <{A}> ha scritto:",
    f"Op 20 nov. 2026, om 10:04 heeft Ann Desk <{A}> het volgende geschreven:",
    f"Em 20 de nov. de 2026, à(s) 10:04, Ann Desk <{A}> escreveu:",
    f"20 nov. 2026 kl. 10:04 skrev Ann Desk <{A}>:",
    f"Wiadomość napisana przez Ann Desk <{A}> w dniu 20 lis 2026, o godz. 10:04:",
    f"20. 11. 2026 v 10:04, Ann Desk <{A}>:",
    f"Ann Desk <{A}> şunları yazdı (20 Kas 2026 10:04):",
    f"20 нояб. 2026 г., в 10:04, Ann Desk <{A}> написал(а):",
    f"在 2026年11月20日，上午10:04，Ann Desk <{A}> 写道：",
    f"2026. 11. 20. 오전 10:04, Ann Desk <{A}> 작성:",
    f"Ann Desk <{A}> írta (2026. nov. 20. dátummal, 10:04 időpontban):",
    f"Στις 20 Νοε 2026, στις 10:04, ο/η Ann Desk <{A}> έγραψε:",
    f"ב-20 בנוב׳ 2026, בשעה 10:04, \u200fAnn Desk <{A}> כתב/ה:",
    f"في ٢٠ نوفمبر ٢٠٢٦، الساعة ١٠:٠٤ ص، كتب/كتبت Ann Desk <{A}>:",
    f"Dňa 20. 11. 2026 o 10:04 užívateľ Ann Desk <{A}> napísal:",
    f"Dana 20. stu. 2026., u 10:04, Ann Desk <{A}> je napisao/la:",
    # Thunderbird
    "On 11/20/26 10:04, Ann Desk wrote:",
    "On 2026-11-20 10:04 a.m., Ann Desk wrote:",
    "Am 20.11.26 um 10:04 schrieb Ann Desk:",
    "Le 20/11/2026 à 10:04, Ann Desk a écrit\u00a0:",
    "Ann Desk kirjoitti 20.11.2026 klo 10.04:",
    "Den 2026-11-20 kl. 10:04, skrev Ann Desk:",
    "(2026/11/20 10:04), Ann Desk wrote:",
    "20.11.2026 10:04 tarihinde Ann Desk yazdı:",
    "Às 10:04 de 20/11/26, Ann Desk escreveu:",
    "26. 11. 20. 10:04에 Ann Desk 이(가) 쓴 글:",
    "在 2026/11/20 10:04, Ann Desk 写道:",
    "Ann Desk 於 2026/11/20 10:04 寫道:",
    "Dne 20. 11. 2026 ob 10:04 je Ann Desk napisal(a):",
    "Den 20.11.2026 10:04, skreiv Ann Desk:",
    # Yahoo, Proton, Fastmail, Superhuman, Spark, Mailbird, GMX, Open-Xchange
    f"Am Freitag, 20. November 2026 um 10:04:33 MEZ hat Ann Desk <{A}> Folgendes geschrieben:",
    f"En viernes, 20 de noviembre de 2026, 10:04:33 CET, Ann Desk <{A}> escribió:",
    f"On Friday, November 20th, 2026 at 10:04, Ann Desk <{A}> wrote:",
    "On Fri, 20 Nov 2026, at 10:04 AM, Ann Desk wrote:",
    f"On Fri, Nov 20, 2026 at 10:04 AM, Ann Desk < {A} > wrote:",
    f"On 20 Nov 2026 at 10:04 +0100, Ann Desk <{A}>, wrote:",
    f"On 11/20/2026 10:04:33 AM, Ann Desk <{A}> wrote:",
    f"Am 20.11.26, 10:04 schrieb Ann Desk <{A}>:",
    f"Ann Desk <{A}> hat am 20.11.2026 10:04 CET geschrieben:",
    f"---- On Fri, 20 Nov 2026 10:04:33 +0100 Ann Desk <{A}> wrote ----",
    f"---- Am Fr., 20 Nov. 2026 10:04:33 +0100 Ann Desk <{A}> schrieb ----",
    # Notes, K-9, Evolution, KMail, Roundcube, mutt, The Bat!, Claws, Gnus
    f'"Ann Desk" <{A}> wrote on 11/20/2026 10:04:33 AM:',
    f"-----Ann Desk <{A}> wrote: -----",
    f"On November 20, 2026 10:04:33 AM GMT+01:00, Ann Desk <{A}> wrote:",
    f"Am 20. November 2026 10:04:33 MEZ schrieb Ann Desk <{A}>:",
    "Am Freitag, dem 20.11.2026 um 10:04 +0100 schrieb Ann Desk:",
    "Am Freitag, 20. November 2026, 10:04:33 CET schrieb Ann Desk:",
    "Am 2026-11-20 10:04, schrieb Ann Desk:",
    "Ann Desk schreef op 2026-11-20 10:04:",
    "On Fri, Nov 20, 2026 at 10:04:33AM +0100, Ann Desk wrote:",
    f"* Ann Desk <{A}> [2026-11-20 10:04:33 +0100]:",
    "Friday, November 20, 2026, 10:04:33 AM, you wrote:",
    f"On Fri, 20 Nov 2026 10:04:33 +0100\nAnn Desk <{A}> wrote:",
    f"Ann Desk <{A}> writes:",
    f"Zitat von Ann Desk <{A}>:",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_history_is_cut_below_the_line_of_any_client(line: str) -> None:
    quoted = textwrap.indent(OLD, "> ")
    split = split_reply(f"{WRITTEN}\n\n{line}\n\n{quoted}\n")
    assert split.reply == WRITTEN


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_the_line_alone_is_enough_where_the_client_draws_no_quote_marks(line: str) -> None:
    assert split_reply(f"{WRITTEN}\n\n{line}\n{OLD}\n").reply == WRITTEN


@pytest.mark.parametrize("width", [40, 60, 72])
@pytest.mark.parametrize(
    "line", [line for line in ATTRIBUTIONS if " <" in line and "\n" not in line]
)
def test_a_folded_line_is_found_with_its_quote(line: str, width: int) -> None:
    folded = "\n".join(textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False))
    split = split_reply(f"{WRITTEN}\n\n{folded}\n\n{textwrap.indent(OLD, '> ')}\n")
    assert split.reply == WRITTEN


BLOCKS = {
    "de tabs": "Von:\tAnn Desk\nGesendet:\tFreitag, 20. November 2026 10:04\nAn:\tCarol\nBetreff:\tLampe",
    "de bold": f"*Von:* Ann Desk <{A}>\n*Gesendet:* Freitag, 20. November 2026 10:04\n*An:* c@example.com\n*Betreff:* Lampe",
    "de bold glued": f"*Von:*Ann Desk [mailto:{A}]\n*Gesendet:*Freitag, 20. November 2026 10:04\n*An:*Carol\n*Betreff:*Lampe",
    "de mac": f"Von: Ann Desk <{A}>\nDatum: Freitag, 20. November 2026 um 10:04\nAn: Carol <c@example.com>\nBetreff: Lampe",
    "de gmx": f'Gesendet: Freitag, 20. November 2026 um 10:04 Uhr\nVon: "Ann Desk" <{A}>\nAn: c@example.com\nBetreff: Lampe',
    "fr": f"De : Ann Desk <{A}>\nEnvoyé : vendredi 20 novembre 2026 10:04\nÀ : Carol\nObjet : Lampe",
    "fr without address": "De : Ann Desk\nEnvoyé : vendredi 20 novembre 2026 10:04\nÀ : Carol\nCc : Bob\nObjet : RE: Lampe",
    "es": "De: Ann Desk\nEnviado el: viernes, 20 de noviembre de 2026 10:04\nPara: Carol\nAsunto: Lampe",
    "pt": "De: Ann Desk\nEnviada em: sexta-feira, 20 de novembro de 2026 10:04\nPara: Carol\nAssunto: Lampe",
    "it": "Da: Ann Desk\nInviato: venerdì 20 novembre 2026 10:04\nA: Carol\nOggetto: Lampe",
    "nl": "Van: Ann Desk\nVerzonden: vrijdag 20 november 2026 10:04\nAan: Carol\nOnderwerp: Lampe",
    "da": "Fra: Ann Desk\nSendt: 20. november 2026 10:04\nTil: Carol\nEmne: Lampe",
    "sv": "Från: Ann Desk\nSkickat: den 20 november 2026 10:04\nTill: Carol\nÄmne: Lampe",
    "fi": "Lähettäjä: Ann Desk\nLähetetty: perjantai 20. marraskuuta 2026 10.04\nVastaanottaja: Carol\nAihe: Lampe",
    "pl": "Od: Ann Desk\nData: piątek, 20 listopada 2026 10:04\nDo: Carol\nTemat: Lampe",
    "cs": "Od: Ann Desk\nOdesláno: pátek 20. listopadu 2026 10:04\nKomu: Carol\nPředmět: Lampe",
    "sk": "Od: Ann Desk\nOdoslané: piatok 20. novembra 2026 10:04\nKomu: Carol\nPredmet: Lampe",
    "hu": "Feladó: Ann Desk\nElküldve: 2026. november 20., péntek 10:04\nCímzett: Carol\nTárgy: Lampe",
    "ro": "De la: Ann Desk\nTrimis: vineri, 20 noiembrie 2026 10:04\nCătre: Carol\nSubiect: Lampe",
    "ru": "От: Ann Desk\nОтправлено: 20 ноября 2026 г. 10:04\nКому: Carol\nТема: Lampe",
    "uk": "Від: Ann Desk\nНадіслано: 20 листопада 2026 р. 10:04\nКому: Carol\nТема: Lampe",
    "tr": "Kimden: Ann Desk\nGönderildi: 20 Kasım 2026 Cuma 10:04\nKime: Carol\nKonu: Lampe",
    "el": "Από: Ann Desk\nΣτάλθηκε: Παρασκευή, 20 Νοεμβρίου 2026 10:04\nΠρος: Carol\nΘέμα: Lampe",
    "he": "מאת: Ann Desk\nנשלח: יום שישי 20 נובמבר 2026 10:04\nאל: Carol\nנושא: Lampe",
    "ar": "من: Ann Desk\nتم الإرسال: 20 نوفمبر 2026 10:04\nإلى: Carol\nالموضوع: Lampe",
    "ja": "差出人: Ann Desk\n送信日時: 2026年11月20日 10:04\n宛先: Carol\n件名: Lampe",
    "zh": "发件人: Ann Desk\n发送时间: 2026年11月20日 10:04\n收件人: Carol\n主题: Lampe",
    "zh wide colons": "发件人：Ann Desk\n日期：2026年11月20日 10:04\n收件人：Carol\n主题：Lampe",
    "zh-tw": "寄件者: Ann Desk\n寄件日期: 2026年11月20日 上午 10:04\n收件者: Carol\n主旨: Lampe",
    "ko": "보낸 사람: Ann Desk\n보낸 날짜: 2026년 11월 20일 금요일 오전 10:04\n받는 사람: Carol\n제목: Lampe",
    "hr": "Šalje: Ann Desk\nPoslano: 20. studenog 2026. 10:04\nPrima: Carol\nPredmet: Lampe",
    "sl": "Od: Ann Desk\nPoslano: petek, 20. november 2026 10:04\nZa: Carol\nZadeva: Lampe",
    "lv": "No: Ann Desk\nNosūtīts: piektdiena, 2026. gada 20. novembris 10:04\nKam: Carol\nTēma: Lampe",
    "lt": "Nuo: Ann Desk\nIšsiųsta: 2026 m. lapkričio 20 d. 10:04\nKam: Carol\nTema: Lampe",
    "et": "Saatja: Ann Desk\nSaadetud: 20. november 2026 10:04\nAdressaat: Carol\nTeema: Lampe",
    "bg": "От: Ann Desk\nИзпратено: 20 ноември 2026 г. 10:04\nДо: Carol\nОтносно: Lampe",
    "vi": "Từ: Ann Desk\nĐã gửi: 20 Tháng Mười Một 2026 10:04\nTới: Carol\nChủ đề: Lampe",
    "id": "Dari: Ann Desk\nTerkirim: 20 November 2026 10:04\nKepada: Carol\nPerihal: Lampe",
    "ca": "De: Ann Desk\nEnviat el: divendres, 20 de novembre de 2026 10:04\nPer a: Carol\nAssumpte: Lampe",
    "k-9": f"-------- Original Message --------\nFrom: Ann Desk <{A}>\nSent: November 20, 2026\nTo: Carol\nSubject: Lampe",
    "samsung": f"-------- Ursprüngliche Nachricht --------\nVon: Ann Desk <{A}>\nDatum: 20.11.26 10:04 (GMT+01:00)\nAn: Carol\nBetreff: Lampe",
    "samsung fr": f"-------- Message d'origine --------\nDe : Ann Desk <{A}>\nDate : 20/11/2026 10:04 (GMT+01:00)",
    "huawei": f"-------- Original Message --------\nSubject: Lampe\nFrom: {A}\nTo: Carol\nCC:",
    "blackberry 10": "  Original Message  \nFrom: Ann Desk\nSent: Friday, November 20, 2026 10:04\nTo: Carol\nSubject: Lampe",
    "em client": f'------ Original Message ------\nFrom "Ann Desk" <{A}>\nTo "Carol" <c@example.com>\nDate 11/20/2026 10:04:33 AM\nSubject Lampe',
    "em client de": f'------ Originalnachricht ------\nVon "Ann Desk" <{A}>\nAn "Carol" <c@example.com>\nDatum 20.11.2026 10:04:33\nBetreff Lampe',
    "proton": f"‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Friday, November 20th, 2026 at 10:04 AM, Ann Desk <{A}> wrote:",
    "rule": f"________________________________\nVon: Ann Desk <{A}>\nGesendet: Freitag, 20. November 2026 10:04:33\nAn: Carol\nBetreff: Lampe",
    "rule unknown keys": f"________________________________\nFrån: Ann Desk <{A}>\nSkickat: fredag\nTill: Carol\nÄmne: Lampe",
    "groupwise": f">>> Ann Desk <{A}> 11/20/2026 10:04 AM >>>",
    "groupwise quoted": f">>> On 20/11/2026 at 10:04, in message <5FB7@gwia.example.net>, Ann Desk <{A}> wrote:",
    "notes": f"From:        Ann Desk/Hamburg/Example <{A}>\nTo:          Carol\nDate:        11/20/2026 10:04 AM\nSubject:     Lampe",
    "notes memo": f"-----Ann Desk <{A}> schrieb: -----\nAn: Carol\nVon: Ann Desk <{A}>\nDatum: 20.11.2026 10:04\nBetreff: Lampe",
    "blank lines between": f"From: Ann Desk <{A}>\n\nSent: Friday, November 20, 2026 10:04 AM\n\nTo: Carol\n\nSubject: Lampe",
    "wrapped addresses": f"From: Ann Desk <{A}>\nSent: Friday, November 20, 2026 10:04 AM\nTo: Carol <c@example.com>; Dora\n<dora@example.com>; Emil <emil@example.com>\nSubject: Lampe",
    "yandex": f"20.11.2026, 10:04, \"Ann Desk\" <{A}>:",
    "mail.ru": f"Пятница, 20 ноября 2026, 10:04 +03:00 от Ann Desk <{A}>:",
    "naver": f"-----Original Message-----\nFrom: \"Ann Desk\"<{A}>\nTo: <c@example.com>;\nCc:\nSent: 2026-11-20 (금) 10:04:33 (GMT+09:00)\nSubject: Lampe",
    "qq": f"------------------ 原始邮件 ------------------\n发件人: \"Ann Desk\" <{A}>;\n发送时间: 2026年11月20日(星期五) 上午10:04\n收件人: \"Carol\"<c@example.com>;\n主题: Lampe",
    "163": f"At 2026-11-20 10:04:33, \"Ann Desk\" <{A}> wrote:",
    "163 zh": f"在 2026-11-20 10:04:33，\"Ann Desk\" <{A}> 写道：",
    "our mark": "##- Bitte antworten Sie oberhalb dieser Zeile -##",
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_quoted_header_block_ends_the_reply(name: str) -> None:
    split = split_reply(f"{WRITTEN}\n\n{BLOCKS[name]}\n\n{OLD}\n")
    assert split.reply == WRITTEN
    assert OLD.split("\n")[0] in split.quoted
