"""Articles about parcels and orders."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Where is my parcel?", days=12, helpful=214, unhelpful=19, texts={
            "en": Text("Where is my parcel?", """
Most parcels arrive two to four working days after we have handed them to the carrier.

## Follow it yourself

1. Open the mail “Your parcel is on its way” and choose *Track parcel*.
2. Look at the last scan. The carrier updates the page each evening.
3. If nothing has moved for *three working days*, write to us with the order number. We start a
search with the carrier at once.

## What the states mean

- *Announced*: we have printed the label, the carrier does not have the parcel yet.
- *In the depot*: it is near you. Delivery is usually the next working day.
- *Delivery failed*: nobody was there, or the name was not on the bell. The driver tries once
more, then takes it to a pickup point.

Orders with several articles may come in more than one parcel. Each has its own tracking number.
"""),
            "de": Text("Wo ist mein Paket?", """
Die meisten Pakete kommen zwei bis vier Werktage nach der Übergabe an den Paketdienst an.

## So verfolgen Sie die Lieferung

1. Öffnen Sie die Nachricht „Ihr Paket ist unterwegs“ und wählen Sie *Sendung verfolgen*.
2. Achten Sie auf den letzten Scan. Der Paketdienst aktualisiert die Seite jeden Abend.
3. Hat sich *drei Werktage* nichts bewegt, schreiben Sie uns mit der Bestellnummer. Wir starten
sofort eine Nachforschung.

Bestellungen mit mehreren Artikeln können in mehreren Paketen geliefert werden. Jedes hat eine
eigene Sendungsnummer.
"""),
            "fr": Text("Où est mon colis ?", """
La plupart des colis arrivent deux à quatre jours ouvrés après leur remise au transporteur.

## Suivre la livraison

1. Ouvrez le message « Votre colis est en route » et choisissez *Suivre le colis*.
2. Regardez le dernier passage. Le transporteur met la page à jour chaque soir.
3. Si rien n’a bougé depuis *trois jours ouvrés*, écrivez-nous avec le numéro de commande. Nous
lançons aussitôt une enquête.
"""),
        },
    ),
    PlannedArticle(
        "Where is my parcel?", days=30, helpful=131, unhelpful=22, author="bob", texts={
            "en": Text("Delivered, but nothing is here", """
The tracking says *delivered* and there is no parcel? It is nearly always close by.

1. Look for a card in the letter box, also behind the door or in the shed.
2. Ask neighbours and the shop next door: drivers leave parcels there and do not always write it
down.
3. Look at the tracking page again: it often names who took it, or shows a photograph.
4. Wait until the evening. Some drivers scan before they deliver.

Still nothing the next working day? Write to us with the order number. The carrier then asks the
driver, which takes up to *five working days*. If the parcel does not turn up, we send the goods
again or return your money, as you prefer.
"""),
            "de": Text("Zugestellt, aber nichts angekommen", """
Die Sendungsverfolgung sagt *zugestellt*, aber es ist kein Paket da? Meist ist es ganz in der
Nähe.

1. Sehen Sie nach einer Karte im Briefkasten, auch hinter der Tür oder im Schuppen.
2. Fragen Sie Nachbarn und den Kiosk nebenan.
3. Auf der Seite des Paketdienstes steht oft, wer es angenommen hat.

Ist es am nächsten Werktag noch nicht da, schreiben Sie uns mit der Bestellnummer. Die
Nachforschung dauert bis zu *fünf Werktage*. Taucht das Paket nicht auf, liefern wir noch einmal
oder erstatten den Betrag.
"""),
        },
    ),
    PlannedArticle(
        "Where is my parcel?", days=75, helpful=38, unhelpful=6, author="bob", texts={
            "en": Text("Customs: my parcel is held at the border", """
Parcels to Switzerland, Norway and the United Kingdom go through customs. That takes one to
three days more.

- For orders up to the duty-free limit there is nothing to pay and nothing to do.
- Above it the carrier asks for the duty before delivery, by text message or letter. Pay only on
the carrier's own page; we never send payment links for customs.
- If customs asks for an invoice, download it from *My orders* and send it to the address in
their letter.

A parcel that is held for more than *seven days*: write to us with the tracking number, and we
send the customs declaration again.
"""),
        },
    ),
    PlannedArticle(
        "Changing an order", days=21, helpful=96, unhelpful=11, texts={
            "en": Text("Change the delivery address", """
We can change the address until the parcel leaves our warehouse, usually until *14:00 on the day
after the order*.

1. Open *My orders*, choose the order, then *Change address*.
2. Write the whole new address, with the name on the bell and a telephone number for the driver.
3. You get a mail that confirms the change.

Is the button grey? Then the parcel has left. Use the carrier's page to send it to a pickup
point or to a neighbour. Changing the country is not possible: cancel and order again.
"""),
            "de": Text("Lieferadresse ändern", """
Wir können die Adresse ändern, bis das Paket unser Lager verlässt, meist bis *14 Uhr am Tag nach
der Bestellung*.

1. Öffnen Sie *Meine Bestellungen*, wählen Sie die Bestellung und dann *Adresse ändern*.
2. Geben Sie die vollständige neue Adresse an, mit dem Namen auf der Klingel und einer
Telefonnummer für den Fahrer.
3. Sie erhalten eine Bestätigung per E-Mail.

Ist die Schaltfläche grau, ist das Paket schon unterwegs. Leiten Sie es dann auf der Seite des
Paketdienstes an eine Abholstelle um.
"""),
        },
    ),
    PlannedArticle(
        "Changing an order", days=90, helpful=64, unhelpful=9, author="bob", texts={
            "en": Text("Cancel an order", """
You can cancel until the order is packed. Open *My orders*, choose the order, then *Cancel*.

- Paid by card or wallet: the amount is released at once; banks show it after two to five days.
- Paid by transfer: we send it back to the account it came from within three working days.
- A voucher that was used comes back to your account. If it does not, write to us and we issue a
new one.

Already packed? Refuse the parcel at the door or send it back: that is free for *30 days*.
"""),
            "fr": Text("Annuler une commande", """
Vous pouvez annuler tant que la commande n’est pas emballée : *Mes commandes*, puis *Annuler*.

- Carte ou portefeuille : le montant est libéré aussitôt, la banque l’affiche après deux à cinq
jours.
- Virement : nous remboursons sous trois jours ouvrés.
- Un bon d’achat utilisé revient sur votre compte.

Déjà emballée ? Refusez le colis ou renvoyez-le : c’est gratuit pendant *30 jours*.
"""),
        },
    ),
    PlannedArticle(
        "Large items", days=55, helpful=52, unhelpful=8, author="bob", texts={
            "en": Text("Delivery of furniture and appliances: choosing the day", """
Wardrobes, sofas, mattresses and large appliances come with a haulier and two people.

1. Within two working days the haulier calls or writes to agree on a day. Please answer from the
number in the order.
2. The evening before you get a window of *four hours*.
3. The team carries the goods to the room you name, if stairs and doors are wide enough. Measure
before you order.

## Moving the appointment

Until noon of the day before it costs nothing: use the link in the haulier's message. Later,
call the haulier; we cannot stop a lorry that is on its way.

Old appliances are taken along when you chose that in the order.
"""),
        },
    ),
)  # fmt: skip
