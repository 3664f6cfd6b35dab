"""A long technical conversation."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="wifi-speaker-marathon",
        channel="email",
        subject=("Lautsprecher verliert WLAN (seit Wochen, alles schon probiert)"),
        requester="thorsten",
        messages=(
            said(
                "thorsten",
                0,
                "Mein Klang One verliert mehrmals am Tag das WLAN. Neustart, Reset, neuer "
                "Router: alles schon probiert. Bitte keine Textbausteine.",
            ),
            said(
                "bob",
                130,
                "Guten Tag Herr Meyer,\n\n"
                "verstanden, keine Textbausteine. Passiert es zu festen Zeiten?",
            ),
            said(
                "thorsten",
                600,
                "Mittags und abends. Manchmal auch nachts um elf.",
            ),
            said(
                "bob",
                150,
                "Steht der Lautsprecher in der Küche?",
            ),
            said(
                "thorsten",
                500,
                "Ja. Warum?",
            ),
            said(
                "bob",
                45,
                "Und die Mikrowelle?",
            ),
            said(
                "thorsten",
                35,
                "Daneben. Das kann doch nicht Ihr Ernst sein.",
            ),
            said(
                "bob",
                20,
                "Ein Versuch: Bitte heute einmal zwei Meter Abstand, oder in der App das "
                "5-GHz-Band wählen.",
            ),
            said(
                "thorsten",
                1500,
                "Zwei Meter: keine Abbrüche. Die Mikrowelle ist übrigens auch von Ihnen.",
            ),
            noted(
                "tom",
                60,
                "Door seal of that microwave series is fine by the norm but leaks more at "
                "2.45 GHz than others.",
            ),
            said(
                "bob",
                90,
                "Dann bekommen Sie von uns eine neue Türdichtung für die Mikrowelle, "
                "kostenlos. Und der Lautsprecher darf bei 5 GHz wieder an seinen Platz.",
            ),
            said(
                "thorsten",
                3000,
                "Dichtung eingebaut, läuft. 13 Mails.",
            ),
            said(
                "bob",
                60,
                "Da haben Sie recht. Die Frage nach der Mikrowelle steht jetzt in unserem "
                "ersten Schritt. Danke für Ihre Geduld.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="closed",
        priority="normal",
        type="incident",
        tags=("technical", "wifi"),
        language="de",
        rating="bad",
        rating_comment=("Gelöst, aber 13 Mails für eine Mikrowelle."),
        product=("Klang One speaker"),
    ),
)
