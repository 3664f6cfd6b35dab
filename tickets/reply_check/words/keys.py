"""What bank accounts, passwords and keys look like."""

from __future__ import annotations

import re

# ISO 13616 registry: the length of an IBAN in each country.
LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29,
    "BY": 28, "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29,
    "ES": 24, "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28,
    "HR": 21, "HU": 28, "IE": 22, "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20,
    "LB": 28, "LC": 32, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22,
    "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15, "PK": 24, "PL": 28, "PS": 29, "PT": 25,
    "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "ST": 25,
    "SV": 28, "TL": 23, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
PASSWORDS = re.compile(
    r"(?<![\w-])(?:pass(?:word|wort|phrase|code)?|pwd|kennwort|zugangscode|geheimzahl|pin(?:-?code)?|"
    r"mot\s+de\s+passe|code\s+secret|contraseña|clave|secret(?:\s+key)?|api[ -]?(?:key|token|schlüssel)|"
    r"access[ -]?(?:key|token)|token|wachtwoord|senha|palabra\s+clave)"
    r"(?:\s+(?:for|für|pour|de|para|to|of|zum|vom)\s+[^\s:=.]{1,30}(?:\s+[^\s:=.]{1,30})?)?"
    r"\s*(?:\b(?:is|ist|lautet|lautete|est|es|was|now|nun|jetzt)\b\s*)?[:=]?\s*(?:\b(?:now|nun|jetzt)\b\s*)?"
    r"[\"'`“„«»*(]*(?P<value>[^\s\"'`“”„«»]{4,64})",
    re.IGNORECASE,
)
KEYS = re.compile(
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----|\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}"
    r"|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{30,}|\bglpat-[\w-]{20,}"
    r"|\bxox[abeoprs]-[A-Za-z0-9-]{12,}|\bAIza[\w-]{35}|\bSG\.[\w-]{16,}\.[\w-]{16,}"
    r"|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}|\bBearer\s+[\w.~+/-]{24,}=*"
    r"|(?<![\w+.-])[a-z][a-z0-9+.-]{1,20}://[^\s:@/]{1,64}:[^\s:@/]{4,64}@[\w.-]+"
)
