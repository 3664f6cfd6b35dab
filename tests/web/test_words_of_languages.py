"""Two readers with two languages and one process: each reads their own."""

from __future__ import annotations

from django.utils import translation

from web.templatetags import ui


def test_what_is_kept_for_one_language_is_not_shown_in_another():
    said = {}
    for language in ("en", "de", "en"):
        with translation.override(language):
            said[language] = [
                ui.status_pill("solved"), ui.priority_word("urgent"), ui.language_name("de"),
                ui.channel_icon("email"), ui.identity_icon("email"),
            ]  # fmt: skip
    assert ">Solved<" in said["en"][0]
    assert ">Gelöst<" in said["de"][0]
    assert (said["en"][2], said["de"][2]) == ("German", "Deutsch")
    assert all(
        english != german for english, german in zip(said["en"][:4], said["de"][:4], strict=True)
    )
