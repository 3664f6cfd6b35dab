"""German, from Germany, Switzerland and Austria."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="de-espresso",
        channel="email",
        subject=("Espressomaschine tropft nach der Entkalkung"),
        requester="ulrike",
        messages=(
            said(
                "ulrike",
                0,
                "Guten Tag,\n\n"
                "seit der Entkalkung am Wochenende tropft meine Corvo aus der Brühgruppe, "
                "auch wenn sie ausgeschaltet ist. Ungefähr ein Espressotässchen pro Nacht. "
                "Ich habe die Dichtung schon gereinigt. Was kann ich noch tun?\n\n"
                "Mit freundlichen Grüßen\n"
                "Ulrike Schönfeld",
                "tropfen.jpg",
            ),
            said(
                "alice",
                102,
                "Guten Tag Frau Schönfeld,\n\n"
                "vermutlich sitzt ein Kalkkrümel im Ventil. Bitte spülen Sie dreimal mit "
                "klarem Wasser und lassen Sie den Hebel dabei ganz offen; in den meisten "
                "Fällen ist es danach dicht. Wenn nicht, schicke ich Ihnen das Ventil, es "
                "ist mit zwei Schrauben getauscht.\n\n"
                "Freundliche Grüße\n"
                "Alice Moreau",
            ),
            said(
                "ulrike",
                1300,
                "Beim zweiten Spülen kam ein Krümel heraus, seitdem trocken. Herzlichen Dank!",
            ),
        ),
        group="Support",
        assignee="alice",
        status="solved",
        priority="normal",
        type="incident",
        tags=("technical", "coffee"),
        language="de",
        rating="good",
        rating_comment=("Sehr kompetent, herzlichen Dank."),
        product=("Corvo espresso machine"),
    ),
    Story(
        key="de-lieferung-baustelle",
        channel="email",
        subject=("Lieferung an falsche Baustelle!!"),
        requester="weber",
        messages=(
            said(
                "weber",
                0,
                "Hallo,\n\n"
                "die 60 Feuchtraumleuchten wurden nach Potsdam geliefert. POTSDAM! Auf dem "
                "Auftrag steht groß und breit Cottbus. Meine Leute stehen hier rum und "
                "kosten mich pro Stunde mehr als Ihre Leuchten.\n\n"
                "Weber",
            ),
            said(
                "priya",
                28,
                "Guten Tag Herr Weber,\n\n"
                "das war unser Fehler: Auf dem Etikett stand die Adresse Ihrer letzten "
                "Bestellung. Ein Direktkurier holt die Leuchten um 11 Uhr in Potsdam ab und "
                "ist gegen 13:30 in Cottbus. Die Kosten tragen wir.\n\n"
                "Priya Nair",
            ),
            said(
                "weber",
                190,
                "Es ist 14:10. Kein Kurier.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="high",
        type="incident",
        tags=("delivery", "b2b", "angry"),
        language="de",
        order_number=("BC-2026-118601"),
    ),
    Story(
        key="de-ch-zoll",
        channel="email",
        subject=("Verzollungsgebühr von 38 Franken?"),
        requester="reto",
        messages=(
            said(
                "reto",
                0,
                "Grüezi\n\n"
                "Die Post verlangt 38 Franken Verzollung für ein Päckli im Wert von 45. Bei "
                "Ihnen stand «alle Gebühren inbegriffen». Was gilt jetzt?\n\n"
                "Freundliche Grüsse\n"
                "Reto Bünzli",
            ),
            said(
                "priya",
                83,
                "Grüezi Herr Bünzli,\n\n"
                "es gilt, was bei uns stand. Bitte bezahlen Sie nichts: Wir haben der Post "
                "unsere Verzollungsnummer nachgereicht, die Rechnung wird storniert. Falls "
                "Sie schon bezahlt haben, erstatten wir den Betrag gegen ein Foto der "
                "Quittung.\n\n"
                "Priya Nair",
            ),
            said(
                "reto",
                600,
                "Merci vilmal, Päckli ist da.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery", "customs"),
        language="de-CH",
        rating="good",
        order_number=("BC-2026-113118"),
    ),
    Story(
        key="de-at-gutschein",
        channel="email",
        subject=("Gutschein abgelaufen, kann man da was machen?"),
        requester="franziska",
        messages=(
            said(
                "franziska",
                0,
                "Servus! Mein 20-Euro-Gutschein ist gestern abgelaufen, ich war im Spital "
                "und hab nicht dran gedacht. Kann man da noch was machen?\n"
                "Liebe Grüße, Franzi",
            ),
            said(
                "alice",
                40,
                "Servus Franzi,\n\n"
                "natürlich. Er gilt jetzt bis zum Jahresende. Gute Besserung!\n\n"
                "Alice",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="low",
        type="question",
        tags=("voucher", "billing"),
        language="de-AT",
        rating="good",
        rating_comment=("Bussi nach Paris!"),
    ),
    Story(
        key="de-freiherr",
        channel="email",
        subject=("Gravur auf 24 Silberlöffeln"),
        requester="maximilian",
        messages=(
            said(
                "maximilian",
                0,
                "Sehr geehrte Damen und Herren,\n\n"
                "passt der Name „Freiherr von der Tann-Rathsamhausen“ auf den Stiel Ihrer "
                "Löffel, oder muss ich kürzere Kinder bekommen?\n\n"
                "Mit besten Grüßen\n"
                "M. v. d. T.-R.",
            ),
            said(
                "bob",
                160,
                "Sehr geehrter Herr von der Tann-Rathsamhausen,\n\n"
                "auf den Stiel passen 22 Zeichen. Wir schlagen „v. d. Tann“ vor. Ihre Kinder "
                "dürfen so lang bleiben, wie sie sind.\n\n"
                "Bob Okafor",
            ),
            said(
                "maximilian",
                45,
                "Ausgezeichnet. So machen wir es.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "engraving"),
        language="de",
    ),
)
