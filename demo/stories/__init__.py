"""The demo stories: hand-written ones by theme, and templated ones that fill the month."""

from __future__ import annotations

from demo.stories import (
    account,
    billing,
    billing_disputes,
    delivery,
    delivery_more,
    delivery_problems,
    invoices,
    languages_arabic_hebrew,
    languages_cyrillic_greek_hindi,
    languages_east_asian,
    languages_french_spanish,
    languages_german,
    languages_italian_dutch_polish,
    languages_portuguese_swedish_turkish,
    long_threads,
    long_threads_lead,
    long_threads_technical,
    merged,
    messaging,
    outage,
    outage_more,
    praise,
    privacy,
    product_wishes,
    products,
    returns,
    social,
    technical,
    technical_more,
    warranty,
)
from demo.stories.model import Story
from demo.stories.variations import fill_up

_THEMES = (
    account,
    privacy,
    billing,
    invoices,
    billing_disputes,
    delivery,
    delivery_problems,
    delivery_more,
    languages_german,
    languages_french_spanish,
    languages_italian_dutch_polish,
    languages_portuguese_swedish_turkish,
    languages_arabic_hebrew,
    languages_east_asian,
    languages_cyrillic_greek_hindi,
    long_threads,
    long_threads_lead,
    long_threads_technical,
    outage,
    outage_more,
    praise,
    products,
    product_wishes,
    returns,
    warranty,
    social,
    messaging,
    merged,
    technical,
    technical_more,
)

STORIES: tuple[Story, ...] = tuple(story for theme in _THEMES for story in theme.STORIES)


def all_stories(*, seed: int = 20261) -> tuple[Story, ...]:
    """Every story of the demo, hand-written first; the same for the same seed."""
    return STORIES + fill_up(STORIES, seed=seed)
