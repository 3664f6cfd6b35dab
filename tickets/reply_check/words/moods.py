"""Wording that puts the fault on the reader."""

from __future__ import annotations

import re

_BLAME = (
    # English
    r"\b(?:as|like)\s+(?:I|we)(?:['’]ve|\s+have)?\s+(?:already|previously|repeatedly|clearly)\s+"
    r"(?:said|told|explained|stated|mentioned|pointed\s+out)\b",
    r"\b(?:I|we)(?:['’]ve|\s+have)?\s+(?:already|repeatedly|clearly)\s+(?:told|explained)\b",
    r"\b(?:as|like)\s+(?:I|we)\s+(?:told|said\s+to)\s+you\b",
    r"\bas\s+(?:stated|mentioned|explained)\s+(?:many|several|multiple|countless|a\s+few)\s+times\b",
    r"\byou\s+(?:really\s+|simply\s+)?(?:should|could|ought\s+to)(?:['’]ve|\s+have)\s+\w+",
    r"\byou\s+(?:have\s+)?(?:simply\s+|clearly\s+|obviously\s+|just\s+)?(?:failed|neglected|forgot)\s+to\b",
    r"\byou\s+(?:clearly|obviously|apparently|evidently)\s+(?:did|have|are|do|don|haven|forgot)\w*\b",
    r"\b(?:clearly|obviously|evidently),?\s+you\b",
    r"\byou\s+(?:did\s+not|didn['’]t|never)\s+(?:even\s+)?(?:read|bother|listen|follow|pay\s+attention)\b",
    r"\bif\s+you\s+had\s+(?:only\s+|actually\s+|just\s+|simply\s+|bothered\s+to\s+)?"
    r"(?:read|followed|looked|listened|checked|told)\b",
    r"\b(?:your|ur)\s+(?:own\s+)?(?:fault|mistake|carelessness|negligence)\b",
    r"\byou\s+(?:are|have\s+been)\s+(?:wrong|mistaken|confused|to\s+blame)\b",
    r"\bcalm\s+down\b",
    r"\bnot\s+(?:my|our)\s+(?:problem|fault)\b",
    r"\b(?:how|why)\s+(?:could|would|did)\s+you\s+(?:possibly|ever|even)\b",
    # German
    r"\bwie\s+(?:ich|wir)\s+(?:ihnen|dir|euch)?\s*(?:bereits|schon)\s+(?:mehrfach\s+|mehrmals\s+|oft\s+)?"
    r"(?:gesagt|erklärt|mitgeteilt|geschrieben|erläutert)\b",
    r"\bwie\s+(?:bereits|schon)\s+(?:mehrfach|mehrmals|oft|wiederholt)\b",
    r"\bhätten\s+sie\s+(?:nur\s+|doch\s+|mal\s+|einfach\s+|vorher\s+)?[^.\n]{0,40}"
    r"(?:gelesen|beachtet|geschaut|befolgt|gesagt|geprüft)\b",
    r"\bsie\s+hätten\b[^.\n]{0,60}\b(?:müssen|sollen|können)\b",
    r"\b(?:selbst|selber)\s+schuld\b|\bihr(?:e)?\s+(?:eigene[rs]?\s+)?(?:fehler|schuld|versäumnis)\b",
    r"\bsie\s+haben\s+(?:offensichtlich|offenbar|anscheinend|wohl|einfach|schlicht)\b[^.\n]{0,50}"
    r"(?:nicht|vergessen|übersehen|falsch|versäumt)",
    r"\bberuhigen\s+sie\s+sich\b|\bnicht\s+(?:mein|unser)\s+problem\b",
    # French
    r"\bcomme\s+(?:je|nous)\s+(?:vous\s+)?(?:l[’'](?:ai|avons)|ai|avons)\s+(?:déjà|plusieurs\s+fois)\s+"
    r"(?:dit|expliqué|indiqué|écrit|répété)",
    r"\bcomme\s+(?:je|nous)\s+(?:vous\s+)?l[’'](?:ai|avons)\s+(?:déjà\s+)?(?:dit|répété)",
    r"\bvous\s+auriez\s+d[ûu]\b",
    r"\b(?:c[’']est|est)\s+(?:de\s+)?votre\s+(?:propre\s+)?(?:faute|erreur)\b",
    r"\bsi\s+vous\s+aviez\s+(?:lu|regardé|suivi|vérifié|écouté)\b",
    r"\b(?:vous\s+n[’']avez\s+(?:manifestement|visiblement|apparemment)|manifestement|visiblement),?\s+"
    r"(?:vous\s+n[’']avez\s+)?pas\b",
    r"\bcalmez[- ]vous\b|\bce\s+n[’']est\s+pas\s+(?:mon|notre)\s+problème\b",
    # Spanish
    r"\bcomo\s+ya\s+(?:le|te|les)\s+(?:dije|expliqué|he\s+dicho|hemos\s+dicho|dijimos|expliqu\w+|indiqu\w+)",
    r"\b(?:usted\s+)?deber[ií]as?\s+haber\w*\b|\btendr[ií]as?\s+que\s+haber\b",
    r"\b(?:es|fue|ha\s+sido)\s+(?:su|tu|culpa\s+suya)\s*(?:propia\s+)?(?:culpa|error)\b|\bpor\s+su\s+culpa\b",
    r"\bsi\s+(?:usted\s+)?(?:hubiera|hubiese|hubieras)\s+(?:leído|seguido|mirado|revisado|escuchado)\b",
    r"\b(?:evidentemente|obviamente|claramente),?\s+(?:usted\s+)?no\s+(?:ha|leyó|entendió|siguió|hizo)\b",
    r"\bcálmese\b|\bno\s+es\s+(?:mi|nuestro)\s+problema\b",
)

_NO_BLAME = (
    r"\b(?:not|n['’]t|never)\b[^.\n]{0,20}\b(?:your|ur)\s+(?:own\s+)?(?:fault|mistake)\b",
    r"\bno\s+(?:fault|mistake)\s+of\s+yours\b",
    r"\b(?:sorry|apologi[sz]e|apologies|entschuldig\w*|désolée?s?|lament\w*)\b[^.\n]*\b(?:you|sie|vous|usted)\b",
    r"\b(?:nicht|keinesfalls|keineswegs|kein)\s+(?:\w+\s+)?ihr(?:e)?\s+(?:fehler|schuld)\b",
    r"\b(?:not|nicht)\b[^.\n]{0,20}\bschuld\b",
    r"\bpas\s+(?:de\s+|du\s+tout\s+(?:de\s+)?)?votre\s+(?:faute|erreur)\b",
    r"\bno\s+(?:es|fue|ha\s+sido)\s+(?:su|tu)\s+(?:culpa|error)\b",
    r"\byou\s+(?:should|could)(?:['’]ve|\s+have)\s+(?:received|gotten|got|been|had|heard|seen)\b",
    r"\bsie\s+hätten\b[^.\n]{0,40}\b(?:erhalten|bekommen|informiert|benachrichtigt)\b",
    r"\bvous\s+auriez\s+d[ûu]\s+(?:recevoir|être|avoir)\b",
    r"\bdeber[ií]as?\s+haber\s+(?:recibido|llegado|sido)\b",
    r"\b(?:understand|sorry|apologi[sz]e|thought|if|whether|in\s+case)\b[^.\n]{0,30}\byou\s+forgot\s+to\b",
)

BLAME = re.compile("|".join(_BLAME), re.IGNORECASE)
NO_BLAME = re.compile("|".join(_NO_BLAME), re.IGNORECASE)
