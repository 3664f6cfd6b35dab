"""Thanks and nothing else: labelled examples in many languages."""

from __future__ import annotations

import pytest

from channels_in.courtesy import is_courtesy

NAMES = ("Alice Archer", "Carol Customer")


@pytest.mark.parametrize(
    "text",
    [
        "Thanks!",
        "Thank you so much, Alice!\n\nBest regards,\nCarol",
        "Perfect, thanks a lot 👍",
        "Great, it works now. Thank you!",
        "cheers",
        "Thank you for the quick reply. Have a nice weekend!",
        "Danke, hat geklappt! :-)",
        "Vielen Dank für die schnelle Hilfe!\nViele Grüße\nCarol Customer",
        "Merci beaucoup pour votre aide",
        "Muchas gracias por la ayuda",
        "Obrigado pela ajuda!",
        "Grazie mille",
        "Hartelijk dank voor de snelle reactie",
        "Tack så mycket för hjälpen",
        "Dziękuję bardzo za pomoc",
        "Спасибо большое!",
        "谢谢",
        "ありがとうございました。",
        "감사합니다",
    ],
)
def test_thanks_are_recognised(text: str) -> None:
    assert is_courtesy(text, names=NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "Great, it works now",
        "thanks for nothing",
        "no thanks",
        "Thanks, but it still does not work",
        "Thank you. Please also cancel my order",
        "Thanks. My order is 12345",
        "Thanks! Is it fixed now",
        "Thanks, when will it arrive?",
        "Thanks, see https://example.com/broken",
        "Danke, noch eine Frage: wann kommt es?",
        "Danke, aber es funktioniert nicht",
        "Merci, mais je voudrais un remboursement",
        "Gracias, pero no funciona",
        "Thanks. " + "very " * 60,
    ],
)
def test_anything_more_than_thanks_is_an_ordinary_message(text: str) -> None:
    assert not is_courtesy(text, names=NAMES)
