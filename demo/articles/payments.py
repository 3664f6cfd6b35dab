"""Articles about money."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Paying", days=9, helpful=187, unhelpful=14, author="alice", texts={
            "en": Text("I was charged twice", """
Two amounts for one order are nearly always *one payment and one reservation*. The reservation
is let go by your bank.

1. Look whether one of the two is marked *pending* or *reserved*. It disappears within *seven
days*, without anybody doing anything.
2. Are both final? Write to us with the order number and the two dates. We return the second
charge the same day; banks show it after two to five days.

This happens when a payment is confirmed slowly and tried again. You never pay twice for one
order.
"""),
            "de": Text("Doppelt abgebucht", """
Zwei Beträge für eine Bestellung sind fast immer *eine Zahlung und eine Vormerkung*. Die
Vormerkung löst Ihre Bank von selbst auf.

1. Sehen Sie nach, ob einer der Beträge als *vorgemerkt* gekennzeichnet ist. Er verschwindet
innerhalb von *sieben Tagen*.
2. Sind beide endgültig gebucht? Schreiben Sie uns mit der Bestellnummer und den beiden Daten.
Wir erstatten den zweiten Betrag am selben Tag.
"""),
        },
    ),
    PlannedArticle(
        "Paying", days=16, helpful=158, unhelpful=27, author="alice", texts={
            "en": Text("When will I get my refund?", """
We send the money as soon as your return is checked, usually *two working days* after it reaches
our warehouse. You get a mail at that moment.

- Card: two to five working days until your bank shows it.
- Wallets: at once, at most one day.
- Bank transfer: one to two working days.
- Voucher: at once, in your account.

## It is less than I paid

Delivery is returned with the first return of an order, not again. Express delivery is returned
only when the fault is ours. Goods with signs of use may be worth less; the mail says why.

## My card has expired

The bank usually books it to your new card. If it comes back to us, we ask you for an account.

More than *ten days* since the mail? Write to us: we give you the bank's reference so that your
bank can find it.
"""),
            "de": Text("Wann bekomme ich meine Erstattung?", """
Wir überweisen, sobald die Rücksendung geprüft ist, meist *zwei Werktage* nach Eingang im Lager.
Sie bekommen dann eine E-Mail.

- Karte: zwei bis fünf Werktage, bis Ihre Bank den Betrag zeigt.
- Überweisung: ein bis zwei Werktage.
- Gutschein: sofort im Konto.

Sind mehr als *zehn Tage* seit der E-Mail vergangen, schreiben Sie uns. Wir nennen Ihnen die
Referenz der Bank.
"""),
            "fr": Text("Quand serai-je remboursé ?", """
Nous remboursons dès que le retour est contrôlé, en général *deux jours ouvrés* après son
arrivée à l’entrepôt.

- Carte : deux à cinq jours ouvrés.
- Virement : un à deux jours ouvrés.
- Bon d’achat : tout de suite, sur votre compte.

Plus de *dix jours* depuis notre message ? Écrivez-nous : nous vous donnons la référence de la
banque.
"""),
        },
    ),
    PlannedArticle(
        "Paying", days=33, helpful=71, unhelpful=18, author="bob", texts={
            "en": Text("My payment was declined", """
The shop shows *payment failed* when the bank says no, or when the confirmation in your banking
app came too late.

1. Check the limit of the card, and whether payments abroad are allowed: our bank is in Ireland.
2. Confirm within *five minutes* in the app of your bank.
3. Try once more, or choose another way to pay. The basket is kept for 24 hours.

We do not see why a bank declines. If your bank says that everything is in order, write to us
with the time of the attempt.
"""),
        },
    ),
    PlannedArticle(
        "Invoices", days=25, helpful=119, unhelpful=7, author="alice", texts={
            "en": Text("Get a copy of an invoice, or one with a VAT number", """
Every invoice is in *My orders*, as a PDF, from the day the parcel leaves.

## Add a company name or VAT number

1. Open the order and choose *Correct invoice*.
2. Write name, address and VAT number. We check the number with the European register at once.
3. The corrected invoice comes by mail within minutes; the first one is cancelled.

This works for *90 days*. Later, or for several orders at once, write to us and attach a list of
the order numbers.

For business customers we can send all invoices of a month together, also as an electronic
invoice (XRechnung, Factur-X).
"""),
            "de": Text("Rechnung noch einmal erhalten oder mit USt-IdNr. ergänzen", """
Jede Rechnung liegt unter *Meine Bestellungen* als PDF, ab dem Tag des Versands.

## Firma oder USt-IdNr. ergänzen

1. Öffnen Sie die Bestellung und wählen Sie *Rechnung berichtigen*.
2. Tragen Sie Name, Adresse und USt-IdNr. ein.
3. Die berichtigte Rechnung kommt innerhalb weniger Minuten per E-Mail.

Das geht *90 Tage* lang. Für Geschäftskunden verschicken wir auch XRechnungen.
"""),
        },
    ),
    PlannedArticle(
        "Vouchers and prices", days=14, helpful=143, unhelpful=31, author="alice", texts={
            "en": Text("Voucher says it has expired, or is not accepted", """
Look at these first:

- Vouchers end at *midnight in the shop's time zone* (Berlin) of the day printed on them.
- One voucher an order. Gift cards can be combined with one voucher.
- Articles of the outlet and gift cards cannot be bought with a voucher.
- The order must reach the amount named on the voucher, without delivery.
- Write it without spaces; 0 is a zero, there is no letter O.

If the mail says another date than the shop, the mail is right: write to us and we put the
voucher right.

A voucher of an order you cancelled comes back to your account within an hour.
"""),
            "de": Text("Gutschein abgelaufen oder nicht angenommen", """
Prüfen Sie zuerst:

- Gutscheine gelten bis *Mitternacht* des aufgedruckten Tages.
- Pro Bestellung ein Gutschein.
- Artikel aus dem Outlet sind ausgenommen.
- Der Mindestbestellwert gilt ohne Versand.

Steht in der E-Mail ein anderes Datum als im Shop, gilt die E-Mail: schreiben Sie uns, wir
berichtigen den Gutschein.
"""),
        },
    ),
    PlannedArticle(
        "Vouchers and prices", days=120, helpful=27, unhelpful=12, author="bob", texts={
            "en": Text("It became cheaper after I bought it", """
We match our own price for *14 days* after you buy. Write to us with the order number, and we
return the difference to the way you paid. This does not hold for outlet articles and for prices
of other shops.
"""),
        },
    ),
)  # fmt: skip
