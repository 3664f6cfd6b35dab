"""The people of the fictional shop BrightCart: agents, organisations and customers.

Every address ends in a domain reserved for documentation (RFC 2606), so a demo that sends mail
by mistake reaches nobody.
"""

from __future__ import annotations

from demo.person import Agent, Customer, Organisation, person

__all__ = [
    "AGENTS",
    "AGENT_BY_KEY",
    "CUSTOMERS",
    "CUSTOMER_BY_KEY",
    "GROUPS",
    "ORGANISATIONS",
    "ORGANISATION_BY_KEY",
    "Agent",
    "Customer",
    "Organisation",
]

GROUPS = ("Support", "Billing", "Delivery", "Products")


def _agent(key: str, name: str, role: str, groups: tuple[str, ...], title: str, zone: str) -> Agent:
    signature = f"{name}\n{title}, BrightCart"
    return Agent(key, name, f"{key}@example.com", role, groups, signature, zone)


AGENTS: tuple[Agent, ...] = (
    _agent(
        "admin", "Amira Hassan", "admin", ("Support", "Products"), "Operations", "Europe/Berlin"
    ),
    _agent("lead", "Lena Brandt", "lead", GROUPS, "Head of Customer Care", "Europe/Berlin"),
    _agent("alice", "Alice Moreau", "agent", ("Billing", "Support"), "Billing", "Europe/Paris"),
    _agent("bob", "Bob Okafor", "agent", ("Support",), "Customer Care", "Europe/London"),
    _agent("priya", "Priya Nair", "agent", ("Delivery", "Support"), "Delivery", "Europe/Dublin"),
    _agent("tom", "Tom Lindqvist", "light_agent", ("Products",), "Products", "Europe/Stockholm"),
)

ORGANISATIONS: tuple[Organisation, ...] = (
    Organisation("northwind", "Northwind", ("northwind.example",)),
    Organisation("kobe", "Kōbe Retail 神戸リテール", ("kobe-retail.example",)),
    Organisation("fjord", "Fjord & Sons", ("fjord-sons.example", "fjord.example")),
    Organisation("halloran", "Halloran Facilities Ltd", ("halloran.example",)),
    Organisation("lumen", "Lumen Interiors", ("lumen-interiors.example",)),
    Organisation("brigid", "St. Brigid's Primary School", ("stbrigids.example",)),
    Organisation("aurora", "Hotel Aurora", ("hotel-aurora.example",)),
    Organisation("sol", "Grupo Sol Hoteles", ("gruposol.example",)),
    Organisation("weber", "Weber Bau GmbH", ("weber-bau.example",)),
    Organisation("marchand", "Atelier Marchand", ("atelier-marchand.example",)),
    Organisation("polmeb", "Polmeb Sp. z o.o.", ("polmeb.example",)),
    Organisation("nordkaffe", "Nordkaffe AB", ("nordkaffe.example",)),
    Organisation("bieb", "Stadsbibliotheek Merwede", ("bieb-merwede.example",)),
    Organisation("kestrel", "Kestrel Property Management", ("kestrel.example",)),
)


def _x(handle: str) -> tuple[tuple[str, str], ...]:
    return (("x", handle),)


def _facebook(handle: str) -> tuple[tuple[str, str], ...]:
    return (("facebook", handle),)


