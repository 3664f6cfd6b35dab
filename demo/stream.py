"""Public posts about the shop: minutes before now, who, how many follow them, what they wrote.

They pass the real funnel and its triage; nobody tells them what they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Said:
    """One post on Bluesky. `answers`: it stands beneath a post of ours."""

    minutes: int
    handle: str
    name: str
    followers: int
    text: str
    answers: bool = False
    quotes: bool = False


ADDRESS = "brightcart.example"
OUR_POST = "at://did:plc:brightcart/app.bsky.feed.post/3kbrightcart1"

POSTS: Sequence[Said] = (
    Said(3, "ines.example", "Inês Duarte", 410, "Can't pay at @brightcart.example, the checkout just spins and then says payment failed 😩"),
    Said(6, "tomasz.example", "Tomasz W.", 95, "@brightcart.example checkout keeps failing, payment declined three times although the card is fine"),
    Said(8, "gia.example", "Gia Romano", 18200, "Is the @brightcart.example checkout down for anyone else? Payment page gives me a 502"),
    Said(11, "benno.example", "Benno", 230, "@brightcart.example Kasse down? Checkout lädt nicht, payment error 502"),
    Said(14, "holly.example", "Holly Price", 1320, "payment failed at the @brightcart.example checkout, basket gone. Was going to buy the big desk!"),
    Said(17, "sven.example", "Sven Åkesson", 64, "Five tries at the @brightcart.example checkout, payment error every time"),
    Said(26, "maren.example", "Maren Vogt", 540, "@brightcart.example der Stuhl ist nach zwei Tagen kaputt gegangen und keiner antwortet auf meine Mails"),
    Said(34, "podcast.example", "Everyday Objects", 48700, "New episode: we visit the @brightcart.example workshop and ask why lamps hum"),
    Said(41, "yusuf.example", "Yusuf", 120, "@brightcart.example how do I change the delivery address after ordering? The page only shows the old one"),
    Said(55, "deals4u.example", "Deals 4 U", 31000, "🎁 GIVEAWAY 🎁 Win a @brightcart.example voucher! Follow, like and tag 3 friends to enter! #giveaway #win"),
    Said(73, "amelie.example", "Amélie Roux", 870, "Commande reçue en deux jours, merci @brightcart.example, la lampe est magnifique"),
    Said(88, "rob.example", "Rob", 76, "Great job @brightcart.example, my \"next day delivery\" is now on day nine. Slow clap 👏"),
    Said(102, "noor.example", "Noor Haddad", 205, "My @brightcart.example kettle gives small electric shocks when I touch the lid. Please call me asap"),
    Said(130, "pedantic.example", "pedantic", 15, "lol imagine paying 400 for a @brightcart.example chair. clowns", quotes=True),
    Said(155, "lucia.example", "Lucía Ferrer", 640, "@brightcart.example no puedo entrar en mi cuenta desde ayer, dice que la contraseña es incorrecta"),
    Said(171, "joon.example", "Joon", 2200, "Perfect, that fixed it. Thanks a lot!", answers=True),
    Said(198, "greta.example", "Greta Lind", 330, "Sitting on a @brightcart.example chair writing the last chapter of my thesis"),
    Said(236, "kofi.example", "Kofi Mensah", 1480, "Shout-out to Priya at @brightcart.example who sorted my refund in five minutes. Amazing."),
    Said(260, "angry.example", "Only Facts", 51, "@brightcart.example you people support the wrong party, boycott them all"),
    Said(305, "clara.example", "Clara B.", 90, "@brightcart.example ist es möglich, den Schreibtisch auch in Eiche zu bekommen?"),
    Said(372, "wallet.example", "Wallet Help", 8, "Lost access to your wallet? Contact @recovery_pro on Instagram, he helped me get my funds back @brightcart.example"),
    Said(430, "dana.example", "Dana Cole", 5600, "Never had a bad experience with @brightcart.example, third lamp arrived today and it's gorgeous 😍"),
    Said(515, "marcel.example", "Marcel", 140, "@brightcart.example trois semaines que j'attends mon remboursement. C'est une honte."),
    Said(640, "fair.example", "Dublin Makers Fair", 9900, "Met the @brightcart.example team at the fair today, nice people"),
    Said(790, "ola.example", "Ola", 33, "@brightcart.example my promo code says \"expired\" but the mail says it's valid until Sunday, which is it"),
    Said(1010, "hugo.example", "Hugo Brandt", 260, "Da kann man nicht meckern: @brightcart.example liefert wieder schneller als gedacht"),
    Said(1260, "vera.example", "Vera", 410, "@brightcart.example the colour is nothing like the picture and returning it costs 40€?? no thanks"),
    Said(1490, "sam.example", "Sam Ito", 75, "do I need a fourth lamp? no. anyway, see you at the @brightcart.example sale 😄"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Commented:
    """One comment beneath a post of the shop on Instagram."""

    minutes: int
    username: str
    text: str


GRAM = "https://www.instagram.com/p/DRbrightcart/"
COMMENTS: Sequence[Commented] = (
    Commented(19, "nele.wohnt", "Wann ist die Lampe in Salbei wieder da? Auf der Seite steht seit Wochen „bald“"),
    Commented(47, "studio.okafor", "Ordered two of these, one arrived with a cracked base and the chat says 40 minutes 😕"),
    Commented(95, "lampenliebe", "So schön! Steht seit gestern bei uns im Flur 😍"),
    Commented(144, "marta_in_madrid", "¿Hacéis envíos a Canarias?"),
    Commented(290, "cheap.followers.now", "Get 10k followers today, link in bio 🔥🔥"),
    Commented(610, "tilde.and.co", "This corner of the workshop is my favourite place on the internet"),
)  # fmt: skip
