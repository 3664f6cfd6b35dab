"""Templated French and Spanish conversations."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="fr-colis",
        language="fr",
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
            "J'étais chez moi toute la journée.",
            "Le dernier scan est à {city}.",
            "C'est un cadeau.",
        ),
        waits=("j'ai ouvert une enquête auprès du transporteur : réponse sous deux jours.",),
        cases=(
            Case(
                subjects=(
                    "Où est ma commande {order} ?",
                    "Livraison prévue {day}, rien reçu",
                ),
                opening=("ma commande {order} devait arriver {day} et je n'ai rien reçu."),
                request=("Pouvez-vous vérifier ?"),
                answer=(
                    "je l'ai retrouvée : elle était partie vers un autre dépôt. Elle arrive "
                    "demain avant midi."
                ),
                question=("le chauffeur n'a pas trouvé l'entrée. Y a-t-il un code à la porte ?"),
                reply=("Le code est 27B4."),
                complaint=("Midi passé, et personne."),
            ),
            Case(
                subjects=(
                    "Colis bloqué à {city}",
                    "{order} : suivi figé depuis {number} jours",
                ),
                opening=("le suivi de {order} n'a pas bougé depuis {number} jours."),
                request=("Est-il perdu ?"),
                answer=(
                    "il est perdu, en effet. Je vous en ai envoyé un autre en express aujourd'hui."
                ),
                question=("préférez-vous un nouvel envoi ou un remboursement ?"),
                reply=("Un nouvel envoi, s'il vous plaît."),
                complaint=("Le nouveau colis est bloqué au même endroit."),
            ),
        ),
    ),
    Scenario(
        key="fr-remboursement",
        language="fr",
        group="Billing",
        type="question",
        tags=(
            "refund",
            "billing",
        ),
        products="any",
        priorities=(
            "normal",
            "low",
        ),
        has_amount=True,
        details=(
            "J'ai le reçu de la poste.",
            "Le montant est de {amount}.",
            "Merci d'avance.",
        ),
        cases=(
            Case(
                subjects=(
                    "Retour reçu mais pas remboursé",
                    "Remboursement de {amount}",
                ),
                opening=(
                    "j'ai renvoyé l'article « {product} » il y a {number} jours et je n'ai "
                    "pas été remboursé."
                ),
                request=("Où en est-on ?"),
                answer=("le virement de {amount} est parti ce matin, comptez deux jours."),
                question=("votre carte a expiré. Préférez-vous un virement ou une carte cadeau ?"),
                reply=("Un virement, s'il vous plaît."),
                complaint=("Je n'ai reçu qu'une partie de la somme."),
            ),
            Case(
                subjects=(
                    "Erreur sur la facture {order}",
                    "Remise oubliée sur la facture",
                ),
                opening=("sur la facture de {order}, la remise de 10 % n'a pas été déduite."),
                request=("Pouvez-vous corriger ?"),
                answer=(
                    "vous avez raison. La facture corrigée est dans votre compte et la "
                    "différence est remboursée."
                ),
                question=("aviez-vous saisi le code avant de vous connecter ?"),
                reply=("Oui, juste avant."),
                complaint=("La facture est juste, mais la différence n'est pas arrivée."),
            ),
        ),
    ),
    Scenario(
        key="fr-panne",
        language="fr",
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
        files=("photo.jpg",),
        details=(
            "La commande est {order}.",
            "Acheté il y a {number} mois.",
        ),
        cases=(
            Case(
                subjects=(
                    "{product} en panne",
                    "{product} ne s'allume plus",
                ),
                opening=("l'appareil ({product}) ne s'allume plus depuis {day}."),
                request=("Que faire ?"),
                answer=(
                    "débranchez-le dix minutes puis rallumez-le en tenant le bouton. Sinon, "
                    "nous l'échangeons."
                ),
                question=("pourriez-vous m'envoyer le numéro de série, sous l'appareil ?"),
                reply=("Le voici : S{number}0-2290."),
                complaint=("Il s'est arrêté de nouveau ce matin."),
            ),
            Case(
                subjects=(
                    "Bruit étrange ({product})",
                    "Garantie : {product}",
                ),
                opening=(
                    "l'appareil ({product}) fait un bruit de moulin à café depuis {number} jours."
                ),
                request=("Est-ce sous garantie ?"),
                answer=(
                    "oui, et un appareil neuf part aujourd'hui. L'étiquette de retour est "
                    "dans le carton."
                ),
                question=("pouvez-vous enregistrer le bruit quelques secondes ?"),
                reply=("C'est fait, montez le son !"),
                complaint=("Le nouveau fait le même bruit."),
            ),
        ),
    ),
    Scenario(
        key="es-pedido",
        language="es",
        group="Delivery",
        type="question",
        tags=(
            "delivery",
            "tracking",
        ),
        products="any",
        priorities=(
            "normal",
            "high",
        ),
        details=(
            "Estuve en casa todo el día.",
            "El último escaneo es de {city}.",
            "Es para un regalo.",
        ),
        cases=(
            Case(
                subjects=(
                    "¿Dónde está mi pedido {order}?",
                    "{product}: no ha llegado",
                ),
                opening=("mi pedido {order} tenía que llegar el {day} y no ha llegado."),
                request=("¿Pueden mirarlo?"),
                answer=("lo he encontrado: estaba en otro almacén y llega mañana antes de las 12."),
                question=(
                    "el repartidor no encontró el portal. ¿Me confirma la dirección completa?"
                ),
                reply=("El portal es el azul, al lado de la farmacia."),
                complaint=("Hoy tampoco ha venido nadie."),
            ),
            Case(
                subjects=(
                    "Pedido parado en {city}",
                    "{order} lleva {number} días sin moverse",
                ),
                opening=("el seguimiento de {order} no cambia desde hace {number} días."),
                request=("¿Se ha perdido?"),
                answer=("sí, se ha perdido. Hoy mismo sale otro por mensajería urgente."),
                question=("¿prefiere otro envío o la devolución del dinero?"),
                reply=("Otro envío, por favor."),
                complaint=("El nuevo tampoco se mueve."),
            ),
        ),
    ),
    Scenario(
        key="es-devolucion",
        language="es",
        group="Support",
        type="question",
        tags=("returns",),
        products="any",
        priorities=(
            "normal",
            "low",
        ),
        details=(
            "Está sin usar.",
            "El pedido es {order}.",
        ),
        cases=(
            Case(
                subjects=(
                    "Devolución: {product}",
                    "¿Cómo devuelvo el pedido {order}?",
                ),
                opening=("me gustaría devolver el artículo «{product}», pero no tengo impresora."),
                request=("¿Cómo lo hago?"),
                answer=(
                    "no hace falta imprimir nada: en la tienda basta con enseñar el código "
                    "en el móvil."
                ),
                question=("¿prefiere llevarlo a una tienda o que lo recojamos?"),
                reply=("Que lo recojan, por favor."),
                complaint=("En la tienda dicen que el código no vale."),
            ),
            Case(
                subjects=(
                    "Llegó roto: {product}",
                    "Golpe en el artículo «{product}»",
                ),
                opening=("el artículo «{product}» ha llegado con un golpe."),
                request=("¿Me lo cambian?"),
                answer=(
                    "claro. El {day} le llevamos uno nuevo y recogemos el otro en el mismo viaje."
                ),
                question=("¿prefiere uno nuevo, o el 20 % y quedarse con este?"),
                reply=("Uno nuevo, es para regalar."),
                complaint=("Trajeron el nuevo, pero no se llevaron el roto."),
            ),
        ),
    ),
)
