"""Templated conversations in French, Spanish, Italian, Dutch, Polish and Portuguese."""

from __future__ import annotations

from demo.stories.scenario import Scenario

_FRENCH = (
    Scenario(
        key="fr-colis",
        language="fr",
        group="Delivery",
        type="question",
        tags=("delivery", "tracking"),
        subjects=(
            "Où est ma commande {order} ?",
            "{product} : toujours pas livré",
            "Colis bloqué à {city}",
            "Livraison prévue {day}, rien reçu",
        ),
        openings=(
            "ma commande {order} devait arriver {day} et je n'ai rien reçu.",
            "le suivi de {order} n'a pas bougé depuis {number} jours.",
            "j'attends toujours l'article « {product} ».",
        ),
        details=(
            "J'étais chez moi toute la journée.",
            "Le dernier scan est à {city}.",
            "C'est un cadeau.",
        ),
        requests=(
            "Pouvez-vous vérifier ?",
            "Quand arrivera-t-elle ?",
            "Merci de me tenir au courant.",
        ),
        answers=(
            "je l'ai retrouvée : elle était partie vers un autre dépôt. Elle arrive demain avant midi.",
            "le colis est perdu, je vous en ai envoyé un autre en express aujourd'hui.",
        ),
        questions=("le chauffeur n'a pas trouvé l'entrée. Y a-t-il un code à la porte ?",),
        chasers=(
            "Le code est 27B4. Mais personne n'est venu aujourd'hui non plus.",
            "Toujours rien.",
        ),
        waits=("j'ai ouvert une enquête auprès du transporteur : réponse sous deux jours.",),
    ),
    Scenario(
        key="fr-remboursement",
        language="fr",
        group="Billing",
        type="question",
        tags=("refund", "billing"),
        subjects=(
            "Remboursement de {amount}",
            "Retour reçu mais pas remboursé",
            "Erreur sur la facture {order}",
        ),
        openings=(
            "j'ai renvoyé l'article « {product} » il y a {number} jours.",
            "la facture de {order} ne correspond pas au montant débité.",
            "j'attends un remboursement de {amount}.",
        ),
        details=(
            "J'ai le reçu de la poste.",
            "Ma banque ne voit rien.",
            "Le montant était de {amount}.",
        ),
        requests=("Où en est-on ?", "Pouvez-vous corriger ?", "Merci d'avance."),
        answers=(
            "le virement de {amount} est parti ce matin, comptez deux jours.",
            "vous avez raison, la remise manquait. La facture corrigée est jointe.",
        ),
        questions=("votre carte a expiré. Préférez-vous un virement ou une carte cadeau ?",),
        chasers=("Un virement, s'il vous plaît.", "Je n'ai reçu qu'une partie."),
        has_amount=True,
    ),
    Scenario(
        key="fr-panne",
        language="fr",
        group="Support",
        type="incident",
        tags=("warranty", "technical"),
        subjects=("{product} en panne", "Garantie : {product}", "Bruit étrange ({product})"),
        openings=(
            "l'appareil ({product}) ne s'allume plus depuis {day}.",
            "l'appareil ({product}) fait un drôle de bruit depuis {number} jours.",
        ),
        details=("J'ai essayé une autre prise.", "La commande est {order}.", "Photo jointe."),
        requests=("Que faire ?", "Est-ce sous garantie ?"),
        answers=(
            "c'est couvert par la garantie : un appareil neuf part aujourd'hui.",
            "débranchez-le dix minutes puis rallumez-le en tenant le bouton. Sinon, on l'échange.",
        ),
        questions=("pourriez-vous m'envoyer le numéro de série, sous l'appareil ?",),
        chasers=("Voici : S{number}0-2290.", "Il s'est arrêté de nouveau ce matin."),
        products="electronics",
        files=("photo.jpg",),
    ),
)

