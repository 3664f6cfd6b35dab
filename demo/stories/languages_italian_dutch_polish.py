"""Italian, Dutch and Polish."""

from __future__ import annotations

from demo.stories.model import Story, said

STORIES: tuple[Story, ...] = (
    Story(
        key="it-frullatore",
        channel="facebook",
        subject=("Facebook: il frullatore fa un rumore di elicottero"),
        requester="giulia",
        messages=(
            said(
                "giulia",
                0,
                "Il mio frullatore Vento fa il rumore di un elicottero 🚁 è normale? I "
                "vicini hanno applaudito",
            ),
            said(
                "bob",
                50,
                "Ciao Giulia! L'elicottero va bene fino al livello 3, sopra no. Controlla "
                "che il bicchiere faccia clic; se non basta, scrivici in privato il numero "
                "d'ordine. ^BO",
            ),
            said(
                "giulia",
                22,
                "Non aveva fatto clic 😅 grazie!",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("technical", "social"),
        language="it",
        product=("Vento blender"),
    ),
    Story(
        key="it-rimborso",
        channel="email",
        subject=("Rimborso su carta scaduta"),
        requester="lorenzo",
        messages=(
            said(
                "lorenzo",
                0,
                "Buongiorno,\n\n"
                "il rimborso di 149 € è stato fatto sulla mia vecchia carta, che la banca ha "
                "chiuso ad agosto. Dove finiscono i soldi?\n\n"
                "Lorenzo Bianchi",
            ),
            said(
                "alice",
                75,
                "Buongiorno Lorenzo,\n\n"
                "di solito la banca li accredita sul conto collegato. Se non arrivano entro "
                "tre giorni, tornano a noi e li mando con un bonifico: mi manda per favore "
                "l'IBAN con il modulo sicuro nel suo account, non per e-mail?",
            ),
            said(
                "lorenzo",
                1600,
                "Fatto adesso. Sono passati quattro giorni e non è arrivato niente.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="question",
        tags=("refund", "billing"),
        language="it",
        order_number=("BC-2026-114877"),
        refund_amount=("149.00"),
    ),
    Story(
        key="nl-fiets",
        channel="email",
        subject=("Kan het pakje naar een ander afhaalpunt?"),
        requester="sanne",
        messages=(
            said(
                "sanne",
                0,
                "Hoi, het afhaalpunt is 14 km fietsen en het regent al drie weken. Kan het "
                "naar de Primera in het dorp?\n"
                "Groetjes Sanne",
            ),
            said(
                "priya",
                37,
                "Hoi Sanne,\n\n"
                "Dat kan: morgen vanaf 14 uur ligt het bij de Primera. Blijf droog!\n\n"
                "Priya",
            ),
            said(
                "sanne",
                1600,
                "Opgehaald, lopend :) dank!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="normal",
        type="question",
        tags=("delivery", "pickup-point"),
        language="nl",
        rating="good",
        rating_comment=("Snel en aardig"),
        order_number=("BC-2026-115310"),
    ),
    Story(
        key="nl-bieb",
        channel="email",
        subject=("Offerte op naam van de gemeente, niet de bibliotheek"),
        requester="femke",
        messages=(
            said(
                "femke",
                0,
                "Beste Alice,\n\n"
                "Onze leeslampen worden door de gemeente betaald. Kun je de offerte op naam "
                "van de gemeente zetten, met hun inkoopnummer? Het nummer krijg ik volgende "
                "week.\n\n"
                "Met vriendelijke groet,\n"
                "Femke van den Heuvel-de Jong",
                "offerte-oud.pdf",
            ),
            said(
                "alice",
                64,
                "Beste Femke,\n\n"
                "De nieuwe offerte zit erbij, met een leeg veld voor het inkoopnummer. Stuur "
                "je me het nummer zodra je het hebt? Dan reserveer ik de lampen alvast tot "
                "het einde van de maand.\n\n"
                "Alice",
                "offerte-gemeente.docx",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="pending",
        priority="normal",
        type="task",
        tags=("billing", "quote", "b2b"),
        language="nl",
    ),
    Story(
        key="pl-lodowka",
        channel="email",
        subject=("Lodówka bez drzwi"),
        requester="agnieszka",
        messages=(
            said(
                "agnieszka",
                0,
                "Dzień dobry,\n\n"
                "przyszła lodówka. Bez drzwi. Zdjęcie w załączniku, bo nikt u nas w biurze "
                "nie wierzył.\n\n"
                "Agnieszka Żółkiewska\n"
                "Polmeb Sp. z o.o.",
                "lodowka.jpg",
            ),
            said(
                "priya",
                39,
                "Dzień dobry Pani Agnieszko,\n\n"
                "my też najpierw nie uwierzyliśmy. Nowa, kompletna lodówka jedzie jutro, a "
                "tę zabierze ten sam kierowca. Przepraszamy!\n\n"
                "Priya Nair",
            ),
            said(
                "agnieszka",
                1500,
                "Jest, z drzwiami. Dziękujemy!",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="high",
        type="incident",
        tags=("delivery", "missing-part", "b2b"),
        language="pl",
        rating="good",
        order_number=("BC-2026-112390"),
        product=("Isbre 300 refrigerator"),
    ),
    Story(
        key="pl-spor",
        channel="email",
        subject=("Korekta faktury: nazwisko nie mieści się w polu"),
        requester="wojciech",
        messages=(
            said(
                "wojciech",
                0,
                "Szanowni Państwo,\n\n"
                "na fakturze jestem „Szczęsny-Brzęczyszcz”. Brakuje „-ykiewicz”. Księgowość "
                "odrzuca.\n\n"
                "Z poważaniem\n"
                "Wojciech Szczęsny-Brzęczyszczykiewicz",
                "faktura.pdf",
            ),
            said(
                "alice",
                88,
                "Szanowny Panie Wojciechu,\n\n"
                "pole miało 20 znaków, co w Polsce jest oczywiście za mało. Poprawiam "
                "fakturę ręcznie i wyślę ją dzisiaj.\n\n"
                "Alice Moreau",
            ),
            said(
                "wojciech",
                1500,
                "Przyszła, ale teraz brakuje „Szczęsny-”...",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="incident",
        tags=("billing", "invoice", "name"),
        language="pl",
    ),
    Story(
        key="pl-fb",
        channel="facebook",
        subject=("Facebook: czy macie jeszcze kubki z jeżem?"),
        requester="kasia",
        messages=(
            said(
                "kasia",
                0,
                "Czy macie jeszcze kubki z jeżem?? 🦔 Potrzebuję sześć!",
            ),
            said(
                "bob",
                26,
                "Dzień dobry! Zostało dokładnie sześć, odłożyliśmy je do jutra. 🦔 ^BO",
            ),
            said(
                "kasia",
                4,
                "Kupione!!! ❤️",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "stock", "social"),
        language="pl",
        product=("Hedgehog mug"),
    ),
)
