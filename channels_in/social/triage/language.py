"""Which language a post is written in, by its most frequent words and its letters."""

from __future__ import annotations

import unicodedata
from collections import Counter

from channels_in.social.triage.reading import Reading

# The words every text of a language is full of, without accents.
_FREQUENT = {
    "en": "the and to of is it you my your for that this with not on was are have be but at how i "
    "me do does from just can we get no what when has been they so all here where any an by or "
    "got its dont cant im ive who why would could there still been after out best great new",
    "de": "der die das und ist nicht ich ihr mir mein meine euch eure den dem ein eine zu mit von "
    "auf fur es im wie was wo wann seit noch auch nur bei kann kein keine keiner war wird sind "
    "habe hat so aber wenn man schon wieder immer jetzt bitte danke sehr doch aus nach uber hallo",
    "es": "el la los las de que y en un una no es por con para mi me se lo su al del como esta "
    "este ya todo pero muy hay desde donde cuando quien son estan he ha sin mas gracias hola "
    "sigue alguien nadie ni si tu te yo nunca otra vez mis",
    "fr": "le la les de des et en un une est pas je vous que pour dans mon ma mes votre vos sur ce "
    "cette avec qui ne du au aux il elle on ai avez ete plus tout mais tres bien comment ou quand "
    "depuis merci bonjour personne encore rien toujours j l d c n s qu",
    "it": "il lo la gli di che e un una non per con mi sono del della ho ha come questo anche piu "
    "ma grazie ciao perche dove quando sempre ancora molto mio mia",
    "nl": "de het een en van ik je niet is dat op te in met voor mijn maar ook naar zijn heb "
    "hebben wat hoe waar wanneer nog geen jullie bedankt graag deze wel er aan",
    "pt": "o a os as de que e em um uma nao para com por meu minha se mais mas como esta muito ja "
    "voce obrigado quando onde quem foi sou ainda bom",
    "pl": "nie to sie na jest w z i do ze co jak moje moj czy juz ale od po dla prosze dziekuje",
    "sv": "och att det som en pa ar av for med jag har inte min ni den till om var hur kan tack",
}
_WORDS = {language: frozenset(words.split()) for language, words in _FREQUENT.items()}
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "CYRILLIC": "ru",
    "ARABIC": "ar",
    "HEBREW": "he",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "hi",
}


def guess(text: str, reading: Reading, hint: str = "") -> tuple[str, bool]:
    """The language as BCP 47's first part, and whether that is sure; empty when nothing tells.

    What the network says wins over a weak guess, and loses against a strong one: people write in
    another language than their app is set to.
    """
    script = _by_script(text)
    if script:
        return script, True
    counts = Counter[str]()
    for word in reading.words:
        for language, frequent in _WORDS.items():
            counts[language] += word in frequent
    hint = hint.partition("-")[0].lower()
    ranked = counts.most_common(2)
    if not ranked or ranked[0][1] == 0:
        return hint or _by_letters(text), False
    best, hits = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    if hint and (hits < 2 or hits - counts[hint] < 2):
        return hint, hits > 1
    if hits == second:
        return _by_letters(text) or best, False
    return best, hits > 1


def _by_script(text: str) -> str:
    counts = Counter[str]()
    letters = [letter for letter in text[:300] if letter.isalpha() and ord(letter) > 0x370]
    for letter in letters:
        counts[unicodedata.name(letter, "").split(" ")[0]] += 1
    if not letters:
        return ""
    if counts["HIRAGANA"] + counts["KATAKANA"]:
        return "ja"
    name, hits = counts.most_common(1)[0]
    return _SCRIPTS.get(name, "") if hits > 2 else ""


def _by_letters(text: str) -> str:
    lowered = text.lower()
    if any(letter in lowered for letter in "ñ¿¡"):
        return "es"
    if any(letter in lowered for letter in "ßäöü"):
        return "de"
    if any(letter in lowered for letter in "çêèœàù"):
        return "fr"
    return ""


def is_frequent(word: str) -> bool:
    """Whether some language is full of this (folded) word."""
    return any(word in frequent for frequent in _WORDS.values())
