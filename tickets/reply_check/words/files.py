"""How people say that a file comes along, and how they speak of a file that does not."""

from __future__ import annotations

import re

_CLAIMS = (
    # English
    r"\b(?:I|we)(?:['’](?:ve|m|re|ll|d)|\s+(?:have|am|are|will))?\s+"
    r"(?:(?:just|also|now|again|here(?:by|with)|already)\s+)*(?:attach|enclos)(?:ed|ing|e)?\b",
    r"\b(?:find|see)\s+(?:\S+\s+){0,5}?(?:attached|enclosed|attachments?)\b",
    r"\b(?:attached|enclosed)\s+(?:is|are|please|you|herewith|below|here)\b",
    r"\b(?:is|are|[’']s)\s+(?:also\s+|now\s+)?(?:attached|enclosed)\b",
    r"\bthe\s+(?:attached|enclosed)\s+(?!to\b)\w+",
    r"\bin\s+the\s+attach(?:ment|ed)\b",
    r"\bas\s+an?\s+(?:e-?mail\s+)?attachment\b",
    r"\b(?:invoice|screenshot|file|photo|form|label|document|pdf|copy|receipt|guide|manual|list|"
    r"contract|quote|report|log|picture|image|statement|confirmation|note)s?\s+attached\b",
    r"^\W*(?:attached|enclosed)\b(?!\s+to\b)",
    r"\bsee\s+attachments?\b",
    r"\bI\s+attach\b",
    # German
    r"\banbei\b",
    r"\bbei(?:gefügt|liegend|gelegt)\w*\b",
    r"\bangehängt\w*\b",
    r"\bangefügt\w*\b",
    r"\banhängend\w*\b",
    r"\b(?:im|als|dem)\s+anhang\b",
    r"\banhang\s+(?:finden|enthält|zeigt)\b",
    r"\b(?:als|(?:in\s+der))\s+anlage\s+(?:finden|erhalten|senden|sende|schicke|übersende)\b",
    r"\b(?:sende|schicke|übersende)\w*\b[^.]{0,60}\bals\s+(?:anlage|anhang|pdf)\b",
    r"\bin\s+der\s+(?:beilage|mitgesendeten)\b",
    r"\bfüge\w*\b[^.]{2,70}\bbei\b(?=\s*[.!,;:]|\s*$)",
    r"\b(?:hänge|hängen)\b[^.]{2,70}\ban\b(?=\s*[.!,;:]|\s*$)",
    # French
    r"\bci[- ]joint(?:e|s|es)?\b",
    r"\ben\s+pi[eè]ces?\s+jointes?\b",
    r"\bla\s+pi[eè]ce\s+jointe\b",
    r"\ben\s+(?:annexe|PJ)\b",
    r"\b(?:je|nous)\s+(?:vous\s+)?joi(?:ns|gnons)\b",
    r"\bjoint(?:e|s|es)?\s+à\s+(?:ce|cet|cette|mon|notre|la\s+présente)\b",
    r"\btrouver(?:ez)?\b[^.]{0,40}\bjoint(?:e|s|es)?\b",
    # Spanish
    r"\badjunt(?:o|os|a|as|amos)\b",
    r"\bh(?:e|emos)\s+adjuntado\b",
    r"\bcomo\s+adjunto\b",
    r"\ben\s+el\s+(?:archivo\s+|documento\s+)?adjunto\b",
    # Italian, Dutch, Portuguese
    r"\bin\s+allegato\b|\balleg(?:o|hiamo)\b|\ballegat[oaie]\s+(?:trov|alla\s+presente)",
    r"\bbijgevoegd\w*\b|\bbijgaand\w*\b|\b(?:in|als)\s+(?:de\s+)?bijlage\b",
    r"\bem\s+anexo\b|\banexe?i\b|\bsegue\b[^.]{0,40}\banexo\b",
)