_SPANISH = (
    Scenario(
        key="es-pedido",
        language="es",
        group="Delivery",
        type="question",
        tags=("delivery", "tracking"),
        subjects=(
            "¿Dónde está mi pedido {order}?",
            "{product}: no ha llegado",
            "Pedido parado en {city}",
        ),
        openings=(
            "mi pedido {order} tenía que llegar el {day} y no ha llegado.",
            "llevo {number} días esperando el artículo «{product}».",
            "el seguimiento de {order} no cambia desde el {day}.",
        ),
        details=(
            "Estuve en casa todo el día.",
            "El último escaneo es de {city}.",
            "Es para un regalo.",
        ),
        requests=("¿Pueden mirarlo?", "¿Cuándo llega?", "Quedo a la espera."),
        answers=(
            "lo he encontrado: estaba en otro almacén y llega mañana antes de las 12.",
            "el paquete se ha perdido; hoy mismo sale otro por mensajería urgente.",
        ),
        questions=("el repartidor no encontró el portal. ¿Me confirma la dirección completa?",),
        chasers=("Hoy tampoco ha venido nadie.", "La dirección es correcta, el portal es el azul."),
    ),
    Scenario(
        key="es-devolucion",
        language="es",
        group="Support",
        type="question",
        tags=("returns",),
        subjects=(
            "Devolución: {product}",
            "¿Cómo devuelvo el pedido {order}?",
            "Llegó roto: {product}",
        ),
        openings=(
            "me gustaría devolver el artículo «{product}».",
            "el artículo «{product}» ha llegado con un golpe.",
            "no encuentro la etiqueta de devolución de {order}.",
        ),
        details=("Está sin usar.", "No tengo impresora.", "Adjunto una foto."),
        requests=("¿Cómo lo hago?", "¿Pueden recogerlo?", "¿Me pueden ayudar?"),
        answers=(
            "le adjunto la etiqueta; en la tienda basta con enseñar el código en el móvil.",
            "lo recogemos el {day} y le traemos uno nuevo en el mismo viaje.",
        ),
        questions=("¿prefiere uno nuevo o la devolución del dinero?",),
        chasers=("Uno nuevo, por favor.", "En la tienda dicen que el código no vale."),
        files=("foto.jpg",),
    ),
)

_ITALIAN = (
    Scenario(
        key="it-ordine",
        language="it",
        group="Delivery",
        type="question",
        tags=("delivery",),
        subjects=("Ordine {order} non arrivato", "{product}: dov'è?", "Consegna saltata {day}"),
        openings=(
            "il mio ordine {order} doveva arrivare {day}.",
            "aspetto l'articolo «{product}» da {number} giorni.",
            "il corriere segna «destinatario assente», ma ero in casa.",
        ),
        details=("L'ultimo stato è {city}.", "È un regalo.", "Il citofono funziona."),
        requests=("Potete controllare?", "Quando arriva?", "Grazie per l'aiuto."),
        answers=(
            "l'ho trovato: arriva domani entro mezzogiorno.",
            "il pacco è andato perso, ne spedisco subito un altro con corriere espresso.",
        ),
        questions=("mi conferma il nome sul citofono?",),
        chasers=("Il nome è giusto, ma oggi non è venuto nessuno.",),
    ),
    Scenario(
        key="it-fattura",
        language="it",
        group="Billing",
        type="task",
        tags=("billing", "invoice"),
        subjects=("Fattura per {order}", "Addebito doppio di {amount}?", "Rimborso {amount}"),
        openings=(
            "mi serve la fattura di {order}.",
            "vedo due addebiti di {amount} per lo stesso ordine.",
            "aspetto ancora il rimborso di {amount}.",
        ),
        details=(
            "L'articolo era «{product}».",
            "La banca dice che dipende da voi.",
            "Non c'è fretta.",
        ),
        requests=("Potete inviarmela o chiarire?", "Attendo notizie.", "Grazie mille."),
        answers=(
            "la fattura è in allegato.",
            "il secondo addebito era solo una prenotazione e l'ho annullato.",
        ),
        questions=("a quale ragione sociale devo intestarla?",),
        chasers=("Manca ancora il codice fiscale.",),
        has_amount=True,
    ),
)

