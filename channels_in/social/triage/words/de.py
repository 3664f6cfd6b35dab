"""German, without umlauts (“Größe” is “grosse”, “zurück” is “zuruck”)."""

from channels_in.social.triage.lexicon import Lexicon

LEXICON = Lexicon(
    language="de",
    asks="""
        wie (kann|konnen|lange|viel|oft|komme|funktioniert|andere|bekomme|geht|gross|hoch)( ich| man| wir)?
        wo (finde|ist|sind|kann|bekomme|steht|gibt|genau)( ich| man)?
        wann (kommt|ist|wird|geht|gibt|kann|offnet)
        (was|welche\\w?|warum|wieso|weshalb|woran|womit) (ist|sind|kann|konnen|liegt|grosse|soll|muss|tun|bedeutet|gilt|kostet)
        welche\\w? \\w+ (hat|haben|ist|sind|brauche)
        gibt es( den| die| das| noch| auch| eine?n?)?
        kann (man|ich)
        (konnt|konnten|konnen|kannst|wurdet) (ihr|sie|wir|du)
        (liefert|habt|seid|macht|nehmt|bietet|plant|repariert|verkauft) ihr
        (weiss|kennt) (jemand|einer|wer)
        kann (mir )?(jemand|einer)
        (hat|kommt|geht|ist) (jemand|einer|das|es|mein\\w*|die|der) (hier|schon|noch|auch)?
        ob (ihr|das|man|der|die|@) 
        gilt (das|der|die)
        hilfe
    """,
    wishes="""
        (ich )?(mochte|wurde|wollte|will|muss) … (andern|zuruckgeben|tauschen|umtauschen|kundigen|verschieben|wissen|fragen|stornieren|bestellen|bezahlen|buchen|abmelden|sprechen)
        ich (mochte|wurde gern\\w?|hatte gern\\w?|brauche|suche|bekomme|finde|versuche)
        finde … (nicht|keinen?)
        bitte (andern|schicken|senden|melden|pruft|prufen|korrigieren|loschen|abmelden|um)
        (habe|hab) ich (gemacht|schon|versucht|probiert)
    """,
    business="""
        (bestellung|bestellnummer|rechnung|konto|passwort|lieferung|lieferadresse|adresse|gutschein|code|vertrag|abo|karte|termin|rucksendung|retoure|garantie|kundennummer|paket|bezahlen|zahlung)\\w*
        mein\\w* (konto|karte|bestellung|rechnung|paket|gutschein)
        (kundigen|kundigung|stornier\\w+)
        (iphone|android|laptop|router|handy|akku|knopf|techniker)\\w*
        (liefert|liefern|versand|versendet|filiale)\\w*
    """,
    trouble="""
        (geht|gehen|ging|funktioniert|funktionieren|klappt|ladt|startet|offnet|verbindet|reagiert|synchronisiert) (bei \\w+ |immer |noch |seit \\w+ |hier |einfach |uberhaupt |leider |gar |auch |mehr |gerade )*nicht
        nicht (mehr )?(offnen|einloggen|anmelden|laden|starten|bezahlen|nutzen|verbinden|drucken|angenommen|akzeptiert|erkannt|moglich|abrufbar|erreichbar)
        (lasst|lassen) sich … nicht
        (komme|komm|kommt|kann) … (nicht|nimmer) (mehr )?(in mein\\w*|rein|ins|ran|an|einloggen)?
        (nicht|nie) (mehr )?(in mein konto|rein|an)
        kommt (einfach |leider )?(nicht|nie) an
        (fehler|fehlermeldung|absturz|sturzt|hangt|eingefroren|haengt)\\w*
        (abgelehnt|gesperrt|abgelaufen|ungultig|verschwunden)
        zeigt (immer )?noch
        (angezeigt|zeigt) … (alte|falsche)
        bricht (immer )?ab
        langsamer als
        ausgeloggt
        seit dem update
    """,
    wrong="""
        (falsch\\w*) (teil|grosse|farbe|adresse|artikel|rechnung|produkt|preis|ware|geliefert)
        (rechnung|lieferung|bestellung) … falsch
        (zum )?(zweiten|dritten|vierten|funften) mal
        schon wieder (das |die |der |ein\\w* )?(falsch\\w*|kaputt|zu spat|nicht|defekt)
        (warte|wartet|warten|gewartet)
        warteschleife
        seit \\w+ (wochen|tagen|monaten|stunden)
        \\w+ (wochen|tage|monate|stunden) (ohne|spater|zu spat)
        (ist|war|kam|kommt|ging|gehen|alles|gegangen) (\\w+ ){0,4}(kaputt|defekt|beschadigt|zerkratzt|kalt|nass|leer|verspatet|zerbrochen|dreckig)
        (kaputt|defekt|zerkratzt|zerbrochen|beschadigt|gerissen|undicht|verbogen|abgebrochen)
        (fehlt|fehlte|fehlen)
        (nie|nicht) (angekommen|geliefert|erschienen|gekommen|zugestellt|erhalten|bekommen)
        (kommt|kam|kamen) (\\w+ )?(nicht|zu spat)
        nicht bei mir
        (keiner|niemand) … (antwortet|hilft|meldet|geht ran|zustandig|erreichbar|interessiert|reagiert)
        (keine|ohne) (antwort|ruckmeldung|reaktion|hilfe|erklarung)
        (doppelt|zweimal|mehrfach) (abgebucht|berechnet|belastet|bezahlt)
        (mein|unser) geld (zuruck|ist|wieder)?
        (geld|erstattung|ruckzahlung) … (verweigert|nicht|seit)
        selbst (zahlen|bezahlen|schuld sein)
        aufgelegt
        versprochen
        (halt|haltet) … (nicht|keinen) (einzigen|ein)?
        (passiert|tut sich) (immer noch )?nichts
        hilft mir (leider )?(nicht|uberhaupt|gar|kein)
        (immer|noch) noch nicht
        (verloren|geklaut|gestohlen)
    """,
    anger="""
        (frechheit|unverschamt\\w*|katastroph\\w+|schlimmste\\w*|schlechteste\\w*|unmoglich|lacherlich|peinlich|miserabel|unterirdisch|skandal\\w*|zumutung|saftladen|mist|sauerei|unfassbar|armutszeugnis|abzocke|betrug|betruger)
        (schlecht|schlechte|schlechter|schlechten|grottig\\w*|mies\\w*) (service|qualitat|kundenservice|erfahrung|kommunikation|support)
        (enttausch\\w+|verargert|sauer|wutend|genervt|argerlich|stinksauer)
        nie (wieder|mehr)
        nicht (zu )?(empfehlen\\w*|empfehlenswert)
        (rate|raten) … ab
        finger weg
        (frech|dreist) (werden|geworden)?
        so eine? (schlechte|miese|frechheit|sauerei|schweinerei)
        reicht (es|s|jetzt|langsam)
        das geht gar nicht
        anwalt|verbraucherzentrale
        danke fur (nichts|gar nichts)
    """,
    irony="""
        danke fur (nichts|gar nichts)
        ganz (grosses|grosse) (kino|leistung)
        (super|toll|toller|klasse|bravo|prima|herzlichen gluckwunsch|glanzleistung) … (nur|nicht|kommt nicht|falsch|wieder|kaputt|langsamer|leider|aber)
        respekt … (muss man|schaffen)
        erst mal schaffen
        (na|ja) (toll|super|danke|bravo)
    """,
    urgent="""
        dringend\\w*
        sofort\\w*
        umgehend\\w*
        schnellstens|schnellstmoglich
        notfall
        eilt|eilig
        (morgen|heute abend|heute) (ist|hochzeit|brauche)
        jetzt gerade
        so schnell wie moglich
    """,
    danger="""
        gehackt|gephisht|gekapert
        (gebrannt|brennt|feuer|brand|rauch|raucht|qualmt|qualm|explodiert|funken|verschmort|uberhitzt|geschmolzen)
        stromschlag\\w*|allergi\\w+|verletzt|krankenhaus|vergift\\w+
        (in|auf|unter) mein\\w* namen
        (fremde|anderer|anderen) (daten|kunden|kundin|bestellungen)
        datenleck|datenpanne|identitatsdiebstahl|missbrauch\\w*
        es wird (gerade )?(bestellt|abgebucht|gekauft)
    """,
    down="""
        (seite|website|app|server|system|kasse|shop|internet|netz|leitung|dienst) … (down|tot|weg|offline|gestort|nicht erreichbar|uberlastet|ausgefallen)
        (storung|ausfall|totalausfall|ausgefallen|serverausfall)\\w*
        (geht|funktioniert|ladt) (\\w+ )?(nichts|gar nichts|nicht)
        (geht|funktioniert) … (nicht|nichts)
        ohne (internet|netz|strom|empfang|telefon)
        (keiner|niemand) … (rein|bezahlen|arbeiten|zahlen|einloggen)
    """,
    many="""
        (bei euch|bei noch jemandem|noch jemand|sonst noch (jemand|wer)|auch bei|nur bei mir|nur ich)
        (alle|allen) (nutzer|kunden|filialen|kollegen|laden|mitarbeiter)\\w*
        (ganze|ganzen|gesamte|gesamten) (\\w+)
        (niemand|keiner) (von uns|hier|kann)
        auch gerade
        wir alle
        uberall
    """,
    thanks="""
        (vielen |herzlichen |lieben |besten )*(dank|danke)( schon| sehr| euch| dir)?
        (grosses |dickes )?lob
        hut ab
        respekt
        dankeschon
    """,
    praise="""
        (toll|tolle|toller|tolles|klasse|super|spitze|genial|grossartig\\w*|fantastisch\\w*|wunderbar\\w*|wunderschon\\w*|perfekt\\w*|hervorragend\\w*|ausgezeichnet\\w*|begeistert|zufrieden|glucklich|herrlich|schon|schone|schones|schoner|prima|mega|hammer|einwandfrei|top)
        (sehr|total|echt|super|so|immer) (gut|gute|guter|gutes|nett\\w*|schnell\\w*|freundlich\\w*|zufrieden|hilfsbereit|schon\\w*)
        (ein|der) traum
        (liebe|lieben|mag) (ich|den|die|das|meine\\w?|es)
        (sehr zu |nur zu |kann ich nur )?(empfehlen|empfehlung|empfehlenswert)
        (beste|bester|bestes|besten) \\w+
        schneller als (gedacht|erwartet|erhofft)
        freue? mich
        halten (seit|schon)
        heute bestellt … (da|morgen)
        jetzt (klappt|geht|funktioniert)( es| alles)?
    """,
    at_peace="""
        (kein|keine|keinerlei|ohne|null) (problem|probleme|problemen|beschwerden|beanstandung\\w*|mangel|stress|arger)
        (noch )?nie (ein|irgendein|einen|probleme?) ?(problem|probleme|arger|grund)?( mit)?
        (kann man|da kann man|kann ich|man kann) nicht meckern
        nicht meckern
        nichts (auszusetzen|zu meckern|falsch machen)
        problem … (gelost|geklart|behoben)
        nicht (genug )?(loben|zufriedener|besser)
    """,
    solved="""
        (gelost|geklart|behoben|erledigt|repariert|ersetzt)
        (jetzt|nun) (klappt|geht|funktioniert|lauft)( es| alles| wieder)?
        (klappt|geht|lauft) (jetzt|wieder|nun)
    """,
    not_="""
        nicht|nie|kein|keine|keinen|keiner|wenig|ohne|kaum|alles andere als
    """,
    insults="""
        (idiot|depp|trottel|opfer|schwachkopf|vollpfosten|hohlkopf|lappen|versager|penner|schaf|schafe|luegner|lugner|heuchler|gesindel|parasit)\\w{0,2}
        (schwachsinn|blodsinn|quatsch|dummes zeug)
        (dumm|blod|doof|bescheuert|hirnlos)\\w*
        keine ahnung
        halt (die klappe|den mund|dein maul|s maul)
        halts maul
        selber schuld
    """,
    quarrel="""
        boykott\\w*
        (alle|doch) (gekauft|gleich|korrupt)
        (linke|rechte|grune|woke|nazi|faschist|kapitalist|kommunist|politik|partei|systemling|gutmensch)\\w*
        \\S*kapitalist\\w*
        (hat|hats|interessiert) (doch )?(keiner|keinen|niemand|niemanden) ?(gefragt)?
        (wen|wer) (interessiert|interessierts|fragt)
        (geht|gehen|geh) (doch |bald )?(pleite|bankrott|unter|sterben)
        hoffentlich … (pleite|bankrott|untergeht)
        wer … kauft ist
    """,
    bait="""
        (gewinnspiel|verlosung|verlosen|gewinne|gewinnen)\\w*
        (zu|und) gewinnen
        (drei|zwei|3|2|5) freunde? markieren
        (verdien\\w*|verdiene) … (monat|woche|tag|zu hause|stunde|online)
        von zu hause
        (schreib|schreibt) mir (jetzt|eine|per)
        (follower|likes|abonnenten) (kaufen|gunstig|kostenlos)
        (kostenlos\\w*|gratis) (follower|gutschein\\w*|iphone|\\S+ gutschein\\w*|\\S+ iphone)
        (tritt|kommt|komm) … (gruppe|kanal|telegram)
        (klick|klickt) (hier|jetzt|auf)
        (rabattcode|empfehlungscode)
        (geld|wallet) zuruckbekommen … (hacker|telegram|whatsapp)
    """,
    weak_bait="""
        folgen|folgt
        liken|teilen|markieren|teilt
        gratis|kostenlos
        geld
        telegram
        freunde
        reich
        endet
        gutschein\\w*
        gruppe|kanal
    """,
)
