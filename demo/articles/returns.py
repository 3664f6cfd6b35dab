"""Articles about sending back and about damage."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Sending something back", days=11, helpful=241, unhelpful=16, author="alice", texts={
            "en": Text("Send something back", """
You have *30 days* from the day it arrived. Returning is free.

1. Open *My orders*, choose the article, then *Send back*, and say why.
2. Print the label, or show the code on your telephone: the shop prints it.
3. Pack it so that it survives the way, best in the box it came in.
4. Bring it to any shop of the carrier. Keep the receipt until the money is there.

Large items are collected: we agree on a day with you.

Mattresses may be tried for the whole time. Hygiene goods can be returned only sealed.
"""),
            "de": Text("Etwas zurücksenden", """
Sie haben *30 Tage* ab dem Tag der Lieferung. Die Rücksendung ist kostenlos.

1. Öffnen Sie *Meine Bestellungen*, wählen Sie den Artikel und dann *Zurücksenden*.
2. Drucken Sie das Etikett aus oder zeigen Sie den Code auf dem Telefon vor.
3. Verpacken Sie den Artikel gut, am besten im Originalkarton.
4. Geben Sie das Paket in einem Paketshop ab und bewahren Sie den Beleg auf.

Große Artikel holen wir bei Ihnen ab.
"""),
            "fr": Text("Renvoyer un article", """
Vous avez *30 jours* à partir de la livraison. Le retour est gratuit.

1. *Mes commandes*, choisissez l’article, puis *Renvoyer*.
2. Imprimez l’étiquette ou montrez le code sur votre téléphone.
3. Emballez bien l’article, de préférence dans son carton.
4. Déposez le colis dans un point relais et gardez le reçu.
"""),
        },
    ),
    PlannedArticle(
        "Sending something back", days=47, helpful=58, unhelpful=13, author="bob", texts={
            "en": Text("The return label does not work", """
- *The link has expired*: labels are valid for 14 days. Choose *Send back* again, a new one is
made.
- *The shop cannot scan it*: print it at 100 %, not “fit to page”, or show the code on the
telephone with full brightness.
- *No printer*: every shop of the carrier prints it from the code.
- *The wrong carrier*: choose another one in the last step of *Send back*.

Does it still not work? Write to us: we send a label by post.
"""),
        },
    ),
    PlannedArticle(
        "Sending something back", days=60, helpful=44, unhelpful=5, author="alice", texts={
            "en": Text("Exchange for another size or colour", """
The quickest way: order the right one now and send the first back. The price you paid the first
time also holds for the second order; write to us if it has changed meanwhile.

If you prefer a true exchange, choose *Exchange* under *Send back*. We send the new article when
the first has reached us.
"""),
        },
    ),
    PlannedArticle(
        "Damaged or faulty", days=18, helpful=126, unhelpful=10, author="alice", texts={
            "en": Text("It arrived damaged, or a part is missing", """
We are sorry. Please do not assemble it any further, and keep the box: the carrier may want to
see it.

1. Take two or three photographs: the damage, the whole article, the label on the box.
2. Write to us with the order number and the photographs, best within *three days*.
3. Tell us what you prefer: a spare part, a new article, or part of the money back.

Missing screws and small parts go out the same day. The number of each part is in the manual, on
the last pages.
"""),
            "de": Text("Beschädigt angekommen oder Teile fehlen", """
Das tut uns leid. Bitte bauen Sie den Artikel nicht weiter auf und bewahren Sie den Karton auf.

1. Machen Sie zwei oder drei Fotos: den Schaden, den ganzen Artikel und das Etikett am Karton.
2. Schreiben Sie uns mit der Bestellnummer und den Fotos, am besten innerhalb von *drei Tagen*.
3. Sagen Sie uns, was Ihnen lieber ist: Ersatzteil, neuer Artikel oder Preisnachlass.

Fehlende Schrauben und Kleinteile schicken wir am selben Tag.
"""),
            "fr": Text("Article abîmé ou pièce manquante", """
Nous en sommes désolés. Ne continuez pas le montage et gardez le carton.

1. Prenez deux ou trois photos : le dommage, l’article entier, l’étiquette du carton.
2. Écrivez-nous avec le numéro de commande et les photos, si possible sous *trois jours*.
3. Dites-nous ce que vous préférez : une pièce, un nouvel article ou une remise.
"""),
        },
    ),
    PlannedArticle(
        "Damaged or faulty", days=28, helpful=83, unhelpful=9, author="bob", texts={
            "en": Text("Warranty: repair or replace", """
Every article has *two years* of warranty, large appliances five on motor and compressor.

1. Look into “Appliances” and “Electronics” first: half of all faults are gone in five minutes.
2. Write to us with the order number, the serial number (on the type plate) and what happens. A
short film helps.
3. Small devices are replaced. Large appliances are repaired at your home: a technician calls
within two working days.

If the same fault comes back after a repair, you may choose a new device or the money.

Not covered: lamps, batteries after six months, damage from lime, and what fell down.
"""),
        },
    ),
    PlannedArticle(
        "Damaged or faulty", days=66, helpful=31, unhelpful=4, author="bob", texts={
            "en": Text("I received the wrong article", """
Write to us with a photograph of the article and of the label on the box. We send the right one
the same day and a label for the other. You need not wait for the exchange, and you pay nothing.
"""),
        },
    ),
)  # fmt: skip
