"""How letters begin, and what people are called."""

from __future__ import annotations

GREETING = (
    r"hi(?:ya)?(?: there)?|hello(?: again)?|hey|dear|good (?:morning|afternoon|evening|day)|greetings|"
    r"hallo|guten (?:tag|morgen|abend)|liebe[r]?|sehr geehrte[r]?|moin|servus|grüezi|grüß (?:gott|dich)|"
    r"bonjour|bonsoir|salut|ch[eè]re?|"
    r"hola|buenos días|buenas tardes|buenas noches|buenas|buen día|estimad[oa]|apreciad[oa]|querid[oa]|"
    r"ciao|buongiorno|buonasera|gentile|salve|"
    r"beste|geachte|goedemorgen|goedemiddag|goedendag|dag|"
    r"olá|oi|bom dia|boa tarde|prezad[oa]|car[oa]|hej"
)
TITLES = (
    r"mr|mrs|ms|miss|mx|dr|prof|professor|herr|herrn|frau|monsieur|madame|mademoiselle|mme|mlle|m|"
    r"señora?|sra?|don|doña|signora?|sig|mevrouw|meneer|dhr|mevr|senhora?"
)
# After a greeting these are nobody's name.
NOBODY = frozenset(
    """
    there all team everyone everybody both again together folks guys ladies gentlemen sir madam
    customer friend colleague colleagues support sirs
    zusammen alle alles team kunde kundin kunden damen herren leute ihr ihnen liebes nochmal nochmals
    beide beiden kollegen kolleginnen
    tous toutes tout monde madame monsieur client cliente equipe encore mesdames messieurs a et
    todos todas todo equipo cliente amigo amiga senores senor senora buenas otra tutti allemaal
    de nuevo vez tal que como
    from and thank thanks for we i you your it this is the to my our
    danke vielen dank wir ich sie
    merci pour nous je vous votre
    gracias por le nos hemos
    """.split()  # noqa: SIM905  a list of words, not of lines
)
# Short forms that no rule of letters finds.
NICKNAMES: dict[str, frozenset[str]] = {
    short: frozenset(long.split())
    for short, long in {
        "bill": "william", "will": "william", "liam": "william", "bob": "robert", "rob": "robert",
        "bobby": "robert", "dick": "richard", "rick": "richard", "jim": "james", "jimmy": "james",
        "jack": "john", "johnny": "john", "mike": "michael", "mick": "michael", "tony": "anthony antonio",
        "liz": "elizabeth", "beth": "elizabeth", "betty": "elizabeth", "lisa": "elisabeth elizabeth",
        "kate": "katherine catherine", "katie": "katherine catherine", "kathy": "katherine catherine",
        "peggy": "margaret", "maggie": "margaret", "meg": "margaret", "ted": "edward theodore",
        "ned": "edward", "hank": "henry", "harry": "henry harold", "chuck": "charles",
        "charlie": "charles charlotte", "dave": "david", "steve": "steven stephen", "joe": "joseph",
        "nick": "nicholas nikolaus", "sepp": "josef", "hans": "johannes johann", "uli": "ulrich ulrike",
        "uschi": "ursula", "heinz": "heinrich", "fritz": "friedrich", "klaus": "nikolaus",
        "basti": "sebastian", "gabi": "gabriele", "conny": "cornelia", "moni": "monika",
        "pepe": "jose", "paco": "francisco", "pancho": "francisco", "nacho": "ignacio",
        "lola": "dolores", "concha": "concepcion", "chema": "jose maria", "quique": "enrique",
        "manolo": "manuel", "lupe": "guadalupe", "jo": "joanna josephine joseph johanna",
        "peter": "pete", "alex": "alexander alexandra alejandro", "sandy": "alexandra sandra",
        "sasha": "alexander alexandra", "tina": "christina martina", "toni": "anton antonia",
        "gene": "eugene", "ron": "ronald", "larry": "lawrence laurence", "becky": "rebecca", "tom": "thomas", "tommy": "thomas", "jeff": "jeffrey geoffrey",
    }.items()
}  # fmt: skip
