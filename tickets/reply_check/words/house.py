"""How colleagues speak among themselves."""

from __future__ import annotations

INTERNAL_HOST_ENDINGS = (
    ".internal", ".local", ".localhost", ".lan", ".corp", ".intranet", ".intra", ".home.arpa",
    ".localdomain", ".test", ".private",
)  # fmt: skip

INTERNAL_WORDING = (
    # English
    r"\binternal(?:ly)?[ -](?:note|only|use only|comment|memo|info|ticket)s?\b(?!\s+numbers?)",
    r"^\W*internal(?:ly)?\s*:",
    r"\b(?:note|fyi|message)\s+(?:to|for)\s+(?:self|the\s+team|colleagues|the\s+next\s+shift)\b",
    r"\b(?:do\s+not|don['’]t|please\s+don['’]t|never)\s+(?:share|tell|forward|mention|send)\b[^.\n]{0,40}"
    r"\b(?:the\s+customer|the\s+client|customers|clients|with\s+(?:the\s+)?(?:customer|client)s?)\b",
    r"\bnot\s+(?:for|to\s+be\s+shared\s+with)\s+(?:the\s+)?(?:customer|client)s?\b(?:['’]s\s+eyes)?",
    r"\b(?:the|this)\s+(?:customer|client)\s+(?:is|seems|has\s+been|keeps|wants|claims|says|does|did|"
    r"was|insists|needs|asked)\b",
    r"\b(?:tell|ask|reply\s+to|answer)\s+(?:the|this)\s+(?:customer|client)\b",
    r"\b(?:can|could)\s+(?:someone|somebody|anyone)\s+(?:from\s+\w+\s+)?(?:take|look\s+at|handle|check)\s+this\b",
    # German
    r"\b(?:interne[rs]?\s+(?:notiz|vermerk|kommentar|info|hinweis)|nur\s+(?:für\s+)?intern\w*|"
    r"nicht\s+(?:für|an)\s+(?:den|die)\s+kund(?:en|in)\b)",
    r"^\W*intern\s*:",
    r"\b(?:der\s+kunde|die\s+kundin)\s+(?:ist|hat|will|möchte|behauptet|sagt|war|nervt|meint|fragt)\b",
    r"\bdem\s+kunden\s+(?:nicht\s+)?(?:sagen|mitteilen|antworten|schreiben|zeigen)\b",
    r"\bkann\s+(?:jemand|einer)\s+(?:von\s+\w+\s+)?(?:das|hier|mal|sich)\b[^.\n]{0,30}"
    r"(?:übernehmen|anschauen|ansehen|prüfen)",
    # French
    r"\b(?:note|usage|commentaire|info)s?\s+internes?\b|\bà\s+usage\s+interne\b",
    r"^\W*interne\s*:",
    r"\bne\s+(?:pas|rien)\s+(?:dire|transmettre|communiquer|partager|envoyer)\b[^.\n]{0,30}\bclient",
    r"\b(?:le\s+client|la\s+cliente)\s+(?:est|a|veut|dit|prétend|demande|était|insiste)\b",
    # Spanish
    r"\bnotas?\s+internas?\b|\bsolo\s+(?:para\s+)?uso\s+interno\b|\buso\s+interno\b",
    r"^\W*interno\s*:",
    r"\bno\s+(?:decir|compartir|contar|enviar|reenviar)\b[^.\n]{0,40}\bclientes?\b",
    r"\b(?:el|la|este|esta)\s+client[ea]\s+(?:es|está|quiere|dice|ha|pide|insiste|afirma)\b",
)
