"""The form of a chat widget. What may be saved is judged by the action; the form reads types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_in.actions.chat import WidgetChanges
from channels_in.actions.chat.widgets import AWAY, QUESTIONS, TEXTS
from channels_in.models import Asking, ChannelAccount, ChatWidget
from tickets.models import Channel, Schedule
from web.admin.forms import PageForm, as_number, group_choices
from web.chat import words

_LABELS = {
    "heading": _("Heading"), "greeting": _("Greeting"), "offline": _("While you are closed"),
}  # fmt: skip
_KINDS = (("text", _("One line")), ("long", _("Several lines")), ("choice", _("A choice")))


class NewWidgetForm(PageForm):
    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("What visitors read at the head of the chat."),
        error_messages={"required": _("Give it a name; visitors see it.")},
    )  # fmt: skip
    sites = forms.CharField(
        label=_("Sites"), required=False,
        help_text=_("Where it may stand, one a line: https://shop.example or https://*.shop.example"),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
    )  # fmt: skip


class WidgetForm(NewWidgetForm):
    is_active = forms.BooleanField(label=_("Switched on"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    schedule = forms.ChoiceField(
        label=_("Business hours"), required=False,
        help_text=_("Outside of them visitors leave a message instead."),
    )  # fmt: skip
    reply_account = forms.ChoiceField(
        label=_("E-mail address"), required=False,
        help_text=_("Answers go out from here when the visitor has left."),
    )  # fmt: skip
    away_seconds = forms.IntegerField(
        label=_("Seconds until somebody counts as gone"), min_value=AWAY[0], max_value=AWAY[1],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), required=False)
    color = forms.CharField(
        label=_("Colour"), required=False, max_length=7,
        widget=forms.TextInput(attrs={"placeholder": "#17413a", "autocomplete": "off"}),
    )  # fmt: skip
    side = forms.ChoiceField(label=_("Corner"), choices=ChatWidget.Side.choices)
    asks_name = forms.ChoiceField(label=_("Name"), choices=Asking.choices)
    asks_email = forms.ChoiceField(label=_("E-mail address"), choices=Asking.choices)
    offers_help = forms.BooleanField(
        label=_("Offer answers of the help centre first"), required=False
    )
    takes_files = forms.BooleanField(label=_("Visitors may attach files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = Schedule.objects.order_by("name").values_list("pk", "name")
        mails = ChannelAccount.objects.filter(channel=Channel.EMAIL, is_active=True)
        self._choose("group", group_choices())
        self._choose("schedule", [("", _("Always")), *hours])
        addresses = mails.order_by("address").values_list("pk", "address")
        self._choose("reply_account", [("", _("The default address")), *addresses])
        self._choose("language", list(words.LANGUAGES.items()))
        for tag in words.LANGUAGES:
            for name, length in TEXTS.items():
                self.fields[f"{name}_{tag}"] = _text(name, tag, length)

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def texts(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Tag, name and fields of each language, for the template."""
        return [
            (tag, name, [self[f"{text}_{tag}"] for text in TEXTS])
            for tag, name in words.LANGUAGES.items()
        ]

    def changes(self, questions: list[dict[str, Any]]) -> WidgetChanges:
        given = self.cleaned_data
        return WidgetChanges(
            name=given["name"], sites=given["sites"].splitlines(), is_active=given["is_active"],
            group_id=as_number(given["group"]), schedule_id=as_number(given["schedule"]),
            reply_account_id=as_number(given["reply_account"]), language=given["language"],
            away_seconds=given["away_seconds"], color=given["color"], side=given["side"],
            asks_name=given["asks_name"], asks_email=given["asks_email"],
            offers_help=given["offers_help"], takes_files=given["takes_files"],
            questions=questions,
            texts={
                tag: {text: given[f"{text}_{tag}"] for text in TEXTS} for tag in words.LANGUAGES
            },
        )  # fmt: skip


def initial_of(widget: ChatWidget) -> dict[str, Any]:
    account = widget.account
    texts = {
        f"{text}_{tag}": widget.texts.get(tag, {}).get(text, "")
        for tag in words.LANGUAGES
        for text in TEXTS
    }
    return texts | {
        "name": account.name, "sites": "\n".join(widget.sites), "is_active": account.is_active,
        "group": account.group_id, "schedule": account.schedule_id,
        "reply_account": widget.reply_account_id, "away_seconds": widget.away_seconds,
        "language": account.language or words.FALLBACK, "color": account.brand_color,
        "side": widget.side, "asks_name": widget.asks_name, "asks_email": widget.asks_email,
        "offers_help": widget.offers_help, "takes_files": widget.takes_files,
    }  # fmt: skip


def questions_of(posted: Any) -> list[dict[str, Any]]:
    """The rows of questions as they were sent, in their order."""
    return [
        {
            "label": posted.get(f"question_{at}", ""), "kind": posted.get(f"kind_{at}", "text"),
            "choices": posted.get(f"choices_{at}", "").split("\n"),
            "is_required": posted.get(f"required_{at}") == "on",
        }
        for at in range(QUESTIONS)
    ]  # fmt: skip


def question_rows(questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is there and two empty rows, for the template."""
    filled = [question for question in questions if question["label"]]
    empty = {"label": "", "kind": "text", "choices": [], "is_required": False}
    rows = [*filled, empty, empty][:QUESTIONS]
    return [
        {**row, "at": at, "lines": "\n".join(row["choices"]), "kinds": _KINDS}
        for at, row in enumerate(rows)
    ]


def _text(name: str, tag: str, length: int) -> forms.CharField:
    attrs = {
        "lang": tag, "dir": words.direction(tag), "placeholder": words.of(tag)[name],
        "class": "input" if name == "heading" else "textarea", "rows": 2,
    }  # fmt: skip
    kind = forms.TextInput if name == "heading" else forms.Textarea
    return forms.CharField(
        label=_LABELS[name], max_length=length, required=False, widget=kind(attrs=attrs)
    )