_BUSINESS = (
    person(
        "carla",
        "Carla Jiménez",
        "carla@northwind.example",
        "es",
        "northwind",
        phone="+34 600 000 118",
        handles=_x("carlaj"),
        notes="Prefers English in writing. Second billing problem this year, be quick.",
    ),
    person("northwind_ap", "Accounts Northwind", "accounts@northwind.example", "en", "northwind"),
    person("oriol", "Oriol Puig", "oriol.puig@northwind.example", "es", "northwind"),
    person(
        "yuki",
        "Yuki Tanaka 田中",
        "y.tanaka@kobe-retail.example",
        "ja",
        "kobe",
        phone="+81 78 000 0142",
        notes="Wholesale buyer. Writes English for contracts, Japanese for small things.",
    ),
    person("haruto", "佐藤 陽翔", "h.sato@kobe-retail.example", "ja", "kobe"),
    person(
        "fjord_legal",
        "Legal, Fjord & Sons",
        "legal@fjord-sons.example",
        "en",
        "fjord",
        zone="Europe/Oslo",
    ),
    person("sigrid", "Sigrid Fjord", "sigrid@fjord.example", "en", "fjord", zone="Europe/Oslo"),
    person(
        "maeve",
        "Maeve Halloran",
        "maeve@halloran.example",
        "en",
        "halloran",
        phone="+353 1 555 0143",
    ),
    person("declan", "Declan Byrne", "d.byrne@halloran.example", "en", "halloran"),
    person(
        "imogen",
        "Imogen Clarke-Whitfield",
        "imogen@lumen-interiors.example",
        "en",
        "lumen",
        notes="Interior designer, orders every fortnight. VIP.",
    ),
    person("raj", "Raj Malhotra", "raj@lumen-interiors.example", "en", "lumen"),
    person(
        "brigid_office",
        "Nuala Keane",
        "office@stbrigids.example",
        "en",
        "brigid",
        zone="Europe/Dublin",
    ),
    person("matteo", "Matteo Ferrari", "direzione@hotel-aurora.example", "it", "aurora"),
    person("chiara", "Chiara Lombardi", "c.lombardi@hotel-aurora.example", "it", "aurora"),
    person("lucia", "Lucía Fernández Ortega", "compras@gruposol.example", "es", "sol"),
    person("inigo", "Íñigo Etxeberria", "inigo@gruposol.example", "es", "sol"),
    person("weber", "Heinz-Dieter Weber", "hd.weber@weber-bau.example", "de", "weber"),
    person("kathrin", "Kathrin Übelhör", "buchhaltung@weber-bau.example", "de", "weber"),
    person("elodie", "Élodie Marchand", "elodie@atelier-marchand.example", "fr", "marchand"),
    person(
        "wojciech",
        "Wojciech Szczęsny-Brzęczyszczykiewicz",
        "w.szczesny@polmeb.example",
        "pl",
        "polmeb",
    ),
    person("agnieszka", "Agnieszka Żółkiewska", "zakupy@polmeb.example", "pl", "polmeb"),
    person("astrid", "Astrid Lindholm", "astrid@nordkaffe.example", "sv", "nordkaffe"),
    person("bjorn", "Björn Åkesson", "bjorn@nordkaffe.example", "sv", "nordkaffe"),
    person(
        "femke", "Femke van den Heuvel-de Jong", "f.vandenheuvel@bieb-merwede.example", "nl", "bieb"
    ),
    person(
        "gareth", "Gareth Pugh", "gareth@kestrel.example", "en", "kestrel", phone="+44 20 7946 0221"
    ),
    person("shanice", "Shanice Campbell", "shanice@kestrel.example", "en", "kestrel"),
)

_ENGLISH = (
    person(
        "carol",
        "Carol Jensen",
        "carol@example.com",
        phone="+44 20 7946 0134",
        handles=_x("caroljensen"),
        notes="Long-standing customer, always polite. Third floor, no lift: side door.",
    ),
    person("mark", "Mark O’Neill", "mark.oneill@inbox.example"),
    person(
        "ruth",
        "Ruth Adeyemi",
        "ruth.adeyemi@inbox.example",
        phone="+44 20 7946 0018",
        notes="Prefers the phone; hard of hearing on bad lines, speak slowly.",
    ),
    person("dana", "Dana", "dana@builds.example", handles=_x("dana_builds")),
    person(
        "bobby",
        "<b>Bobby</b> Tables",
        "bobby.tables@xkcd-school.example",
        notes="Yes, that is how the name is registered.",
    ),
    person("siobhan", "Siobhán O'Dwyer", "siobhan.odwyer@inbox.example", zone="Europe/Dublin"),
    person(
        "dorothy",
        "Dorothy Wainwright",
        "dorothy.wainwright@teapost.example",
        notes="82, kind, types slowly.",
    ),
    person("margaret", "Margaret Ashby", "m.ashby@teapost.example", phone="+44 20 7946 0377"),
    person("kwame", "Kwame Mensah", "kwame.mensah@mail.example"),
    person(
        "ngozi", "Ngozi Okonkwo", "ngozi@mail.example", handles=(("whatsapp", "+44 7700 900142"),)
    ),
    person("liam", "Liam Gallacher", "liam.g@mail.example", handles=_x("liamg_88")),
    person("zoe", "Zoe Papadaki", "zoe.p@mail.example", handles=_x("zoepap")),
    person(
        "tariq", "Tariq Aziz", "tariq.aziz@mail.example", handles=(("whatsapp", "+44 7700 900871"),)
    ),
    person("hannah", "Hannah Schofield", "hannah.schofield@mail.example"),
    person("ethan", "Ethan Whitaker", "ethan.w@student.example"),
    person("olivia", "Olivia Brown", "olivia.brown@mail.example"),
    person("callum", "Callum Fraser", "callum@frasermail.example", handles=_x("callumf_")),
    person("rhys", "Rhys Llewellyn", "rhys.ll@mail.example"),
    person(
        "amelia", "Amelia Hart", "amelia.hart@mail.example", handles=_facebook("amelia.hart.75")
    ),
    person("george", "George Papworth", "g.papworth@teapost.example", phone="+44 20 7946 0909"),
    person("nadia", "Nadia Rahman", "nadia.rahman@mail.example"),
    person("steve", "Steve Kowalski", "steve.k@mail.example", handles=_facebook("steve.kowalski")),
    person("fiona", "Fiona MacLeod", "fiona.macleod@mail.example"),
    person("joao_uk", "João Pereira-Hughes", "joao.ph@mail.example"),
    person("grace", "Grace Obi", "grace.obi@mail.example"),
    person("peter", "Peter Vance", "pvance@mail.example"),
    person("chloe", "Chloe Bennett", "chloe.bennett@student.example"),
    person("ravi", "Ravi Subramaniam", "ravi.s@mail.example"),
    person("karen", "Karen Doyle", "karen.doyle@mail.example", zone="Europe/Dublin"),
    person("finn", "Finn Murphy", "finn@murphys.example", zone="Europe/Dublin"),
    person("eilidh", "Eilidh Stewart", "eilidh.stewart@mail.example"),
    person(
        "visitor_lyon", "Visitor from Lyon", "visitor-4471@chat.example", "en", zone="Europe/Paris"
    ),
    person("visitor_leeds", "Visitor from Leeds", "visitor-4518@chat.example"),
    person(
        "abiodun",
        "Abiodun Oluwaseun Adekunle-Fitzgerald-Montgomery III",
        "abiodun@longnames.example",
    ),
    person("x", "X", "x@mail.example", notes="Gave only the letter X as a name."),
    person("marta_uk", "Marta Novak", "marta.novak@mail.example"),
    person("simon", "Simon Achterberg", "simon@achterberg.example"),
    person(
        "priscilla", "Priscilla Owusu", "priscilla.o@mail.example", handles=_facebook("prisc.owusu")
    ),
)

