"""Words around questions: which carry no meaning, which mean the same, and what answers look like."""

from __future__ import annotations

import re

# Words that questions are made of, and that say nothing of what they are about. Folded.
GENERAL = frozenset(
    """
    about above after again also always another anyone anything around back because been before
    being below best both could does doing done down each else even ever every first from
    getting give given going have having hear hello help here hope hopefully idea ideas into just
    keep kind kindly know last least left like look looking made make many maybe might more most
    much must need needs never next only other over please possible possibly pretty quite really
    regards right same seems send should since some somebody someone something soon sorry still such
    sure take tell than thank thanks that their them then there these they thing things think this
    those though through time told under understand until upon used using very want well went were
    what when where whether which while will with within without wonder would wrong your yours
    able actually already anyway anybody matter problem issue question wait waiting week weeks
    happen happened happening check checked explain advise update news work works long soon
    aber alle allem allen aller alles also andere anderen auch bald beim bereits besteht bitte
    dann dass dazu deine dem denn deren dessen diese diesem diesen dieser dieses doch dort durch eben
    eigentlich eine einem einen einer eines einfach einmal etwas euch eure fall fragen frage ganz gang
    geben gern gerne gibt haben habe hallo hatte hatten helfen heisst hier hilfe ihnen ihre ihrem
    ihren ihrer immer irgend irgendwie jeder jetzt kann kann kannst kein keine konnen konnten koennen
    koennten lassen leider machen mache mehr mein meine meinem meinen meiner mich moglich mochte
    muss mussen nach nicht nichts noch oder ohne sagen schon sehr seid sein seine seit selbst sich
    sind soll sollen sollte sonst sowie tun uber unser unsere unter viel viele vielen vielleicht
    vom von vor wann warum was weil welche welchem welchen welcher welches wenn werde werden wieder
    wieso will wird wissen wohl wollen worden wurde wurden wurden zeit zurzeit zwar zwischen
    problem danke dank gruesse grusse
    aucun aussi autre autres avant avec avez avoir avons bien bonjour cela ces cet cette ceux chez
    comme comment dans deja depuis dire dites donc dont elle elles encore entre est etait etes etre
    faire fait faut fois ici idee ils jamais jusque leur leurs mais meme merci mes moi moins
    monsieur madame mon notre nous nouvelle nouvelles parce pas peut peux plus plutot pour pourquoi pourrait
    pourriez possible pouvez pouvoir prendre puis quand que quel quelle quelles quels quelque qui quoi
    rien sans savoir sera serait seulement ses simplement soit sommes son sont sous sur tous tout toute
    toutes tres trop vers voici vos votre vous voulez vraiment probleme question aide aider passe
    ahora algo alguien alguna algun alguno antes aqui asi aunque bien cada casi como con cosa cosas
    cual cuales cuando cuanto debe debo decir decirme desde despues donde durante ella ellos entonces
    entre eran eres esta estaba estan estar estas este esto estos estoy favor fue fueron gracias haber
    hace hacer hacia hasta hay hola igual luego mas menos mientras mismo mucho muchos muy nada
    ninguna ninguno nosotros nuestra nuestro nunca otra otras otro otros para pero podria podrian
    podeis poder porque pueda puede pueden puedo pues quiere quiero quien saber sabe segun sera ser
    siempre sin sino sobre solo somos son soy sus tal tambien tampoco tanto tener tengo tiempo tiene
    tienen todavia todo todos tras una unas unos usted ustedes vez veces vosotros problema pregunta
    ayuda ayudar ayudarme pasa pasado semana semanas mirar
    ought arent cant dont isnt doesnt didnt wont havent hasnt wasnt werent wouldnt couldnt shouldnt
    im ive youve weve theyre youre were its thats theres whats lets
    """.split()  # noqa: SIM905  a list of words, not of lines
)