_NOT_OURS = (
    # of the customer's files, or asking for one
    r"\byou(?:[’'](?:ve|d|ll)|\s+have|\s+had|\s+will)?\s+(?:\w+\s+)?(?:attach|enclos|sent|upload|forg)",
    r"\byour\s+(?:\w+\s+){0,2}attach",
    r"\b(?:could|can|would|will)\s+you\b(?!\s+(?:please\s+)?(?:find|see)\b)",
    r"\bplease\s+(?:\w+\s+)?(?:attach|enclose|send|upload|add|resend|reply)\b",
    r"\bif\s+(?:you|there)\b",
    r"\b(?:no|without|any|missing|forgot|never)\s+(?:\w+\s+){0,2}attach",
    r"\b(?:not|n[’']t)\s+(?:\w+\s+)?(?:attach|enclos|see|open|find|read)",
    r"\b(?:unable|cannot|fail\w*)\s+(?:to\s+)?(?:\w+\s+)?(?:attach|open)",
    r"\b(?:attach|enclos)\w*\s+(?:\w+\s+){0,3}(?:to|with)\s+(?:your|the|our|its|his|her|each|every|a)"
    r"\b(?!\s+(?:e-?mail|mail|message|reply|ticket))",
    r"\b(?:attachments?)\s+(?:are|were|is|was|must|should|can|may|up|over|larger|of\s+your)\b",
    r"\b(?:arrived|came|received)\b[^.]{0,30}\battach",
    r"\b(?:attached|enclosed)\s+(?:great|much)\b",
    r"\b(?:firmly|securely|properly|permanently|magnetically)\s+attached\b",
    r"\bin\s+the\s+attach\w*\s+(?:you|of\s+your|from\s+you)\b",
    r"\battached\s+(?:with|by|onto|using)\b(?!\s+this)|\bin\s+the\s+attachment\s+(?:from|of)\b",
    r"\b(?:we|I)\s+attach\s+(?:great|much|no|particular)\b",
    # German
    r"\bihr(?:e[nmrs]?)?\s+(?:\w+\s+){0,2}(?:anhang|anlage|angehängt|beigefügt|beiliegend)",
    r"\b(?:im|aus\s+dem|den)\s+anhang\s+(?:ihrer|ihres|deiner|von\s+ihnen)\b",
    r"\b(?:von\s+ihnen|haben\s+sie|hatten\s+sie|sie\s+haben|sie\s+hatten|du\s+hast)\b",
    r"\b(?:können|könnten|würden|möchten|kannst|könntest)\s+(?:sie|du)\b",
    r"\bbitte\s+(?:\w+\s+){0,6}?(?:hängen|fügen|senden|schicken|laden|legen)\s+(?:sie|\w+\s+sie)\b",
    r"\bkein\w*\s+(?:\w+\s+)?(?:anhang|anlage|datei)|\bohne\s+anhang\b|\bnicht\s+(?:\w+\s+)?"
    r"(?:angehängt|beigefügt|öffnen|lesbar|angekommen|beigelegt)",
    r"\b(?:wenn|falls|sofern)\s+(?:sie|du|der|die|das)\b",
    r"\b(?:paket|karton|lieferung|sendung|verpackung|päckchen|schrauben|gerät)\w*\b[^.]{0,40}\b"
    r"(?:bei(?:gefügt|liegend|gelegt))|\b(?:bei(?:gefügt|liegend|gelegt))\w*\b[^.]{0,40}\b"
    r"(?:paket|karton|schrauben|schlüssel|retourenschein\s+im)",
    r"\b(?:hing|hängt|hängen\s+bleibt)\b",
    # French
    r"\bvo(?:tre|s)\s+(?:\w+\s+)?pi[eè]ces?\s+jointes?\b",
    r"\b(?:pourriez|pouvez|voudriez|pourrais|peux)[- ](?:vous|tu)\b",
    r"\b(?:veuillez|merci\s+de)\s+(?:bien\s+)?(?:vouloir\s+)?(?:nous\s+|m[’']|me\s+)?"
    r"(?:joindre|envoyer|renvoyer|faire|transmettre|adresser)\b",
    r"\b(?:sans|aucune)\s+pi[eè]ce\s+jointe\b",
    r"\bvous\s+(?:nous\s+|m[’'])?(?:avez|aviez)\s+(?:\w+\s+)?(?:joint|envoyé|transmis|oublié)",
    r"\bsi\s+vous\b",
    r"\b(?:pas|plus)\s+(?:\w+\s+)?(?:joint|ouvrir|lisible|reçu|de\s+pi[eè]ce)",
    r"\bfichier\w*\s+que\s+vous\b|\bpi[eè]ces?\s+jointes?\s+(?:que\s+vous|de\s+votre|est\s+illisible)",
    # Spanish
    r"\b(?:su|sus|tu|tus)\s+(?:\w+\s+)?adjunt",
    r"\b(?:podría|puede|puedes|podrías|pueden)\b",
    r"\bpor\s+favor,?\s+(?:\w+\s+)?(?:adjunt|envíe|envía|mande|suba|añad)",
    r"\b(?:sin|ningún|ninguna|falta\s+el)\s+(?:\w+\s+)?adjunt",
    r"\bque\s+(?:usted\s+)?(?:nos\s+|me\s+)?(?:ha\s+)?(?:adjunt|envió|enviaste|mandó)",
    r"\bno\s+(?:\w+\s+){0,3}(?:adjunt|abrir)",
    r"\bsi\s+(?:nos\s+|me\s+)?(?:adjunta|envía|puede)",
    # Italian, Dutch, Portuguese
    r"\b(?:può|potrebbe|puoi)\b|\b(?:kunt|kan|zou)\s+(?:u|je)\b|\b(?:você\s+)?(?:pode|poderia)\b",
    r"\b(?:uw|je|jouw)\s+bijlage\b|\b(?:il\s+suo|suo)\s+allegato\b|\bseu\s+anexo\b",
    r"\b(?:geen|zonder)\s+bijlage\b|\b(?:senza|nessun)\s+allegato\b|\bsem\s+anexo\b",
)

CLAIMS = re.compile("|".join(_CLAIMS), re.IGNORECASE)
NOT_OURS = re.compile("|".join(_NOT_OURS), re.IGNORECASE)
