"""The shape of a templated conversation, and the goods it may be about."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCTS: dict[str, tuple[str, ...]] = {
    "furniture": (
        "Fjell bookcase",
        "Fjell wardrobe",
        "Lyft standing desk",
        "Birk coffee table",
        "Oda dining chairs",
        "Luna cot",
        "Aster rug",
        "Dunna mattress 160",
        "Tove bedside table",
    ),
    "lighting": (
        "Halden floor lamp",
        "Halden table lamp",
        "Ente lamp",
        "Vera reading light",
        "Sol garden lights",
        "Nimbus pendant",
    ),
    "kitchen": (
        "Pila kettle",
        "Pila toaster",
        "Vento blender",
        "Skarp knife set",
        "Saule teapot",
        "Gohan rice cooker",
        "Skagen bowls",
        "Kastrull pan set",
        "Hedgehog mugs",
    ),
    "electronics": (
        "Noctua One headphones",
        "Klang One speaker",
        "Mesh Trio router",
        "Sopa R2 robot vacuum",
        "Vista 43 television",
        "Tick mechanical keyboard",
        "Inkling P200 printer",
        "Orbit video doorbell",
        "Termo T1 thermostat",
    ),
    "appliance": (
        "Isbre 300 refrigerator",
        "Isbre dishwasher 60",
        "Isbre washing machine",
        "Isbre oven",
        "Varm heater",
        "Corvo espresso machine",
    ),
}
PRODUCTS["any"] = tuple(name for kind in tuple(PRODUCTS) for name in PRODUCTS[kind])


@dataclass(frozen=True)
class Scenario:
    """Alternatives for each part of one kind of conversation.

    Texts may hold the slots {product}, {order}, {amount}, {day}, {city} and {number}.
    A first message is one opening, one detail and one request; `answers` solve it, `questions`
    leave it pending, `waits` put it on hold, `chasers` are the customer writing again.
    """

    key: str
    group: str
    type: str
    tags: tuple[str, ...]
    subjects: tuple[str, ...]
    openings: tuple[str, ...]
    details: tuple[str, ...]
    requests: tuple[str, ...]
    answers: tuple[str, ...]
    questions: tuple[str, ...]
    chasers: tuple[str, ...]
    waits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    language: str = "en"
    products: str = "any"
    priorities: tuple[str, ...] = ("normal", "normal", "low", "high")
    has_amount: bool = False
    files: tuple[str, ...] = ()