# Stems (five folded letters) that answer for one another.
MEANS: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in (
        "refun money repay reimb retur credi ersta geld gutsc rucke rembo avoir reemb diner devol credit",
        "ship shipp deliv arriv parce packa send sent dispa couri track versa liefe paket sendu ankom "
        "livra exped colis arriv envio envia entre paque llega pedid order orde bestell beste comma",
        "cost costs price charg fee fees euro pay paymen payme preis koste gebuh zahle prix frais cout "
        "tarif payer preci coste cobro pagar",
        "invoi bill bills billi rechn factu recib receip recei quitt",
        "cance stop termi end kundi storn resil annul cance anula baja",
        "broke defec damag fault crack kaput besch casse abime defec roto dana",
        "repla exchan excha swap new ersat austa neue rempl echan susti cambi repue spare",
        "passw login log signi sign acces accou passwo konto anmel zugan compt connex conne mot cuent acces",
        "stock avail lager vorra verfu dispo exist stoc",
        "warra guara garan gewah",
        "fix fixed solve resol repai behob gelos repar regle arreg soluc",
        "addre adres anschr ansch direc",
        "color colou farbe coule",
        "size sizes grosse taill talla tamano taman",
        "call phone ring numbe telef anruf appel llama",
        "open opene hours offen offnu ouver horai abier horar",
        "disco rabat coupo vouch guts remis desc descu codig code",
        "chang modif ander mach modif cambi",
    )
)

_NUMBER_WORDS = (
    r"(?:one|two|three|four|five|six|seven|ten|few|couple of|"
    r"ein|eine[mnr]?|zwei|drei|vier|fünf|sechs|sieben|zehn|einigen|wenigen|"
    r"un|une|deux|trois|quatre|cinq|six|sept|dix|quelques|"
    r"uno|una|dos|tres|cuatro|cinco|seis|siete|diez|unos|pocos)"
)
TIME = re.compile(
    rf"\b(?:\d+|{_NUMBER_WORDS})\s*(?:-|–|to|bis|à|a|or|oder|ou|o)?\s*\d*\s*(?:more\s+|business\s+|working\s+|weitere[nr]?\s+)?"
    r"(?:minutes?|hours?|days?|weeks?|months?|years?|minuten?|stunden?|tag(?:e|en)?|werktag\w*|woche[n]?|monat\w*|"
    r"heures?|jours?|semaines?|mois|ans?|minutos?|horas?|d[ií]as?|semanas?|meses|años?)\b"
    r"|\b\d{1,2}[:.h]\d{2}\b|\b\d{1,2}(?:st|nd|rd|th|\.)\s?[A-Za-zäéû]{3,}|\b\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?\b"
    r"|\b(?:today|tomorrow|tonight|yesterday|immediately|shortly|soon|monday|tuesday|wednesday|thursday|friday|saturday|"
    r"sunday|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"heute|morgen|gestern|sofort|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|januar|februar|märz|mai|"
    r"juni|juli|oktober|dezember|demnächst|umgehend|"
    r"aujourd[’']hui|demain|hier|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|février|mars|avril|juin|"
    r"juillet|août|septembre|octobre|novembre|décembre|bientôt|"
    r"hoy|mañana|ayer|lunes|martes|miércoles|jueves|viernes|sábado|domingo|enero|febrero|marzo|abril|mayo|junio|julio|"
    r"agosto|septiembre|octubre|noviembre|diciembre|pronto)\b",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"[€$£]\s?\d|\d\s?(?:€|\$|£|eur|usd|gbp|chf|euros?|dollars?|pounds?|francs?)\b|\d+[.,]\d{2}\b"
    r"|\b(?:free|no\s+charge|kostenlos|kostenfrei|gratis|gratuit\w*|sin\s+coste|sin\s+cargo|percent|%)\b|\d\s?%",
    re.IGNORECASE,
)
AMOUNT = re.compile(rf"\d|\b{_NUMBER_WORDS}\b", re.IGNORECASE)
PLACE = re.compile(
    r"https?://|\b(?:under|in|at|on|unter|im|auf|dans|sous|sur|à|en|bajo)\s+[\"“„«]?[A-ZÄÖÜÉ]|"
    r"\b(?:menu|settings|page|account|menü|einstellungen|seite|konto|paramètres|compte|ajustes|cuenta|here|hier|ici|aquí)\b",
)
YES_OR_NO = re.compile(
    r"(?:^|[.!,;:\n]\s*|\b(?:short answer|in short)\W+)(?:yes|no|yep|sure|of\s+course|certainly|absolutely|unfortunately|sadly|"
    r"indeed|exactly|correct|right|"
    r"ja|nein|doch|natürlich|selbstverständlich|leider|genau|gerne?|klar|"
    r"oui|non|bien\s+sûr|malheureusement|effectivement|tout\s+à\s+fait|certainement|hélas|absolument|"
    r"s[ií]|no|claro|por\s+supuesto|lamentablemente|desgraciadamente|efectivamente|desafortunadamente)\b"
    r"|\b(?:that\s+is|that['’]s|this\s+is|it\s+is)\s+(?:not\s+)?(?:possible|fine|right|correct|no\s+problem)\b"
    r"|\b(?:das\s+ist|dies\s+ist)\s+(?:leider\s+)?(?:nicht\s+)?(?:möglich|richtig|kein\s+problem)\b"
    r"|\bc[’']est\s+(?:tout\s+à\s+fait\s+)?(?:possible|exact|impossible)\b|\bes\s+(?:posible|correcto|imposible)\b"
    r"|\b(?:you\s+can(?:not|['’]t)?|we\s+can(?:not|['’]t)?|I\s+can(?:not|['’]t)?)\b"
    r"|\b(?:unfortunately|leider|malheureusement|lamentablemente|desafortunadamente)\b",
    re.IGNORECASE | re.MULTILINE,
)
# The reply promises an answer, passes the matter on, or has settled it as a whole.
DEFERS = re.compile(
    r"\b(?:get|come|be)\s+back\s+to\s+you\b|\blook(?:ing)?\s+into\b|\b(?:will|['’]ll)\s+(?:let\s+you\s+know|update\s+you|"
    r"check|find\s+out|investigate|ask|contact\s+you|keep\s+you)\b|\b(?:have|['’]ve|am|are)\s+(?:now\s+)?(?:forward|pass|"
    r"escalat|ask|hand)(?:ed|ing)\b|\bwe(?:['’]re|\s+are)\s+(?:checking|investigating|working\s+on)\b"
    r"|\b(?:please|could\s+you|can\s+you)\s+(?:send|tell|let|provide|confirm|share|reply|give)\b|\bkeep\s+you\s+(?:posted|updated)\b"
    r"|\b(?:melde|melden)\b[^.\n]{0,40}\b(?:sich|uns|mich|wieder|bei\s+ihnen)\b|\b(?:prüfe|prüfen|kläre|klären|schaue|schauen)\b"
    r"|\bweitergeleitet\b|\bweitergegeben\b|\bgebe\w*\b[^.\n]{0,30}\bbescheid\b|\bhalte\w*\b[^.\n]{0,30}\blaufenden\b"
    r"|\b(?:senden|schicken|teilen|nennen|geben)\s+sie\s+(?:uns|mir)\b"
    r"|\breviens?\s+vers\s+vous\b|\breviendr\w+\s+vers\b|\b(?:je|nous)\s+(?:vérifi|regard|examin|transmet|renseign)\w*"
    r"|\btiendr\w+\s+(?:informé|au\s+courant)|\b(?:veuillez|merci\s+de)\s+(?:nous|m)\w*|\btransmis\b"
    r"|\b(?:le|te|les)\s+(?:mantendr|informar|avisar|contactar|dir|responder)\w*|\b(?:estamos|estoy)\s+(?:revisando|"
    r"comprobando|investigando|verificando)|\bhe(?:mos)?\s+(?:pasado|trasladado|reenviado)\b|\bpor\s+favor,?\s+(?:env|ind|conf|dig|fac)",
    re.IGNORECASE,
)

