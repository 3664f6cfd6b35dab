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
        "scrissi", "shkroi", "написано", "pisze", "píše", "schrieben",
    )  # fmt: skip
)  # fmt: skip
# Too short or too common to prove anything alone; only together with a first word below.
WEAK_WROTE = frozenset(("je", "ezt", "đã", "said", "ecrit", "пише", "escrito"))
# Written without spaces around, or after the name.
WROTE_PARTS = (
    "写道", "寫道", "來信", "来信", "撰写", "のメール", "さんは書きました", "が書きました",
    "は書きました", "님이 작성", "님이 씀", "작성:", "wrote:", "schrieb am", "napisał(a)",
    "a scris", "ha scritto", "het volgende geschreven", "következőt írta", "ezt írta",
    "je napisao", "va escriure", "a écrit",
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
        "citando", "zitat", "mail", "fecha", "data", "v",
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
        "nadawca", "odesílatel", "odosielateľ", "remetente",
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
    ),
    "to": (
        "to", "an", "à", "a", "para", "aan", "til", "till", "vastaanottaja", "do", "komu",
        "címzett", "za", "către", "catre", "до", "кому", "προς", "kime", "alıcı", "saaja",
        "adresaat", "kam", "kam:", "kam.", "kam", "kam", "kam", "宛先", "收件人", "收件者",
        "받는 사람", "받는사람", "đến", "tới", "ถึง", "kepada", "ke", "إلى", "אל", "به", "pour",
        "destinatario", "empfänger", "destinatário", "per", "adresatas", "prima", "прима",
    ),
    "subject": (
        "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne",
        "ämne", "aihe", "otsikko", "temat", "předmět", "predmet", "tárgy", "zadeva", "наслов",
        "predmet.", "subiect", "относно", "тема", "θέμα", "konu", "teema", "temats", "tema",
        "件名", "主题", "主旨", "主題", "제목", "chủ đề", "tiêu đề", "เรื่อง", "หัวเรื่อง",
        "subjek", "perihal", "الموضوع", "נושא", "موضوع", "efni", "assumpte",
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
    "sent from my ", "sent from a ", "sent from outlook", "sent from mail for",
    "sent from yahoo", "sent from samsung", "sent from proton", "sent from gmail",
    "sent from mobile", "sent from iphone", "sent from ipad", "sent via ", "sent with ",
    "sent using ", "sent on the go", "get outlook for", "sent by outlook",
    "sent from windows mail", "sent from the ", "sent from email app", "sent from aol",
    "sent from nine", "sent from spark", "sent from airmail", "sent from blackberry",
    "envoyé de mon ", "envoyé depuis", "envoyé à partir", "envoyé par ", "télécharger outlook",
    "obtenez outlook", "provenance : ", "gesendet von", "von meinem", "gesendet mit",
    "gesendet aus", "gesendet über", "diese nachricht wurde von meinem",
    "holen sie sich outlook", "outlook für", "enviado desde", "enviado do meu", "enviado de mi",
    "enviado a partir", "enviado por ", "enviado con ", "enviado via", "enviado pelo",
    "obtener outlook", "descargar outlook", "obter o outlook", "obtenha o outlook", "inviato da",
    "inviato dal", "scarica outlook", "ottieni outlook", "verstuurd vanaf", "verzonden vanaf",
    "verzonden met", "verstuurd met", "verzonden via", "outlook voor", "sendt fra",
    "hent outlook", "skickat från", "skickat fran", "hämta outlook", "lähetetty ",
    "hanki outlook", "sent úr", "sendt úr", "wysłane z", "wysłano z", "pobierz outlook",
    "odesláno z", "odoslané z", "poslané z", "získat outlook", "küldve ", "elküldve ",
    "az iphone-omról", "poslano z", "poslano s", "послато са", "trimis de pe", "trimis din",
    "изпратено от", "отправлено с", "отправлено из", "отправлено через", "надіслано з",
    "надіслано від", "στάλθηκε από", "αποστολή από", "iphone'umdan gönderildi", "saadetud minu",
    "nosūtīts no", "išsiųsta iš", "iphoneから送信", "ipadから送信", "iphone から送信",
    "androidから送信", "outlook for ", "发自我的", "發自我的", "從我的", "从我的", "来自我的",
    "寄自", "나의 iphone에서 보냄", "내 iphone에서 보냄", "iphone에서 보냄", "được gửi từ",
    "gửi từ", "ส่งจาก", "dikirim dari", "terkirim dari", "أرسلت من", "تم الإرسال من",
    "أُرسلت من", "נשלח מ", "ارسال شده از", "از آیفون", "enviat des", "diese nachricht wurde mit",
    "von iphone gesendet", "von ipad gesendet",
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
