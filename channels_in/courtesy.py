"""Messages that say thanks and nothing else: they do not reopen a solved ticket.

A message is one only if each of its words is known to be polite: "thanks for nothing" and "thanks,
but it is still broken" hold words that are not, and stay ordinary. Better ten thanks too many that
reopen a ticket than one complaint that does not.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 200  # letters


def _words(text: str) -> frozenset[str]:
    return frozenset(text.casefold().split())


# Words that carry the thanks, or a plain "all is well"; at least one must be there.
_THANKS = _words(
    """
    thanks thank thankyou thx tnx ty cheers appreciated appreciate grateful gratitude
    danke dank dankeschön dankesehr bedanke vergelts merci remercie remercions gracias agradezco
    agradecido agradecida grazie ringrazio obrigado obrigada obg bedankt dankjewel dankuwel
    tak takk tack tusen kiitos kiitti dziękuję dzięki dziekuje dzieki děkuji díky dekuji diky
    ďakujem vďaka köszönöm köszi mulțumesc multumesc mersi hvala благодаря спасибо благодарю
    дякую хвала ευχαριστώ teşekkürler teşekkür tesekkurler sağol eyvallah
    ありがとう ありがとうございます ありがとうございました 感謝します 謝謝 谢谢 感谢 多谢
    감사합니다 고맙습니다 감사 ขอบคุณ ขอบคุณครับ ขอบคุณค่ะ cảm ơn terima kasih makasih
    شكرا شكراً شكرًا תודה धन्यवाद शुक्रिया
    """
)
# Words that may stand beside them without a request in them.
_POLITE = _words(
    """
    you u very much so a lot lots many million again for the your all of and to i we it is was
    that this help support helping quick fast prompt swift speedy kind great good excellent perfect
    awesome wonderful amazing brilliant super nice lovely fantastic reply response answer service
    assistance time effort advice information info works working worked now fine well solved
    resolved fixed sorted received got really sincerely truly indeed team everyone both guys folks
    dear hi hello hey ok okay yes great! best kind warm regards wishes have day evening weekend week
    my our am are be once more in advance
    vielen vielmals schön schönen sehr herzlichen herzlich besten lieben tausend für die das den
    der ihre ihren eure deine hilfe unterstützung schnelle schnellen rasche rückmeldung antwort
    info infos auskunft alles super prima toll perfekt bestens wunderbar klasse gut jetzt nun
    funktioniert geklappt hat passt erledigt ist und auch ich wir mich uns ihnen dir euch mal
    nochmal nochmals mit freundlichen freundliche grüßen grüße gruß liebe viele beste team tag
    wochenende abend noch einen ein eine hallo ja im voraus
    beaucoup bien mille pour votre vos ton aide réponse rapide tout parfait super génial
    cordialement bonne journée soirée je vous te nous de la le les et à encore équipe bonjour
    oui c'est
    muchas muchísimas mil por su tu la el ayuda respuesta rápida todo perfecto genial excelente
    bien saludos un una muy amable buen buenos día días tarde y les os equipo hola sí
    mille tante molte per il vostro tuo aiuto supporto risposta tutto perfetto ottimo bene cordiali
    saluti buona giornata e ancora gentile team ciao sì
    muito pela pelo ajuda resposta tudo perfeito ótimo bom dia tarde abraço atenciosamente equipe
    hartelijk heel erg wel voor uw je jullie hulp snelle reactie antwoord top prima fijne dag
    groeten groet vriendelijke met en alvast
    så mycket för hjälpen svaret mange for hjelpen hjælpen svaret paljon avusta
    bardzo za pomoc szybką odpowiedź pozdrawiam wszystko działa serdecznie super
    moc za rychlou odpověď s pozdravem pěkný den
    большое огромное за помощь быстрый ответ всё все работает отлично вам
    çok yardımınız için ederim ederiz
    お世話になりました 助かりました よろしくお願いします 了解です 了解しました
    """
)
# A clause that begins with one of these asks, even without a question mark.
_ASKING = _words("is are was were do does did can could will would am ist sind est es è")
_CLAUSE = re.compile(r"[.!,;:\n]+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def is_courtesy(text: str, *, names: tuple[str, ...] = ()) -> bool:
    """Whether a visible reply only thanks. `names`: of writer and agents, as they may be said.

    A question, a number, a link or an unknown word makes it an ordinary message.
    """
    said = unicodedata.normalize("NFC", text).strip().casefold()
    if not said or len(said) > LONGEST or any(mark in said for mark in "?？؟/@"):
        return False
    if any(letter.isdigit() for letter in said):
        return False
    words = _WORD.findall(said)
    known = {word for name in names for word in _WORD.findall(name.casefold())}
    if not all(word in _THANKS or word in _POLITE or word in known for word in words):
        return False
    return any(word in _THANKS for word in words) and not any(map(_asks, _CLAUSE.split(said)))


def _asks(clause: str) -> bool:
    words = _WORD.findall(clause)
    return len(words) > 1 and words[0] in _ASKING
