"""What mail clients write around quoted mail, by language. All casefolded, matched by
`quotes.marks`.

Collected from the clients' own interfaces. A new language is one line in each table.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# "… wrote:" — the verb near the end of an attribution line. Words are matched as whole words.
WROTE = frozenset(
    (
        "wrote", "writes", "said", "schrieb", "geschrieben", "écrit", "ecrit", "escribió",
        "escribio", "escribía", "escreveu", "escrito", "scritto", "scrive", "schreef",
        "geschreven", "skrev", "skrifaði", "kirjoitti", "napisał", "napisała", "napisał(a)",
        "napisal", "napsal", "napsal(a)", "napsala", "napísal", "napísal(a)", "napísala", "írta",
        "ezt", "napisao", "napisao/la", "napisala", "je", "написао", "написала", "написао/ла",
        "scris", "написал", "написал(а)", "пишет", "писал", "написав", "написав(ла)", "пише",
        "пиша", "написа", "έγραψε", "yazdı", "yazmış", "kirjutas", "rakstīja", "rašė", "parašė",
        "escrigué", "escriure", "menulis", "viết", "đã", "เขียนว่า", "เขียน", "כתב/ה", "כתב",
        "כתבה", "كتب", "كتب/كتبت", "كتبت", "نوشت", "schreibt", "scriveva", "idatzi", "escribiu",
        "scrissi", "shkroi", "написано", "pisze", "píše", "schrieben", "skreiv", "geskryf",
        "isinulat", "लिखा", "napisana", "şunları", "scrisse", "написав(-ла)",
    )  # fmt: skip
)  # fmt: skip
# Too short or too common to prove anything alone; only together with a first word below.
WEAK_WROTE = frozenset(("je", "ezt", "đã", "said", "ecrit", "пише", "escrito"))
# Written without spaces around, or after the name.
WROTE_PARTS = (
    "写道", "寫道", "來信", "来信", "撰写", "のメール", "さんは書きました", "が書きました",
    "は書きました", "님이 작성", "님이 씀", "작성:", "wrote:", "schrieb am", "napisał(a)",
    "a scris", "ha scritto", "het volgende geschreven", "következőt írta", "ezt írta",
    "je napisao", "va escriure", "a écrit", "쓴 글", "ने लिखा", "লিখেছেন",
)  # fmt: skip

# First words of an attribution line.
FIRST_WORDS = frozenset(
    (
        "on", "at", "in", "le", "am", "el", "em", "il", "op", "den", "dne", "dňa", "dnia", "w",
        "dana", "dne.", "na", "på", "tir.", "man.", "ons.", "tor.", "fre.", "lør.", "søn.", "la",
        "ke", "to", "pe", "ma", "ti", "su", "pada", "vào", "vao", "в", "на", "у", "στις",
        "la data", "în", "pe", "a", "dia", "al", "tarihinde", "gönderen", "de", "von", "from",
        "im", "mit", "dn.", "sent", "date", "datum", "w dniu", "eg", "þann", "kell", "kirjutas",
        "ב-", "בתאריך", "في", "بتاريخ", "در", "เมื่อ", "于", "於", "在", "le:", "quoting",
        "citando", "zitat", "mail", "fecha", "data", "v", "às", "à", "noong", "o",
    )  # fmt: skip
)  # fmt: skip

FIRST_PERSON = _names("i we ich wir je j'ai nous yo io ik jag jeg ja já eu я мы")

_KEYS = {
    "from": (
        "from", "von", "de", "da", "van", "fra", "från", "lähettäjä", "od", "feladó", "de la",
        "от", "от кого", "від", "από", "kimden", "gönderen", "saatja", "no", "nuo", "差出人",
        "送信者", "发件人", "寄件者", "寄件人", "보낸 사람", "보낸사람", "từ", "จาก", "dari",
        "من", "מאת", "از", "frá", "remitente", "expediteur", "expéditeur", "mittente",
        "absender", "afzender", "avsändare", "afsender", "šalje", "шаље", "dal", "kezdeményező",
        "nadawca", "odesílatel", "odosielateľ", "remetente", "daripada", "प्रेषक", "nork",
    ),
    "sent": (
        "sent", "date", "gesendet", "datum", "envoyé", "envoyé le", "enviado", "enviado el",
        "enviada em", "enviado em", "fecha", "data", "inviato", "verzonden", "sendt", "dato",
        "skickat", "lähetetty", "päivämäärä", "päiväys", "wysłano", "wysłane", "odesláno",
        "odoslané", "dátum", "elküldve", "küldve", "poslano", "послато", "trimis", "dată",
        "изпратено", "отправлено", "дата", "надіслано", "ημερομηνία", "στάλθηκε", "gönderildi",
        "gönderilme", "tarih", "saadetud", "kuupäev", "nosūtīts", "datums", "išsiųsta",
        "送信日時", "日時", "日付", "发送时间", "发送日期", "日期", "傳送時間", "寄件日期",
        "時間", "时间", "보낸 날짜", "날짜", "보낸날짜", "đã gửi", "ngày", "ส่ง", "วันที่",
        "terkirim", "dikirim", "tanggal", "تاريخ الإرسال", "التاريخ", "تم الإرسال", "נשלח",
        "תאריך", "تاریخ", "ارسال شده", "date d'envoi", "enviat", "gesendet am", "received",
        "enviat el", "poslato", "sūtīts", "gauta", "भेजा गया", "दिनांक", "tarikh", "bidalia",
        "inviata",
        "wysłana", "skickad", "otrzymano", "تم الإرسال في", "تاريخ", "발신일", "보낸시간",
    ),
    "to": (
        "to", "an", "à", "a", "para", "aan", "til", "till", "vastaanottaja", "do", "komu",
        "címzett", "za", "către", "catre", "до", "кому", "προς", "kime", "alıcı", "saaja",
        "adresaat", "kam", "kam:", "kam.", "kam", "kam", "kam", "宛先", "收件人", "收件者",
        "받는 사람", "받는사람", "đến", "tới", "ถึง", "kepada", "ke", "إلى", "אל", "به", "pour",
        "per a", "iki", "प्रति", "nori", "kellele", "primalac", "받는이", "עבור",
        "destinatario", "empfänger", "destinatário", "per", "adresatas", "prima", "прима",
    ),
    "subject": (
        "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne",
        "ämne", "aihe", "otsikko", "temat", "předmět", "predmet", "tárgy", "zadeva", "наслов",
        "predmet.", "subiect", "относно", "тема", "θέμα", "konu", "teema", "temats", "tema",
        "件名", "主题", "主旨", "主題", "제목", "chủ đề", "tiêu đề", "เรื่อง", "หัวเรื่อง",
        "subjek", "perihal", "الموضوع", "נושא", "موضوع", "efni", "assumpte", "tēma", "विषय",
        "gaia", "subyek", "naslov",
    ),
    "cc": (
        "cc", "kopie", "copie", "copia", "cópia", "kopi", "kopia", "kopio", "dw",
        "másolatot kap", "kp", "копия", "копія", "κοιν.", "κοινοποίηση", "bilgi", "抄送", "副本",
        "참조", "สำเนา", "نسخة", "עותק", "reply-to", "antwort an", "répondre à", "importance",
        "attachments",
    ),
}  # fmt: skip
HEADER_KEYS = {key: kind for kind, keys in _KEYS.items() for key in keys}

# Between dashes: "-----Original Message-----". From here on it is history.
ORIGINAL_MESSAGE = frozenset(
    (
        "original message", "original email", "original mail", "reply message",
        "ursprüngliche nachricht", "ursprungliche nachricht", "originalnachricht",
        "original-nachricht", "ursprüngliche mail", "message d'origine", "message d’origine",
        "message original", "mensaje original", "mensagem original", "messaggio originale",
        "messaggio original", "oorspronkelijk bericht", "origineel bericht", "original besked",
        "oprindelig meddelelse", "oprindelig besked", "opprinnelig melding",
        "opprinnelig beskjed", "ursprungligt meddelande", "originalmeddelande",
        "alkuperäinen viesti", "upphaflegt skeyti", "wiadomość oryginalna",
        "oryginalna wiadomość", "oryginalna wiadomosc", "treść oryginalnej wiadomości",
        "původní zpráva", "původní e-mail", "pôvodná správa", "eredeti üzenet",
        "izvirno sporočilo", "izvorna poruka", "originalna poruka", "оригинална порука",
        "mesaj original", "mesajul original", "оригинално съобщение", "исходное сообщение",
        "первоначальное сообщение", "оригинальное сообщение", "пересылаемое сообщение",
        "вихідне повідомлення", "оригінальне повідомлення", "αρχικό μήνυμα", "orijinal ileti",
        "orijinal mesaj", "özgün ileti", "algne sõnum", "algne kiri", "sākotnējais ziņojums",
        "originalus pranešimas", "元のメッセージ", "original message", "原始邮件", "原始信件",
        "原郵件", "原始郵件", "原始訊息", "回复的原邮件", "원본 메시지", "원본메시지",
        "원본 메일", "tin nhắn gốc", "thư gốc", "ข้อความต้นฉบับ", "pesan asli",
        "الرسالة الأصلية", "رسالة أصلية", "ההודעה המקורית", "הודעה מקורית", "پیام اصلی",
        "missatge original", "mensaxe orixinal", "previous message", "reply above this line",
        "antwort oberhalb dieser linie",
    )  # fmt: skip
)  # fmt: skip

# Of a forward: what follows is the point of the mail and stays.
FORWARDED_MESSAGE = frozenset(
    (
        "forwarded message", "forwarded by", "begin forwarded message",
        "weitergeleitete nachricht", "anfang der weitergeleiteten nachricht",
        "anfang der weitergeleiteten e-mail", "message transféré", "message transmis",
        "début du message réexpédié", "début du message transféré", "mensaje reenviado",
        "inicio del mensaje reenviado", "mensagem encaminhada", "mensagem reencaminhada",
        "início da mensagem encaminhada", "início da mensagem reencaminhada",
        "messaggio inoltrato", "inizio messaggio inoltrato", "doorgestuurd bericht",
        "begin doorgestuurd bericht", "videresendt besked", "videresendt meddelelse",
        "start på videresendt besked", "videresendt melding", "vidarebefordrat meddelande",
        "vidarebefordrat brev", "välitetty viesti", "edelleenlähetetty viesti",
        "przekazana wiadomość", "wiadomość przekazana dalej",
        "początek przekazywanej wiadomości", "přeposlaná zpráva", "preposlaná správa",
        "továbbított üzenet", "posredovano sporočilo", "proslijeđena poruka",
        "прослеђена порука", "mesaj redirecționat", "препратено съобщение",
        "пересланное сообщение", "пересылаемое сообщение", "начало переадресованного сообщения",
        "переслане повідомлення", "προωθημένο μήνυμα", "iletilmiş mesaj", "iletilen mesaj",
        "yönlendirilen ileti", "edastatud kiri", "pārsūtītais ziņojums", "persiųstas laiškas",
        "転送されたメッセージ", "転送メッセージ", "转发的邮件", "转发邮件信息", "轉寄郵件",
        "轉寄的郵件", "전달된 메시지", "전달된 메일", "thư được chuyển tiếp", "ข้อความที่ส่งต่อ",
        "pesan terusan", "pesan yang diteruskan", "رسالة مُعاد توجيهها",
        "الرسالة المعاد توجيهها", "הודעה שהועברה", "پیام بازارسالی", "missatge reenviat",
        "framsent skeyti",
    )  # fmt: skip
)  # fmt: skip

# "Sent from my iPhone" and its kin: beginnings of a whole line.
SENT_FROM = (
    "sent from my ", "sent from outlook", "sent from mail for", "sent from yahoo",
    "sent from samsung", "sent from proton", "sent from gmail", "sent from mobile",
    "sent from iphone", "sent from ipad", "sent on the go", "get outlook for", "sent by outlook",
    "sent from windows mail", "sent from email app", "sent from aol", "sent from nine",
    "sent from spark", "sent from airmail", "sent from blackberry", "envoyé de mon ",
    "télécharger outlook", "obtenez outlook", "provenance : ", "von meinem",
    "diese nachricht wurde von meinem", "holen sie sich outlook", "enviado do meu",
    "enviado desde mi ", "enviado de mi ", "obtener outlook", "descargar outlook",
    "obter o outlook", "obtenha o outlook", "scarica outlook", "ottieni outlook",
    "verstuurd vanaf mijn", "sendt fra min", "hent outlook", "skickat från min", "hämta outlook",
    "hanki outlook", "sent úr", "sendt úr", "pobierz outlook", "az iphone-omról",
    "trimis de pe ", "отправлено с ", "στάλθηκε από ", "αποστολή από ", "saadetud minu",
    "nosūtīts no mana", "išsiųsta iš mano", "发自我的", "發自我的", "從我的", "从我的", "来自我的",
    "寄自", "ส่งจาก", "dikirim dari", "terkirim dari", "أرسلت من", "أُرسلت من",
    "diese nachricht wurde mit", "از آیفون", "von iphone gesendet", "von ipad gesendet",
)  # fmt: skip
# Beginnings and ends that count only beside the name of a device or app.
SENT_WITH = (
    (
        "sent from ", "sent via ", "sent with ", "sent using ", "composed with ", "envoyé depuis",
        "envoyé à partir", "envoyé par ", "envoyé avec ", "gesendet von", "gesendet mit",
        "gesendet aus", "gesendet über", "versendet mit", "enviado desde", "enviado a partir",
        "enviado por ", "enviado con ", "enviado com ", "enviado via", "enviado pelo",
        "enviado do ",
        "enviado da ", "inviato da", "inviato dal", "inviato con ", "verstuurd vanaf",
        "verzonden vanaf", "verzonden met", "verstuurd met", "verzonden via", "sendt fra ",
        "sendt med ", "skickat från", "skickat fran", "skickat med ", "lähetetty ", "wysłane z",
        "wysłano z", "wysłane przez", "odesláno z", "odesláno pomocí", "odoslané z", "poslané z",
        "küldve ", "elküldve ", "poslano z", "poslano s", "poslano iz", "послато са", "послато с",
        "trimis de la", "trimis din", "trimis cu ", "изпратено от", "отправлено из",
        "отправлено через", "надіслано з", "надіслано від", "saadetud ", "nosūtīts no",
        "išsiųsta iš", "được gửi từ", "đã gửi từ", "gửi từ", "تم الإرسال من", "أرسل من", "נשלח מ",
        "ارسال شده از", "enviat des", "dihantar dari",
    ),
    (
        " gesendet", " küldve", "から送信", "에서 보냄", " gönderildi", "发送", "發送", "傳送",
        " से भेजा गया",
    ),
)  # fmt: skip
# "Get Outlook for Android": how such lines begin and end.
GET_APP = (
    (
        "get ", "download ", "obtenir ", "obtenez ", "télécharger ", "téléchargez ", "obtener ",
        "obtén ", "descargar ", "obter ", "obtenha ", "baixar ", "scarica ", "ottieni ", "hent ",
        "få ", "hämta ", "skaffa ", "hanki ", "pobierz ", "získat ", "získejte ", "stáhnout ",
        "obțineți ", "descărcați ", "preuzmite ", "prenesite ", "скачать ", "получить ",
        "загрузить ", "завантажити ", "отримати ", "изтеглете ", "λήψη ", "αποκτήστε ", "hankige ",
        "iegūstiet ", "gauti ", "获取", "下载", "取得", "下載", "tải ", "รับ", "dapatkan ", "unduh ",
        "الحصول على", "تنزيل", "הורד", "קבל", "holen ", "laden ",
    ),
    (
        " herunterladen", " downloaden", " letöltése", " beszerzése", " edinin", " indir", "を入手",
        "をダウンロード", "다운로드", " 받기", " letöltés",
    ),
)  # fmt: skip

# Subject prefixes (before the colon).
REPLY_PREFIXES = _names(
    "re aw antw antwort sv vs vá odp odpověď ynt yan rif r res ref bls atb noter 回复 答复 "
    "回覆 答覆 返信 re回复 회신 trả_lời ตอบ ตอบกลับ ответ отг отговор отв απ σχετ رد תגובה "
    "השב पुनः"
)
FORWARD_PREFIXES = _names(
    "fw fwd wg tr rv enc i doorst vb vl pd továbbítás tovább прf пересл переслать препр прд "
    "πρθ ilt ylnt 転送 转发 轉寄 轉發 전달 chuyển_tiếp ส่งต่อ إعادة_توجيه הועבר بازارسال fs "
    "fwd_fwd"
)