_GERMAN_FRENCH = (
    person("jonas", "Jonas Weiß", "jonas.weiss@postfach.example", "de"),
    person("ulrike", "Ulrike Schönfeld", "ulrike.schoenfeld@postfach.example", "de"),
    person(
        "maximilian", "Maximilian Freiherr von der Tann-Rathsamhausen", "max@tann.example", "de"
    ),
    person("sabine", "Sabine Krüger", "s.krueger@postfach.example", "de", phone="+49 30 555 0167"),
    person(
        "mehmet_de",
        "Mehmet Aydın",
        "mehmet.aydin@postfach.example",
        "de",
        handles=(("telegram", "maydin"),),
    ),
    person("reto", "Reto Bünzli", "reto.buenzli@alpenpost.example", "de-CH", zone="Europe/Zurich"),
    person(
        "franziska",
        "Franziska Gruber",
        "franzi.gruber@donaupost.example",
        "de-AT",
        zone="Europe/Vienna",
    ),
    person("thorsten", "Thorsten Meyer", "thorsten.meyer@postfach.example", "de"),
    person("camille", "Camille Dubois", "camille.dubois@courriel.example", "fr"),
    person("jean", "Jean-Baptiste Lefèvre", "jb.lefevre@courriel.example", "fr"),
    person(
        "aicha",
        "Aïcha Benali",
        "aicha.benali@courriel.example",
        "fr",
        handles=_facebook("aicha.benali"),
    ),
    person("monique", "Monique Garnier", "monique.garnier@courriel.example", "fr"),
    person("lucas", "Lucas Moulin", "lucas.moulin@courriel.example", "fr", handles=_x("lucasmln")),
    person(
        "noemie", "Noémie Vandenberghe", "noemie@belpost.example", "fr-BE", zone="Europe/Brussels"
    ),
)

