"""The demo's help centre: what BrightCart's customers ask most, answered once."""

from __future__ import annotations

from demo.articles import account, orders, payments, playbook, products, returns
from demo.articles.model import PlannedArticle, PlannedCategory, PlannedSection

CATEGORIES = (
    PlannedCategory(
        "Orders and delivery", "Where it is, when it comes, and how to change it",
        (
            PlannedSection("Where is my parcel?", {"de": "Wo ist mein Paket?",
                                                   "fr": "Où est mon colis ?"}),
            PlannedSection("Changing an order", {"de": "Bestellung ändern",
                                                 "fr": "Modifier une commande"}),
            PlannedSection("Large items", {"de": "Große Artikel"}),
        ),
        {"de": "Bestellung und Lieferung", "fr": "Commandes et livraison"},
    ),
    PlannedCategory(
        "Payments and vouchers", "Paying, invoices, refunds and vouchers",
        (
            PlannedSection("Paying", {"de": "Bezahlen", "fr": "Paiement"}),
            PlannedSection("Invoices", {"de": "Rechnungen", "fr": "Factures"}),
            PlannedSection("Vouchers and prices", {"de": "Gutscheine und Preise"}),
        ),
        {"de": "Zahlung und Gutscheine", "fr": "Paiement et bons d’achat"},
    ),
    PlannedCategory(
        "Returns and warranty", "Sending back, damage, repair",
        (
            PlannedSection("Sending something back", {"de": "Zurücksenden",
                                                      "fr": "Renvoyer un article"}),
            PlannedSection("Damaged or faulty", {"de": "Beschädigt oder defekt",
                                                 "fr": "Abîmé ou défectueux"}),
        ),
        {"de": "Rücksendung und Garantie", "fr": "Retours et garantie"},
    ),
    PlannedCategory(
        "Products and assembly", "Putting it together, connecting it, keeping it going",
        (PlannedSection("Assembly", {"de": "Aufbau"}), PlannedSection("Electronics"),
         PlannedSection("Appliances", {"de": "Haushaltsgeräte"})),
        {"de": "Produkte und Aufbau"},
    ),
    PlannedCategory(
        "Account and privacy", "Signing in, your data, messages in our name",
        (PlannedSection("Signing in", {"de": "Anmelden"}), PlannedSection("Your data")),
        {"de": "Konto und Datenschutz"},
    ),
    PlannedCategory("How we work", "For the team only", (PlannedSection("Playbook"),)),
)  # fmt: skip

ARTICLES: tuple[PlannedArticle, ...] = (
    *orders.ARTICLES,
    *payments.ARTICLES,
    *returns.ARTICLES,
    *products.ARTICLES,
    *account.ARTICLES,
    *playbook.ARTICLES,
)
