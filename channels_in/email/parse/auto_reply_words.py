"""How absence notices begin: what tells an autoresponder by its subject. All in lower case."""

from __future__ import annotations

# How subjects of absence notices begin, by language.
ABSENCE_PHRASES = (
    # English
    "out of office", "out of the office", "out-of-office", "automatic reply", "auto reply",
    "auto-reply", "autoreply", "automated reply", "automated response",
    "automatic response", "auto response", "auto-response", "autoresponse", "vacation reply",
    "vacation notice", "away from my mail", "away from the office", "away notice",
    "i am out of the office", "absence notice",
    "vacation auto-reply", "vacation autoreply", "away from office", "annual leave",
    "on annual leave", "maternity leave", "paternity leave", "parental leave",
    "부재중 자동 회신", "currently away",
    "i'm out of the office", "i’m out of the office", "i am currently out of the office",
    "i'm currently out of the office", "i am away", "i am on leave", "i am on vacation",
    # German
    "automatische abwesenheitsnotiz", "urlaubsbenachrichtigung", "urlaubsnotiz",
    "abwesenheitsmeldung", "abwesenheitsmitteilung", "abwesenheitsinfo", "nicht im büro",
    "ich bin nicht im büro", "ich bin im urlaub", "ich bin abwesend", "außer haus",
    "abwesenheitsnotiz", "abwesenheitsbenachrichtigung", "automatische antwort",
    "automatische rückantwort", "autoantwort", "out of office autoreply",
    # French
    "réponse automatique", "reponse automatique", "absence du bureau", "message d'absence",
    "réponse d'absence", "notification d'absence",
    "message automatique d'absence", "message automatique", "absent du bureau", "je suis absent",
    "je suis absente", "hors du bureau",
    # Spanish, Portuguese, Catalan
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina",
    "resposta automática", "resposta automatica", "resposta automàtica", "fora do escritório",
    "ausência temporária", "ausência do escritório",
    "ausente de la oficina", "ausente do escritório", "mensaje automático", "mensagem automática",
    "estoy fuera de la oficina", "de vacaciones", "fora d'oficina",
    # Italian, Romanian
    "risposta automatica", "fuori ufficio", "fuori sede", "assente dall'ufficio",
    "sono fuori ufficio", "assenza dall'ufficio",
    "răspuns automat", "raspuns automat",
    # Dutch, Danish, Norwegian, Swedish, Finnish, Icelandic
    "automatisch antwoord", "afwezigheidsbericht", "niet aanwezig",
    "afwezigheidsmelding", "automatische reactie", "ik ben afwezig", "buiten kantoor",
    "automatisk svar", "autosvar", "ikke til stede", "ikke på kontoret", "fraværsmelding",
    "frånvaromeddelande", "inte på kontoret", "ej på kontoret",
    "automaattinen vastaus", "poissaoloilmoitus", "poissaoloviesti",
    "sjálfvirkt svar",
    # Polish, Czech, Slovak, Hungarian, Slovene, Croatian, Serbian
    "automatyczna odpowiedź", "odpowiedź automatyczna", "autoodpowiedź", "nieobecność",
    "poza biurem", "automatická odpověď", "automatická odpoveď", "mimo kancelář",
    "automatikus válasz", "házon kívül", "samodejni odgovor", "automatski odgovor",
    "аутоматски одговор",
    # Russian, Ukrainian, Bulgarian
    "автоматический ответ", "автоответ", "вне офиса", "отсутствую", "автоматична відповідь",
    "автоматичен отговор", "извън офиса",
    # Greek, Turkish, Baltic
    "αυτόματη απάντηση", "εκτός γραφείου", "otomatik yanıt", "otomatik cevap", "ofis dışında",
    "automaatvastus", "automātiska atbilde", "automātiskā atbilde", "automatinis atsakymas",
    # Japanese, Chinese, Korean, Vietnamese, Thai, Indonesian, Arabic, Hebrew
    "自動応答", "自動返信", "不在通知", "自动答复", "自动回复", "自動回覆", "自動回應",
    "不在办公室", "자동 회신", "자동 응답", "부재중", "trả lời tự động", "tự động trả lời",
    "ข้อความตอบกลับอัตโนมัติ", "ตอบกลับอัตโนมัติ", "balasan otomatis", "jawaban otomatis",
    "رد تلقائي", "خارج المكتب", "پاسخ خودکار", "תשובה אוטומטית", "מענה אוטומטי", "מחוץ למשרד",
)  # fmt: skip
# Words of everyday life: they count only with a colon or in brackets.
ABSENCE_WORDS = (
    "ooo", "oof", "pto", "vacation", "on vacation", "on leave", "away", "absence", "absent",
    "absent(e)", "absente", "abwesend", "abwesenheit", "urlaub", "automatisch", "ausente",
    "ausencia",
    "ausência", "assente", "assenza", "afwezig", "afwezigheid", "fraværende", "fravær", "frånvaro",
    "frånvarande", "poissa", "nieobecny", "nieobecna", "nepřítomnost", "neprítomnosť", "távollét",
    "отсутствую", "отсутствие", "不在", "休暇", "休假", "부재중",
)  # fmt: skip
ABSENCE_NOUNS = frozenset(
    ["autoreply", "auto-reply", "auto", "reply", "response", "message", "notice", "notification"]
)
# What may follow a phrase without making it a sentence about absence notices.
ABSENCE_TAILS = frozenset(
    (
        "re", "aw", "sv", "antw", "vs", "odp", "rif", "res", "ynt", "tr", "fw", "fwd", "wg", "from",
        "until", "till", "till:", "to", "through", "between", "for", "on", "today", "this", "next",
        "von", "vom", "bis", "ab", "für", "zu", "heute", "du", "de",
        "jusqu'au", "jusqu’au", "hasta",
        "desde", "del", "até", "dal", "fino", "al", "di", "van", "tot", "t/m",
        "op", "til", "fra", "från",
        "frem", "od", "do", "с", "до", "по", "w", "w/o", "and", "und", "i",
    )
)  # fmt: skip
