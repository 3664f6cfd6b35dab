"""Templated German conversations."""

from __future__ import annotations

from demo.stories.scenario import Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="de-wo-bleibt",
        language="de",
        group="Delivery",
        type="question",
        tags=("delivery", "tracking"),
        subjects=(
            "Wo bleibt meine Bestellung {order}?",
            "{product} noch nicht geliefert",
            "Sendungsverfolgung steht seit {day} still",
            "Paket angeblich zugestellt",
        ),
        openings=(
            "mein Paket {order} sollte am {day} kommen und ist noch nicht da.",
            "ich warte seit {number} Tagen auf {product}.",
            "die Sendungsverfolgung für {order} hat sich seit {day} nicht bewegt.",
            "laut Status wurde {order} am {day} zugestellt, bei mir ist nichts angekommen.",
        ),
        details=(
            "Ich war den ganzen Tag zu Hause.",
            "Beim Nachbarn liegt es auch nicht.",
            "Zuletzt war es in {city}.",
            "Es ist ein Geburtstagsgeschenk.",
        ),
        requests=(
            "Können Sie bitte nachsehen?",
            "Wann kann ich damit rechnen?",
            "Bitte um kurze Rückmeldung.",
        ),
        answers=(
            "ich habe es gefunden: Es lag im falschen Depot und kommt morgen bis 12 Uhr.",
            "das Paket ist leider verloren. Ein neues ist heute per Express unterwegs.",
            "der Fahrer hat es morgen auf der Tour. Für die Verspätung habe ich Ihnen 5 € "
            "gutgeschrieben.",
        ),
        questions=("der Fahrer fand den Namen nicht. Was steht bei Ihnen auf der Klingel?",),
        chasers=("Heute kam wieder niemand.", "Auf der Klingel steht der Name, groß und deutlich."),
        waits=("ich habe eine Nachforschung gestartet, sie dauert zwei Werktage.",),
    ),
    Scenario(
        key="de-rechnung",
        language="de",
        group="Billing",
        type="task",
        tags=("billing", "invoice"),
        subjects=(
            "Rechnung zu {order}",
            "Rechnungskopie für die Steuer",
            "Falscher Betrag auf der Rechnung",
            "Gutschrift über {amount} fehlt noch",
        ),
        openings=(
            "ich benötige die Rechnung zu {order} noch einmal.",
            "auf der Rechnung für {product} steht ein falscher Betrag.",
            "die Gutschrift über {amount} ist noch nicht auf meinem Konto.",
        ),
        details=(
            "Abgebucht wurden {amount}.",
            "Ich brauche sie für die Steuererklärung.",
            "Die Bestellung ist {number} Wochen her.",
        ),
        requests=(
            "Könnten Sie mir das bitte zusenden?",
            "Bitte prüfen Sie das.",
            "Vielen Dank im Voraus.",
        ),
        answers=(
            "die Rechnung hängt an. Sie finden alle auch im Konto unter „Dokumente“.",
            "Sie haben recht, es fehlte der Rabatt. Die Korrektur hängt an, die Differenz ist "
            "überwiesen.",
            "die Gutschrift ging heute früh hinaus und sollte in zwei Tagen da sein.",
        ),
        questions=("gern. Auf welchen Namen soll die Rechnung lauten?",),
        chasers=("Danke, aber das Datum stimmt noch nicht.", "Bis heute ist nichts eingegangen."),
        has_amount=True,
        priorities=("normal", "low"),
    ),
    Scenario(
        key="de-defekt",
        language="de",
        group="Support",
        type="incident",
        tags=("warranty", "technical"),
        subjects=(
            "{product} defekt",
            "Garantiefall: {product}",
            "{product} geht nicht mehr an",
            "Reklamation {order}",
        ),
        openings=(
            "mein {product} geht seit {day} nicht mehr an.",
            "nach {number} Wochen ist mein {product} leider schon kaputt.",
            "mein {product} kam mit einem Riss im Gehäuse an.",
        ),
        details=(
            "Andere Steckdose, anderes Kabel, alles schon versucht.",
            "Foto anbei.",
            "Die Bestellnummer ist {order}.",
        ),
        requests=("Was kann ich tun?", "Ich bitte um Ersatz.", "Wie gehen wir weiter vor?"),
        answers=(
            "das ist ein Garantiefall. Ein neues Gerät geht heute hinaus, das Etikett für das "
            "alte liegt im Karton.",
            "bitte halten Sie die Taste zehn Sekunden gedrückt, während der Stecker gezogen ist. "
            "Danach startet es fast immer. Wenn nicht, tauschen wir es.",
        ),
        questions=("könnten Sie mir die Seriennummer vom Aufkleber unten schicken?",),
        chasers=("Die Seriennummer lautet S{number}0-1182.", "Das hat leider nur kurz geholfen."),
        waits=("der Hersteller möchte es zuerst sehen, ich habe dort angefragt.",),
        products="electronics",
        files=("foto.jpg",),
        priorities=("normal", "high"),
    ),
    Scenario(
        key="de-frage",
        language="de",
        group="Products",
        type="question",
        tags=("question", "presales"),
        subjects=(
            "Frage zu {product}",
            "Wann gibt es {product} wieder?",
            "Ersatzteil für {product}?",
        ),
        openings=(
            "ich interessiere mich für {product} und habe eine Frage.",
            "{product} ist seit {day} ausverkauft.",
            "mir ist ein kleines Teil von {product} zerbrochen.",
        ),
        details=(
            "Die Nische ist {number}2 cm breit.",
            "In den Bewertungen steht dazu Widersprüchliches.",
            "Es eilt nicht.",
        ),
        requests=("Passt das?", "Wissen Sie, wann es wieder kommt?", "Gibt es das einzeln?"),
        answers=(
            "in etwa zwei Wochen ist es wieder da, ich habe Sie vorgemerkt.",
            "ja, das passt, mit gut zwei Zentimetern Luft.",
            "das Teil geht heute kostenlos per Brief an Sie.",
        ),
        questions=("steht auf der Unterseite ein A oder ein B?",),
        chasers=("Ein B. Und jetzt?",),
        products="furniture",
        priorities=("low", "normal"),
    ),
)
