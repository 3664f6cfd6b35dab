"""How people open, close and thank, by language: the small words of templated conversations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Voice:
    """Greeting and farewell of a customer; {name} and {first} are the slots."""

    greeting: str
    farewell: str


VOICES: dict[str, tuple[Voice, ...]] = {
    "en": (
        Voice("Hello,", "Kind regards\n{name}"),
        Voice("Hi there,", "Thanks so much!\n{first}"),
        Voice("", ""),
        Voice("Dear BrightCart team,", "Yours sincerely\n{name}"),
        Voice("Good morning,", "{name}"),
        Voice("hi", "cheers {first}"),
        Voice("Hello.", "I expect a swift answer.\n{name}"),
        Voice("Hi,", "Best,\n{first}\n\nSent from my phone"),
        Voice("To whom it may concern,", "{name}"),
        Voice("Hey BrightCart,", "ta, {first} x"),
    ),
    "de": (
        Voice("Guten Tag,", "Mit freundlichen Grüßen\n{name}"),
        Voice("Hallo,", "Viele Grüße\n{first}"),
        Voice("Sehr geehrte Damen und Herren,", "Hochachtungsvoll\n{name}"),
        Voice("Moin,", "LG {first}"),
    ),
    "fr": (
        Voice("Bonjour,", "Cordialement,\n{name}"),
        Voice("Madame, Monsieur,", "Bien à vous,\n{name}"),
        Voice("Bonsoir,", "Merci !\n{first}"),
    ),
    "es": (
        Voice("Hola:", "Un saludo,\n{first}"),
        Voice("Buenos días:", "Atentamente,\n{name}"),
    ),
    "it": (
        Voice("Buongiorno,", "Cordiali saluti\n{name}"),
        Voice("Ciao,", "Grazie!\n{first}"),
    ),
    "nl": (
        Voice("Hallo,", "Groetjes,\n{first}"),
        Voice("Beste BrightCart,", "Met vriendelijke groet,\n{name}"),
    ),
    "pl": (
        Voice("Dzień dobry,", "Pozdrawiam\n{name}"),
        Voice("Witam,", "Z poważaniem\n{name}"),
    ),
    "pt": (
        Voice("Bom dia,", "Cumprimentos,\n{name}"),
        Voice("Olá,", "Obrigado,\n{first}"),
    ),
}

AGENT_GREETINGS: dict[str, tuple[str, ...]] = {
    "en": (
        "Hi {first},",
        "Hello {first},",
        "Dear {first},",
        "Hi {first}, thanks for your message.",
    ),
    "de": ("Guten Tag {name},", "Hallo {first},"),
    "fr": ("Bonjour {first},", "Bonjour {name},"),
    "es": ("Hola, {first}:", "Buenos días, {first}:"),
    "it": ("Buongiorno {first},", "Ciao {first},"),
    "nl": ("Hoi {first},", "Beste {first},"),
    "pl": ("Dzień dobry,",),
    "pt": ("Bom dia, {first},", "Olá {first},"),
}

AGENT_FAREWELLS: dict[str, tuple[str, ...]] = {
    "en": (
        "{agent}",
        "Kind regards\n{agent}",
        "All the best\n{agent}",
        "Have a good day!\n{agent}",
    ),
    "de": ("Freundliche Grüße\n{agent}", "Viele Grüße\n{agent}"),
    "fr": ("Bien à vous,\n{agent}", "Bonne journée,\n{agent}"),
    "es": ("Un saludo,\n{agent}",),
    "it": ("Un saluto,\n{agent}",),
    "nl": ("Groet,\n{agent}",),
    "pl": ("Pozdrawiam\n{agent}",),
    "pt": ("Cumprimentos,\n{agent}",),
}

THANKS: dict[str, tuple[str, ...]] = {
    "en": (
        "Thank you!",
        "Great, that's all I needed.",
        "Brilliant, thanks for the quick answer.",
        "ok thx",
        "Perfect. You can close this.",
        "That worked. Thank you very much indeed.",
        "👍",
        "Much appreciated!",
    ),
    "de": ("Vielen Dank!", "Super, hat geklappt.", "Besten Dank, damit ist alles erledigt."),
    "fr": ("Merci beaucoup !", "Parfait, merci.", "Bien reçu, bonne journée."),
    "es": ("¡Muchas gracias!", "Perfecto, gracias."),
    "it": ("Grazie mille!", "Perfetto, grazie."),
    "nl": ("Top, bedankt!", "Helemaal goed, dank je."),
    "pl": ("Dziękuję bardzo!", "Super, dzięki."),
    "pt": ("Muito obrigado!", "Perfeito, obrigada."),
}

DAYS: dict[str, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi"),
    "es": ("lunes", "martes", "miércoles", "jueves", "viernes"),
    "it": ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"),
    "pl": ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek"),
    "pt": ("na segunda", "na terça", "na quarta", "na quinta", "na sexta"),
}

CITIES: dict[str, tuple[str, ...]] = {
    "en": ("Leeds", "Bristol", "Dublin", "Glasgow", "Rotterdam", "Luton", "Cork"),
    "de": ("Hamburg", "Kassel", "Leipzig", "Graz", "Bremen"),
    "fr": ("Lyon", "Lille", "Nantes", "Liège"),
    "es": ("Madrid", "Zaragoza", "Valencia"),
    "it": ("Bologna", "Verona", "Bari"),
    "nl": ("Utrecht", "Tilburg", "Zwolle"),
    "pl": ("Łódź", "Poznań", "Wrocław"),
    "pt": ("Porto", "Coimbra", "Faro"),
}

RATING_COMMENTS: dict[str, tuple[str, ...]] = {
    "good": (
        "",
        "",
        "Quick and friendly.",
        "Solved with one answer, thank you.",
        "A real person who read what I wrote!",
        "Faster than I expected",
        "👌",
        "Very patient with me.",
    ),
    "bad": (
        "",
        "Took too long.",
        "Had to explain it twice.",
        "Polite, but the problem is still there.",
        "I wanted a call, not a mail.",
    ),
}
