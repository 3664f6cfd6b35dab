"""French and Spanish."""

from __future__ import annotations

from demo.stories.model import Story, noted, said

STORIES: tuple[Story, ...] = (
    Story(
        key="fr-canape",
        channel="email",
        subject=("Le canapé passe-t-il dans l'escalier ?"),
        requester="camille",
        messages=(
            said(
                "camille",
                0,
                "Bonjour,\n\n"
                "J'habite au 4e, l'escalier tourne et fait 84 cm au plus étroit (photo). Le "
                "canapé Aster peut-il monter, ou faut-il un monte-meubles ?\n\n"
                "Merci !\n"
                "Camille Dubois",
                "escalier.jpg",
            ),
            said(
                "priya",
                130,
                "Bonjour Camille,\n\n"
                "L'Aster est livré en trois parties, la plus large fait 78 cm : cela passe, "
                "mais de justesse dans le tournant. Les livreurs peuvent venir voir avant, "
                "gratuitement. Est-ce que mercredi matin vous conviendrait ?",
            ),
            said(
                "camille",
                480,
                "Mercredi je travaille. Jeudi avant 10 h ?",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="question",
        tags=("delivery", "large-item"),
        language="fr",
        product=("Aster 3-seat sofa"),
    ),
    Story(
        key="fr-colere",
        channel="email",
        subject=("3 rendez-vous, 3 lapins"),
        requester="lucas",
        messages=(
            said(
                "lucas",
                0,
                "Trois fois j'ai posé une demi-journée. Trois fois personne. « Destinataire "
                "absent » alors que j'étais ASSIS SUR LE PALIER. Je veux ma machine à laver "
                "ou mon argent.",
            ),
            said(
                "priya",
                25,
                "Bonjour Lucas,\n\n"
                "Vous avez raison d'être en colère, et je vous présente mes excuses. J'ai "
                "changé de transporteur. Demain entre 8 h et 9 h, le chauffeur s'appelle "
                "Karim, et il a mon numéro direct. Je vous rembourse aussi les frais de "
                "livraison.\n\n"
                "Priya",
            ),
            said(
                "lucas",
                1300,
                "Karim est venu. 8 h 20. Enfin.",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="solved",
        priority="high",
        type="incident",
        tags=("delivery", "angry"),
        language="fr",
        rating="bad",
        rating_comment=("Le 4e rendez-vous était le bon, mais j'ai perdu trois jours de congé."),
        order_number=("BC-2026-112019"),
    ),
    Story(
        key="fr-atelier",
        channel="email",
        subject=("Paiement à 60 jours pour l'atelier ?"),
        requester="elodie",
        messages=(
            said(
                "elodie",
                0,
                "Bonjour Alice,\n\n"
                "Notre atelier commande chaque mois environ 2 000 € de luminaires. Serait-il "
                "possible de passer du paiement comptant à 60 jours ? Je peux fournir les "
                "bilans.\n\n"
                "Élodie Marchand",
            ),
            noted(
                "alice",
                300,
                "60 days needs Lena's signature above 1.5k a month. Limits look fine. @Lena?",
            ),
            noted(
                "lead",
                45,
                "30 days yes, 60 after six months of good payment.",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="open",
        priority="normal",
        type="question",
        tags=("billing", "b2b", "terms"),
        language="fr",
    ),
    Story(
        key="es-factura",
        channel="web",
        subject=("Factura simplificada -> completa"),
        requester="pablo",
        messages=(
            said(
                "pablo",
                0,
                "Hola, ¿me pueden cambiar el ticket por una factura completa? Soy autónomo. "
                "NIF en mi cuenta. Gracias",
            ),
            said(
                "alice",
                33,
                "Hola, Pablo:\n\n"
                "Aquí la tiene. En su cuenta puede marcar «autónomo» y las próximas saldrán "
                "completas.\n\n"
                "Un saludo,\n"
                "Alice",
                "factura-111934.pdf",
            ),
        ),
        group="Billing",
        assignee="alice",
        status="solved",
        priority="low",
        type="task",
        tags=("billing", "invoice"),
        language="es",
        rating="good",
        order_number=("BC-2026-111934"),
    ),
    Story(
        key="es-whatsapp",
        channel="whatsapp",
        subject=("WhatsApp: ¿me lo pueden traer después de las 18?"),
        requester="ines",
        messages=(
            said(
                "ines",
                0,
                "holaa, trabajo hasta las 17:30, me lo pueden traer después de las 18? 🙏",
            ),
            said(
                "priya",
                12,
                "¡Hola, Inés! Sí, hay franja de 18 a 21 h mañana o el viernes. ¿Cuál prefieres?",
            ),
            said(
                "ines",
                7,
                "viernes!",
            ),
            said(
                "ines",
                1,
                "ah y que no llamen al timbre, el bebé duerme 👶",
            ),
        ),
        group="Delivery",
        assignee="priya",
        status="open",
        priority="normal",
        type="question",
        tags=("delivery", "time-window"),
        language="es",
        order_number=("BC-2026-119033"),
    ),
    Story(
        key="es-catala",
        channel="email",
        subject=("¿Manual en catalán?"),
        requester="montse",
        messages=(
            said(
                "montse",
                0,
                "Buenas tardes, ¿existe el manual del horno Isbre en catalán? Es para mi "
                "madre (89). Gràcies!\n"
                "Montserrat Vila i Puigdevall",
            ),
            said(
                "bob",
                250,
                "Bona tarda, Montserrat:\n\n"
                "Existe, aunque no está en la web. Se lo adjunto, con letra grande.\n\n"
                "Un saludo,\n"
                "Bob",
                "isbre-manual-ca.pdf",
            ),
            said(
                "montse",
                90,
                "Moltes gràcies!! La mare estarà contenta.",
            ),
        ),
        group="Support",
        assignee="bob",
        status="solved",
        priority="low",
        type="question",
        tags=("question", "manual"),
        language="es",
    ),
    Story(
        key="es-hotel-toallas",
        channel="email",
        subject=("Las toallas destiñen (600 unidades)"),
        requester="inigo",
        messages=(
            said(
                "inigo",
                0,
                "Kaixo:\n\n"
                "Hemos lavado las 600 toallas azules y ahora tenemos 600 toallas azules y "
                "400 sábanas azules. Las sábanas eran blancas.\n\n"
                "Íñigo Etxeberria",
                "toallas.jpg",
            ),
            said(
                "priya",
                47,
                "Kaixo, Íñigo:\n\n"
                "Qué desastre, lo siento. Recogemos las toallas y abonamos su importe. Para "
                "las sábanas, envíeme la factura de la lavandería o el valor, y lo "
                "tramitamos con nuestro seguro.\n\n"
                "Priya",
            ),
            said(
                "inigo",
                1400,
                "La lavandería las ha recuperado casi todas. Adjunto su factura, 310 €.",
                "lavanderia.pdf",
            ),
            said(
                "priya",
                120,
                "Abonados los 310 € junto con las toallas. Gracias por su paciencia y por su "
                "humor.",
            ),
        ),
        group="Support",
        assignee="priya",
        status="solved",
        priority="normal",
        type="incident",
        tags=("quality", "b2b"),
        language="es",
        rating="good",
        product=("Ola towel 50×100"),
    ),
)