_DUTCH_POLISH_PORTUGUESE = (
    Scenario(
        key="nl-bestelling",
        language="nl",
        group="Delivery",
        type="question",
        tags=("delivery",),
        subjects=(
            "Waar blijft {order}?",
            "{product} nog niet binnen",
            "Bezorging {day} niet gelukt",
        ),
        openings=(
            "mijn bestelling {order} zou {day} komen.",
            "ik wacht al {number} dagen op de {product}.",
            "volgens de app is {order} bezorgd, maar hier is niets.",
        ),
        details=("Ook niet bij de buren.", "Laatste scan: {city}.", "Het is een cadeautje."),
        requests=("Kunnen jullie het nakijken?", "Wanneer komt het?", "Alvast bedankt!"),
        answers=(
            "gevonden! Het komt morgen voor 12 uur.",
            "het pakje is kwijt; er gaat vandaag een nieuw naar je toe.",
        ),
        questions=("kan het ook naar een afhaalpunt bij jou in de buurt?",),
        chasers=("Liever gewoon thuis. Lukt dat deze week nog?",),
    ),
    Scenario(
        key="nl-kapot",
        language="nl",
        group="Support",
        type="incident",
        tags=("warranty",),
        subjects=("{product} doet het niet meer", "Garantie op {product}", "Kapot: {product}"),
        openings=(
            "mijn {product} doet het sinds {day} niet meer.",
            "de {product} kwam met een barst aan.",
        ),
        details=("Andere stekker geprobeerd.", "Bestelnummer {order}.", "Foto zit erbij."),
        requests=("Wat nu?", "Kan ik een nieuwe krijgen?", "Graag hoor ik van jullie."),
        answers=(
            "dat is garantie. Er gaat vandaag een nieuwe op de post.",
            "houd de knop tien tellen ingedrukt met de stekker eruit; meestal start hij dan weer.",
        ),
        questions=("stuur je me het serienummer onderop?",),
        chasers=("Serienummer is S{number}0-3345.",),
        products="electronics",
        files=("foto.jpg",),
    ),
    Scenario(
        key="pl-zamowienie",
        language="pl",
        group="Delivery",
        type="question",
        tags=("delivery",),
        subjects=(
            "Gdzie jest zamówienie {order}?",
            "{product}: brak dostawy",
            "Paczka stoi: {city}",
        ),
        openings=(
            "zamówienie {order} miało dotrzeć {day}.",
            "od {number} dni czekam na przesyłkę ({product}).",
            "kurier zaznaczył „brak odbiorcy”, a byłam w domu.",
        ),
        details=("Ostatni status: {city}.", "To prezent.", "Domofon działa."),
        requests=("Czy mogą Państwo sprawdzić?", "Kiedy dotrze?", "Proszę o odpowiedź."),
        answers=(
            "znalazłam przesyłkę, będzie jutro do 12:00.",
            "paczka zaginęła, dziś wysyłamy nową ekspresem.",
        ),
        questions=("czy może być paczkomat w pobliżu?",),
        chasers=("Może być. Ale kiedy?",),
    ),
    Scenario(
        key="pl-zwrot",
        language="pl",
        group="Billing",
        type="question",
        tags=("refund", "billing"),
        subjects=("Zwrot {amount}", "Faktura do {order}", "Brak zwrotu za: {product}"),
        openings=(
            "odesłałem towar ({product}) {number} dni temu.",
            "proszę o fakturę do zamówienia {order}.",
        ),
        details=("Chodzi o {amount}.", "Mam potwierdzenie z poczty.", "Bank nic nie widzi."),
        requests=("Kiedy mogę się spodziewać?", "Z góry dziękuję.", "Proszę o informację."),
        answers=("zwrot wysłaliśmy dziś rano.", "faktura jest w załączniku."),
        questions=("na jaką firmę wystawić dokument?",),
        chasers=("Dziękuję, ale NIP jest błędny.",),
        has_amount=True,
    ),
    Scenario(
        key="pt-encomenda",
        language="pt",
        group="Delivery",
        type="question",
        tags=("delivery",),
        subjects=(
            "Onde está a encomenda {order}?",
            "{product}: ainda não chegou",
            "Entrega que falhou {day}",
        ),
        openings=(
            "a minha encomenda {order} devia ter chegado {day}.",
            "estou há {number} dias à espera do artigo «{product}».",
        ),
        details=("Última leitura: {city}.", "É uma prenda.", "Estive em casa."),
        requests=("Podem verificar?", "Quando chega?", "Obrigado pela atenção."),
        answers=(
            "encontrei-a: chega amanhã até às 12 h.",
            "perdeu-se; segue hoje outra por expresso.",
        ),
        questions=("pode confirmar a morada completa?",),
        chasers=("A morada está certa. Hoje também não veio ninguém.",),
    ),
)

SCENARIOS: tuple[Scenario, ...] = (
    *_FRENCH,
    *_SPANISH,
    *_ITALIAN,
    *_DUTCH_POLISH_PORTUGUESE,
)
