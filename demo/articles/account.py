"""Articles about accounts and data."""

from __future__ import annotations

from demo.articles.model import PlannedArticle, Text

ARTICLES = (
    PlannedArticle(
        "Signing in", days=19, helpful=108, unhelpful=23, author="alice", texts={
            "en": Text("I cannot sign in, or forgot my password", """
1. Choose *Forgot password* on the sign-in page and write the address you order with.
2. The mail comes within two minutes. Look into the spam folder; the sender is BrightCart.
3. The link works *once* and for four hours. Ask for a new one if it has been used.

No mail? Then there is no account with this address: many people have a second one. Try it, or
write to us from the address of your last order confirmation.

## Code from the app is refused

The clock of the telephone must be right: switch on *set automatically*. Use one of your
recovery codes if you have lost the telephone. Without them we check who you are before
two-factor sign-in is taken off; that takes a day.
"""),
            "de": Text("Anmelden klappt nicht, Passwort vergessen", """
1. Wählen Sie auf der Anmeldeseite *Passwort vergessen* und geben Sie die Adresse Ihrer
Bestellungen an.
2. Die E-Mail kommt innerhalb von zwei Minuten. Sehen Sie auch im Spam-Ordner nach.
3. Der Link gilt *einmal* und vier Stunden lang.

Keine E-Mail? Dann gibt es mit dieser Adresse kein Konto. Versuchen Sie eine andere.
"""),
        },
    ),
    PlannedArticle(
        "Your data", days=140, helpful=19, unhelpful=3, author="alice", texts={
            "en": Text("See, take along or delete my data", """
*My account, Privacy* has all three: an export of everything we know of you, a list of who
receives it, and *Delete account*.

- An export is made within an hour and can be downloaded for seven days.
- Deleting takes effect after seven days, so that nobody does it in your name. Invoices are kept
for ten years, because the law says so.
- Newsletter: the link at the end of each one, or *My account, Messages*.

You can also write to us. We answer within *30 days*, as the law asks, and usually much sooner.
"""),
        },
    ),
    PlannedArticle(
        "Your data", days=26, helpful=61, unhelpful=2, author="alice", texts={
            "en": Text("Is this message really from BrightCart?", """
We never ask for passwords, whole card numbers or codes, and we never send payment links for
customs or “re-delivery”.

- Our mails come from brightcart.example and name you and an order.
- Open the shop yourself, not by the link: everything we ask of you also stands in *My account*.
- Forward a suspicious message to us and delete it.

Have you entered something? Change the password, call your bank, and write to us: we look after
the account.
"""),
        },
    ),
    PlannedArticle(
        "Signing in", days=5, visibility="customers", helpful=8, unhelpful=1, author="bob", texts={
            "en": Text("Business accounts: several people, one bill", """
An administrator of your company invites colleagues under *My company, People*. Everybody orders
with their own sign-in; the invoice goes to the company, payable within *30 days*, 60 after six
months of good payment.

Limits can be set for each person. Orders above one wait for the approval of an administrator.
"""),
        },
    ),
)  # fmt: skip
