"""Templated German conversations."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="de-paket",
        language="de",
        group="Delivery",
        type="question",
        tags=(
            "delivery",
            "tracking",
        ),
        products="any",
        priorities=(
            "normal",
            "normal",
            "high",
        ),
        details=(
            "Ich war den ganzen Tag zu Hause.",
            "Zuletzt war es in {city}.",
            "Es ist ein Geburtstagsgeschenk.",
            "Bestellnummer {order}.",
        ),
        waits=("ich habe eine Nachforschung gestartet, sie dauert zwei Werktage.",),
        cases=(
            Case(
                subjects=(
                    "Wo bleibt meine Bestellung {order}?",
                    "{product} noch nicht geliefert",
                ),
                opening=("mein Paket sollte am {day} kommen und ist noch nicht da."),
                request=("Können Sie bitte nachsehen?"),
                answer=(
                    "ich habe es gefunden: Es lag im falschen Depot und kommt morgen bis 12 Uhr."
                ),
                question=("der Fahrer fand den Namen nicht. Was steht bei Ihnen auf der Klingel?"),
                reply=("Auf der Klingel steht „Praxis Dr. Lang“, zweiter Stock."),
                complaint=("Es ist nach 12 Uhr und niemand war da."),
            ),
            Case(
                subjects=(
                    "Paket angeblich zugestellt",
                    "„Zugestellt“, aber nichts da ({order})",
                ),
                opening=(
                    "laut Status wurde {order} am {day} zugestellt, bei mir ist nichts angekommen."
                ),
                request=("Wo ist es?"),
                answer=("es wurde im Kiosk nebenan abgegeben und liegt dort für Sie bereit."),
                question=("gibt es bei Ihnen einen Nachbarn oder Laden, der Pakete annimmt?"),
                reply=("Der Kiosk vielleicht, der hat aber heute zu."),
                complaint=("Im Kiosk weiß man von nichts."),
            ),
            Case(
                subjects=(
                    "Sendungsverfolgung steht seit {day} still",
                    "Seit {number} Tagen „in Bearbeitung“",
                ),
                opening=("die Sendungsverfolgung für {order} hat sich seit {day} nicht bewegt."),
                request=("Kommt da noch etwas?"),
                answer=(
                    "das Paket ist leider verloren. Ein neues ist heute per Express unterwegs."
                ),
                question=("möchten Sie ein neues Paket oder lieber das Geld zurück?"),
                reply=("Ein neues, bitte."),
                complaint=("Auch das neue bewegt sich nicht."),
            ),
        ),
    ),
    Scenario(
        key="de-rechnung",
        language="de",
        group="Billing",
        type="task",
        tags=(
            "billing",
            "invoice",
        ),
        products="any",
        priorities=(
            "normal",
            "low",
        ),
        has_amount=True,
        details=(
            "Ich brauche es für die Steuererklärung.",
            "Die Bestellung ist {number} Wochen her.",
            "Danke im Voraus.",
        ),
        cases=(
            Case(
                subjects=(
                    "Rechnung zu {order} fehlt",
                    "Rechnungskopie für die Steuer",
                ),
                opening=("ich finde die Rechnung zu {order} nicht mehr."),
                request=("Könnten Sie mir eine Kopie zusenden?"),
                answer=(
                    "die Rechnung liegt jetzt in Ihrem Konto unter „Dokumente“, zusammen mit "
                    "allen anderen."
                ),
                question=("gern. Auf welchen Namen soll die Rechnung lauten?"),
                reply=("Auf meine Praxis, Adresse wie im Konto."),
                complaint=("Danke, aber das Datum stimmt noch nicht."),
            ),
            Case(
                subjects=(
                    "Falscher Betrag auf der Rechnung",
                    "Rabatt nicht abgezogen ({order})",
                ),
                opening=("auf der Rechnung für {product} stehen {amount}, der Rabatt fehlt."),
                request=("Bitte prüfen Sie das."),
                answer=(
                    "Sie haben recht, es fehlte der Rabatt. Die Rechnung ist berichtigt und "
                    "die Differenz überwiesen."
                ),
                question=("haben Sie den Gutschein vor oder nach dem Anmelden eingegeben?"),
                reply=("Vorher, glaube ich."),
                complaint=("Die Differenz ist bis heute nicht eingegangen."),
            ),
        ),
    ),
    Scenario(
        key="de-defekt",
        language="de",
        group="Support",
        type="incident",
        tags=(
            "warranty",
            "technical",
        ),
        products="electronics",
        priorities=(
            "normal",
            "high",
        ),
        files=("foto.jpg",),
        details=(
            "Die Bestellnummer ist {order}.",
            "Ich habe die Anleitung zweimal gelesen.",
            "Gekauft vor {number} Monaten.",
        ),
        waits=("der Hersteller möchte das Gerät zuerst sehen, ich habe dort angefragt.",),
        cases=(
            Case(
                subjects=(
                    "{product} geht nicht mehr an",
                    "{product} tot",
                ),
                opening=("mein Gerät ({product}) geht seit {day} nicht mehr an."),
                request=("Was kann ich tun?"),
                answer=(
                    "bitte halten Sie die Taste zehn Sekunden gedrückt, während der Stecker "
                    "gezogen ist. Danach startet es fast immer. Wenn nicht, tauschen wir es."
                ),
                question=("könnten Sie mir die Seriennummer vom Aufkleber unten schicken?"),
                reply=("Die Seriennummer lautet S{number}0-1182."),
                complaint=("Das hat leider nur einen Tag geholfen."),
            ),
            Case(
                subjects=(
                    "Garantiefall: {product}",
                    "Riss im Gehäuse ({product})",
                ),
                opening=(
                    "mein Gerät ({product}) hat einen Riss im Gehäuse, ohne dass es "
                    "heruntergefallen wäre."
                ),
                request=("Ich bitte um Ersatz."),
                answer=(
                    "das ist ein Garantiefall. Ein neues Gerät geht heute hinaus, das "
                    "Etikett für das alte liegt im Karton."
                ),
                question=("könnten Sie mir ein Foto vom ganzen Gerät schicken?"),
                reply=("Foto ist unterwegs, der Riss geht von oben links nach unten."),
                complaint=("Das neue Gerät hat denselben Riss an derselben Stelle."),
            ),
        ),
    ),
    Scenario(
        key="de-frage",
        language="de",
        group="Products",
        type="question",
        tags=(
            "question",
            "presales",
        ),
        products="furniture",
        priorities=(
            "low",
            "normal",
        ),
        details=(
            "Es eilt nicht.",
            "In den Bewertungen steht dazu Widersprüchliches.",
        ),
        cases=(
            Case(
                subjects=(
                    "Wann gibt es {product} wieder?",
                    "{product} ausverkauft",
                ),
                opening=("das Möbel ({product}) ist seit {day} ausverkauft."),
                request=("Wissen Sie, wann es wieder kommt?"),
                answer=("in etwa zwei Wochen, ich habe Sie vorgemerkt."),
                question=(
                    "die Eiche kommt in zwei Wochen, Weiß erst in sechs. Welche Farbe suchen Sie?"
                ),
                reply=("Eiche."),
                complaint=("Heute früh war es kurz da und gleich wieder weg!"),
            ),
            Case(
                subjects=(
                    "Passt {product} in die Nische?",
                    "Maße von {product}",
                ),
                opening=(
                    "unsere Nische ist {number}2 cm breit und 40 cm tief, auf der Seite "
                    "fehlt aber die Tiefe ({product})."
                ),
                request=("Passt das?"),
                answer=("ja, mit gut einem Zentimeter Luft nach hinten."),
                question=("haben Sie über oder unter der Fußleiste gemessen?"),
                reply=("Darüber."),
                complaint=("Es steht jetzt hier und passt nicht. Die Fußleiste!"),
            ),
        ),
    ),
)