_SOUTHERN = (
    person("sofia", "Sofia Rossi", "sofia.rossi@posta.example", "it"),
    person(
        "giulia",
        "Giulia D'Angelo",
        "giulia.dangelo@posta.example",
        "it",
        handles=_facebook("giuliadangelo"),
    ),
    person("lorenzo", "Lorenzo Bianchi", "lorenzo.bianchi@posta.example", "it"),
    person("pablo", "Pablo Gutiérrez", "pablo.gutierrez@correo.example", "es"),
    person(
        "ines",
        "Inés Muñoz",
        "ines.munoz@correo.example",
        "es",
        handles=(("whatsapp", "+34 600 000 771"),),
    ),
    person("montse", "Montserrat Vila i Puigdevall", "montse.vila@correo.example", "es"),
    person("joao", "João Gonçalves", "joao.goncalves@correio.example", "pt"),
    person("beatriz", "Beatriz Conceição da Silva", "beatriz@correio.example", "pt"),
    person("thiago", "Thiago Araújo", "thiago.araujo@correio.example", "pt-BR"),
    person("eleni", "Ελένη Παπαδοπούλου", "eleni@tachydromio.example", "el"),
    person("nikos", "Νίκος Γεωργίου", "nikos.georgiou@tachydromio.example", "el"),
)

_NORTHERN_EASTERN = (
    person("tomasz", "Tomasz Kowalczyk", "tomasz.kowalczyk@poczta.example", "pl"),
    person(
        "kasia",
        "Katarzyna Wiśniewska",
        "kasia.wisniewska@poczta.example",
        "pl",
        handles=_facebook("kasia.w"),
    ),
    person("lukasz", "Łukasz Dąbrowski", "lukasz.dabrowski@poczta.example", "pl"),
    person("sanne", "Sanne de Vries", "sanne.devries@postbus.example", "nl"),
    person("pieter", "Pieter ’t Hart", "pieter.thart@postbus.example", "nl"),
    person(
        "lotte",
        "Lotte Verhoeven",
        "lotte.verhoeven@postbus.example",
        "nl",
        handles=(("whatsapp", "+31 6 0000 0188"),),
    ),
    person("elsa", "Elsa Sjöberg", "elsa.sjoberg@brevlada.example", "sv"),
    person("gustav", "Gustav Ågren", "gustav.agren@brevlada.example", "sv"),
    person(
        "anastasia",
        "Анастасия Волкова",
        "a.volkova@pochta.example",
        "ru",
        handles=(("telegram", "nastya_v"),),
    ),
    person("dmitri", "Дмитрий Соколов", "d.sokolov@pochta.example", "ru"),
    person(
        "olena",
        "Олена Шевченко",
        "olena.shevchenko@poshta.example",
        "uk",
        handles=(("telegram", "olena_sh"),),
    ),
    person("taras", "Тарас Бондаренко", "taras.b@poshta.example", "uk"),
)

_FURTHER = (
    person("layla", "ليلى حداد", "layla.haddad@barid.example", "ar"),
    person(
        "omar",
        "عمر الفارسي",
        "omar.alfarsi@barid.example",
        "ar",
        handles=(("whatsapp", "+49 151 0000 0212"),),
    ),
    person("yusuf", "يوسف بن سعيد", "yusuf.bensaid@barid.example", "ar", zone="Europe/Paris"),
    person("noa", "נועה לוי", "noa.levi@doar.example", "he"),
    person("avi", "אבי כהן", "avi.cohen@doar.example", "he"),
    person("sakura", "山本 さくら", "sakura.yamamoto@yubin.example", "ja", zone="Europe/Berlin"),
    person("kenji", "小林 健二", "kenji.kobayashi@yubin.example", "ja"),
    person("li_wei", "李伟", "li.wei@youjian.example", "zh-CN"),
    person("mei", "陳美玲", "meiling.chen@youjian.example", "zh-TW", zone="Europe/London"),
    person("minjun", "김민준", "minjun.kim@upyeon.example", "ko", zone="Europe/Berlin"),
    person("seoyeon", "이서연", "seoyeon.lee@upyeon.example", "ko"),
    person("elif", "Elif Yıldırım", "elif.yildirim@posta-kutusu.example", "tr"),
    person(
        "emre", "Emre Çağlar", "emre.caglar@posta-kutusu.example", "tr", handles=_x("emrecaglar")
    ),
    person("priyanka", "प्रियंका शर्मा", "priyanka.sharma@daak.example", "hi"),
    person("arjun", "अर्जुन वर्मा", "arjun.verma@daak.example", "hi"),
)

CUSTOMERS: tuple[Customer, ...] = (
    *_BUSINESS,
    *_ENGLISH,
    *_GERMAN_FRENCH,
    *_SOUTHERN,
    *_NORTHERN_EASTERN,
    *_FURTHER,
)

AGENT_BY_KEY: dict[str, Agent] = {agent.key: agent for agent in AGENTS}
ORGANISATION_BY_KEY: dict[str, Organisation] = {org.key: org for org in ORGANISATIONS}
CUSTOMER_BY_KEY: dict[str, Customer] = {customer.key: customer for customer in CUSTOMERS}
