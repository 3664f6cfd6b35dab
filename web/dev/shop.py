"""`/dev/shop/`: an invented shop with the chat widget on it, to be tried (demo mode only)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.actor import system_actor
from channels_in.actions.chat import widget_secret
from channels_in.chat.identity import sign
from channels_in.models import ChatWidget


@dataclass(frozen=True, slots=True)
class Product:
    slug: str
    name: str
    price: str
    words: str
    icon: str


PRODUCTS = (
    Product("lamp", "Halo desk lamp", "49.00 €", "Warm light, three steps, a long arm.", "sun"),
    Product("speaker", "Pebble speaker", "79.00 €", "Small, round, loud enough for a kitchen.",
            "volume-2"),
    Product("backpack", "Commuter backpack", "119.00 €", "Holds a laptop and the shopping.",
            "briefcase"),
    Product("kettle", "Quiet kettle", "59.00 €", "Boils a litre while you look for a cup.",
            "snowflake"),
    Product("watch", "Field watch", "139.00 €", "Ten years on one battery.", "clock"),
    Product("voucher", "Gift voucher", "25.00 €", "For those who have everything.", "tag"),
)  # fmt: skip


@require_safe
@never_cache
def show(request: HttpRequest, product: str = "") -> HttpResponse:
    """The shop, or one thing of it; `?as=carol` is what its signed-in customer sees."""
    if not settings.DEMO_MODE:
        raise Http404
    chosen = next((each for each in PRODUCTS if each.slug == product), None)
    if product and chosen is None:
        raise Http404
    widget = ChatWidget.objects.select_related("account").filter(account__is_active=True).first()
    context = {"products": PRODUCTS, "product": chosen, "widget": widget,
               "customer": _customer(request, widget)}  # fmt: skip
    return render(request, "dev/shop.html", context)


def _customer(request: HttpRequest, widget: ChatWidget | None) -> dict[str, str] | None:
    """What a shop's server puts into the page for somebody who has signed in there."""
    if request.GET.get("as") != "carol" or widget is None:
        return None
    secret = widget_secret(actor=system_actor("The shop"), widget=widget)
    email = "carol@example.com"
    signature = sign(secret, "customer-7", email)
    return {"id": "customer-7", "email": email, "name": "Carol", "signature": signature}
