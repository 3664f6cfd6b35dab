"""Articles about what BrightCart sells."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Assembly", days=40, helpful=67, unhelpful=12, author="bob", texts={
            "en": Text("Find the manual, and get help with assembly", """
Every manual is on the page of the article, under *Downloads*, also for articles we no longer
sell. There is a film for most furniture.

- Two people and 60 minutes are right for a wardrobe; a bookcase is done in 30.
- Turn the screws fully only when everything stands: that is why doors hang crooked.
- Fix furniture higher than 70 cm to the wall. The set is in the bag with the screws.

In larger towns we send somebody who does it: choose *Assembly* in the basket, or write to us
later.
"""),
            "de": Text("Anleitung finden und Hilfe beim Aufbau", """
Jede Anleitung steht auf der Seite des Artikels unter *Downloads*, auch für Artikel, die wir
nicht mehr verkaufen.

- Ziehen Sie die Schrauben erst fest, wenn alles steht: sonst hängen die Türen schief.
- Befestigen Sie Möbel, die höher als 70 cm sind, an der Wand.

In größeren Städten schicken wir jemanden für den Aufbau: wählen Sie *Aufbau* im Warenkorb.
"""),
        },
    ),
    PlannedArticle(
        "Assembly", days=80, helpful=22, unhelpful=2, author="alice", texts={
            "en": Text("Order spare parts and screws", """
1. Find the number of the part in the manual (last pages).
2. Write to us with article, part number and how many.
3. Small parts are free for two years. Doors, drawers and glass have a price; we tell you before
we send them.

Parts are kept for *ten years* after an article is last sold.
"""),
        },
    ),
    PlannedArticle(
        "Electronics", days=7, helpful=92, unhelpful=21, author="bob", texts={
            "en": Text("It does not connect to Wi-Fi", """
This holds for the Mesh Trio router, the Sopa R2 robot vacuum, the Orbit video doorbell and the
Termo T1 thermostat.

1. Use the *2.4 GHz* network for the first connection: the devices do not see 5 GHz. Give it a
name of its own in the router for these minutes.
2. Stand within two metres of the router.
3. Hold the button for *ten seconds* until the light blinks quickly, then begin again in the app.
4. Switch off VPN and “private address” on the telephone while connecting.

Light blinks orange: the password is wrong. Light is red: the device has an address but no
internet; restart the router.

Still not? Write to us with the serial number and the version of the app (*Settings, About*),
and a picture of the light.
"""),
        },
    ),
    PlannedArticle(
        "Electronics", days=35, helpful=40, unhelpful=9, author="bob", texts={
            "en": Text("The device does not switch on, or the battery is soon empty", """
1. Charge it for two hours with the cable it came with. Many others only carry data.
2. Hold the button for 20 seconds, wait a minute, switch it on again.
3. Update it in the app: several versions had a fault with standby.

Headset and speaker: batteries last about 500 charges. In the first two years we replace one
that holds less than 80 %.
"""),
        },
    ),
    PlannedArticle(
        "Appliances", days=22, helpful=77, unhelpful=10, author="bob", texts={
            "en": Text("Espresso machine or kettle: leaking, descaling, no steam", """
## It leaks

Look where the water comes from. *From below*: empty the tray, push the tank down firmly. *From
the group*: the seal is worn; it costs €6 and is changed without tools.

## No steam, or only drops

It is lime. Descale with the agent from the shop, not with vinegar, which ruins seals. It takes
25 minutes and is needed every *two months* with hard water.

Still leaking after that? Do not use it, and write to us with the serial number: it is a case
for the warranty.
"""),
            "de": Text("Espressomaschine oder Wasserkocher: undicht, entkalken", """
## Sie ist undicht

*Von unten*: leeren Sie die Schale und drücken Sie den Tank fest hinein. *Am Siebträger*: die
Dichtung ist verschlissen; sie kostet 6 € und lässt sich ohne Werkzeug tauschen.

## Kein Dampf

Das ist Kalk. Entkalken Sie mit dem Mittel aus dem Shop, nicht mit Essig.

Ist sie danach noch undicht, schreiben Sie uns mit der Seriennummer: ein Fall für die Garantie.
"""),
        },
    ),
    PlannedArticle(
        "Appliances", days=50, helpful=49, unhelpful=7, author="bob", texts={
            "en": Text("Washing machine and dishwasher: error codes", """
- *E10*: no water. Open the tap, look whether the hose is bent, clean the small sieve.
- *E20*: water does not run off. Clean the filter at the foot (a bowl below it!).
- *E40*: the door is not shut.
- *E60*: too hot. Switch it off for 30 minutes.
- It jumps while spinning: take out the four bolts of the transport, and level the feet.

Any other code: write to us with the code and the serial number. A technician calls within two
working days.
"""),
        },
    ),
)  # fmt: skip
