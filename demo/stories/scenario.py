"""The shape of a templated conversation, and the goods it may be about."""

from __future__ import annotations

from dataclasses import dataclass

PRODUCTS: dict[str, tuple[str, ...]] = {
    "furniture": (
        "Fjell bookcase",
        "Fjell wardrobe",
        "Lyft standing desk",
        "Birk coffee table",
        "Oda dining chair",
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
        "Sol garden lantern",
        "Nimbus pendant",
    ),
    "kitchen": (
        "Pila kettle",
        "Pila toaster",
        "Vento blender",
        "Skarp knife set",
        "Saule teapot",
        "Gohan rice cooker",
        "Skagen bowl set",
        "Kastrull pan set",
        "Hedgehog mug set",
    ),
    "electronics": (
        "Noctua One headset",
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
class Case:
    """One matter from its subject to its end; any text may hold slots.

    The slots are {product}, {order}, {amount}, {day}, {city} and {number}. `answer` solves the
    matter, `question` leaves it pending, `reply` is what the customer says to the question, and
    `complaint` is the customer writing again because the answer did not help.
    """

    subjects: tuple[str, ...]
    opening: str
    request: str
    answer: str
    question: str
    reply: str
    complaint: str


@dataclass(frozen=True)
class Scenario:
    """Related cases that share a group, a type, details, and what an agent may note or wait for."""

    key: str
    language: str
    group: str
    type: str
    tags: tuple[str, ...]
    products: str
    priorities: tuple[str, ...]
    details: tuple[str, ...]
    cases: tuple[Case, ...]
    waits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    has_amount: bool = False
    files: tuple[str, ...] = ()