# How a question begins, and what an answer to it looks like.
ANSWERS = (
    (re.compile(r"\b(?:when|by when|how (?:long|soon)|wann|wie lange|bis wann|quand|combien de temps|"
                r"cu[aá]ndo|cu[aá]nto (?:tiempo|tarda\w*)|what (?:time|day|date))\b", re.I), TIME),
    (re.compile(r"\b(?:how much|what (?:is|are|would be) the (?:price|cost|fee)|wie ?viel|was kostet|"
                r"wie teuer|combien|quel (?:est le )?(?:prix|tarif|co[uû]t)|cu[aá]nto|cu[aá]l es el "
                r"(?:precio|coste))\b", re.I), MONEY),
    (re.compile(r"\b(?:how many|wie ?viele|combien|cu[aá]nt[oa]s)\b", re.I), AMOUNT),
    (re.compile(r"\b(?:where|which address|wo|wohin|woher|welche adresse|o[uù]|d[oó]nde|ad[oó]nde)\b",
                re.I), PLACE),
)  # fmt: skip
OPEN = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|which|how|"
    r"wer|wen|wem|was|wann|wo|wohin|woher|warum|wieso|weshalb|welche\w*|wie|wieviel\w*|"
    r"qui|qu[’']est-ce|quoi|quand|où|pourquoi|quel\w*|comment|combien|"
    r"quién\w*|qué|cuándo|dónde|por qué|cuál\w*|cómo|cuánt\w*)\b",
    re.I,
)
