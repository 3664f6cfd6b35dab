"""Templated Italian, Dutch, Polish and Portuguese conversations."""

from __future__ import annotations

from demo.stories.scenario import Case, Scenario

SCENARIOS: tuple[Scenario, ...] = (
    Scenario(
        key="it-ordine",
        language="it",
        group="Delivery",
        type="question",
        tags=("delivery",),
        products="any",
        priorities=(
            "normal",
            "high",
        ),
        details=(
            "L'ultimo stato è {city}.",
            "È un regalo.",
        ),
        cases=(
            Case(
                subjects=(
                    "Ordine {order} non arrivato",
                    "Consegna saltata {day}",
                ),
                opening=("il mio ordine {order} doveva arrivare {day}."),
                request=("Potete controllare?"),
                answer=("l'ho trovato: arriva domani entro mezzogiorno."),
                question=("mi conferma il nome sul citofono?"),
                reply=("Sul citofono c'è scritto «Studio Riva»."),
                complaint=("Mezzogiorno è passato e non è venuto nessuno."),
            ),
            Case(
                subjects=(
                    "«Destinatario assente»? Ero in casa",
                    "{order}: corriere mai passato",
                ),
                opening=(
                    "il corriere segna «destinatario assente», ma ero in casa tutto il giorno."
                ),
                request=("Quando torna?"),
                answer=("torna domani tra le 9 e le 11 e telefona prima di arrivare."),
                question=("preferisce un punto di ritiro vicino a casa?"),
                reply=("No, meglio a casa, grazie."),
                complaint=("Di nuovo «assente». Ero alla finestra!"),
            ),
        ),
    ),
    Scenario(
        key="it-fattura",
        language="it",
        group="Billing",
        type="task",
        tags=(
            "billing",
            "invoice",
        ),
        products="any",
        priorities=(
            "low",
            "normal",
        ),
        has_amount=True,
        details=(
            "L'articolo era «{product}».",
            "Non c'è fretta.",
        ),
        cases=(
            Case(
                subjects=(
                    "Fattura per {order}",
                    "Manca la fattura",
                ),
                opening=("mi serve la fattura di {order}."),
                request=("Potete inviarmela?"),
                answer=("la trova nel suo account, sotto «Documenti»."),
                question=("a quale ragione sociale devo intestarla?"),
                reply=("Alla mia ditta, i dati sono nel profilo."),
                complaint=("Manca ancora il codice fiscale."),
            ),
            Case(
                subjects=(
                    "Addebito doppio di {amount}?",
                    "{amount} addebitati due volte",
                ),
                opening=("vedo due addebiti di {amount} per lo stesso ordine."),
                request=("Potete chiarire?"),
                answer=(
                    "il secondo era solo una prenotazione e l'ho annullato: sparisce in due giorni."
                ),
                question=("può dirmi le ultime quattro cifre della carta?"),
                reply=("4410."),
                complaint=("Sono passati due giorni ed è ancora lì."),
            ),
        ),
    ),
    Scenario(
        key="nl-bestelling",
        language="nl",
        group="Delivery",
        type="question",
        tags=("delivery",),
        products="any",
        priorities=(
            "normal",
            "low",
        ),
        details=(
            "Ook niet bij de buren.",
            "Laatste scan: {city}.",
            "Het is een cadeautje.",
        ),
        cases=(
            Case(
                subjects=(
                    "Waar blijft {order}?",
                    "{product} nog niet binnen",
                ),
                opening=("mijn bestelling {order} zou {day} komen."),
                request=("Kunnen jullie het nakijken?"),
                answer=("gevonden! Het komt morgen voor 12 uur."),
                question=("kan het ook naar een afhaalpunt bij jou in de buurt?"),
                reply=("Liever gewoon thuis. Lukt dat deze week nog?"),
                complaint=("Het is half vier en er is niemand geweest."),
            ),
            Case(
                subjects=(
                    "Volgens de app bezorgd",
                    '{order} "bezorgd" maar niet hier',
                ),
                opening=("volgens de app is {order} bezorgd, maar hier is niets."),
                request=("Wat nu?"),
                answer=("het pakje is kwijt; er gaat vandaag een nieuw naar je toe."),
                question=("wil je een nieuw pakje of je geld terug?"),
                reply=("Een nieuw pakje graag."),
                complaint=('Ook het nieuwe is "bezorgd". Niet bij mij.'),
            ),
        ),
    ),
    Scenario(
        key="nl-kapot",
        language="nl",
        group="Support",
        type="incident",
        tags=("warranty",),
        products="electronics",
        priorities=("normal",),
        files=("foto.jpg",),
        details=(
            "Bestelnummer {order}.",
            "Andere stekker geprobeerd.",
        ),
        cases=(
            Case(
                subjects=(
                    "{product} doet het niet meer",
                    "Garantie op {product}",
                ),
                opening=("mijn {product} doet het sinds {day} niet meer."),
                request=("Kan ik een nieuwe krijgen?"),
                answer=("dat is garantie. Er gaat vandaag een nieuwe op de post."),
                question=("stuur je me het serienummer onderop?"),
                reply=("Serienummer is S{number}0-3345."),
                complaint=("De nieuwe is een andere kleur dan de oude."),
            ),
        ),
    ),
    Scenario(
        key="pl-zamowienie",
        language="pl",
        group="Delivery",
        type="question",
        tags=("delivery",),
        products="any",
        priorities=(
            "normal",
            "high",
        ),
        details=(
            "Ostatni status: {city}.",
            "To prezent.",
            "Domofon działa.",
        ),
        cases=(
            Case(
                subjects=(
                    "Gdzie jest zamówienie {order}?",
                    "{product}: brak dostawy",
                ),
                opening=("zamówienie {order} miało dotrzeć {day}."),
                request=("Czy mogą Państwo sprawdzić?"),
                answer=("przesyłka trafiła do innej sortowni, będzie jutro do 12:00."),
                question=("czy może być paczkomat w pobliżu?"),
                reply=("Może być, najlepiej przy dworcu."),
                complaint=("Jest po dwunastej i nikogo nie było."),
            ),
            Case(
                subjects=(
                    "Paczka stoi: {city}",
                    "{order}: status bez zmian od {number} dni",
                ),
                opening=("od {number} dni status przesyłki ({product}) się nie zmienia."),
                request=("Czy zaginęła?"),
                answer=("niestety tak. Dziś wysyłamy nową ekspresem."),
                question=("woli Pani/Pan nową przesyłkę czy zwrot pieniędzy?"),
                reply=("Nową przesyłkę, proszę."),
                complaint=("Nowa też stoi."),
            ),
        ),
    ),
    Scenario(
        key="pl-zwrot",
        language="pl",
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
            "Mam potwierdzenie z poczty.",
            "Bank nic nie widzi.",
        ),
        cases=(
            Case(
                subjects=(
                    "Zwrot {amount}",
                    "Brak zwrotu za: {product}",
                ),
                opening=(
                    "minęło {number} dni od zwrotu towaru ({product}), a {amount} nie ma na koncie."
                ),
                request=("Kiedy mogę się spodziewać pieniędzy?"),
                answer=("zwrot wyszedł dziś rano, zwykle trwa to dwa dni."),
                question=("karta wygasła. Przelew czy karta podarunkowa?"),
                reply=("Przelew, proszę."),
                complaint=("Przyszła tylko część kwoty."),
            ),
        ),
    ),
    Scenario(
        key="pt-encomenda",
        language="pt",
        group="Delivery",
        type="question",
        tags=("delivery",),
        products="any",
        priorities=("normal",),
        details=(
            "Última leitura: {city}.",
            "É uma prenda.",
        ),
        cases=(
            Case(
                subjects=(
                    "Onde está a encomenda {order}?",
                    "{product}: ainda não chegou",
                ),
                opening=("a minha encomenda {order} devia ter chegado {day}."),
                request=("Podem verificar?"),
                answer=("já a encontrámos: chega amanhã até às 12 h."),
                question=("pode confirmar a morada completa?"),
                reply=("A morada está certa, é o 3.º esquerdo."),
                complaint=("Já passa das 12 e nada."),
            ),
            Case(
                subjects=(
                    "{order} parada há {number} dias",
                    "Encomenda perdida?",
                ),
                opening=("o estado da encomenda {order} não muda há {number} dias."),
                request=("Perdeu-se?"),
                answer=("infelizmente sim; segue hoje outra por expresso."),
                question=("prefere outra encomenda ou o dinheiro de volta?"),
                reply=("Outra, por favor."),
                complaint=("A nova também não se mexe."),
            ),
        ),
    ),
)
