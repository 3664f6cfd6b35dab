"""What a request form is set up with; what may be saved is judged by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from channels_in.actions.request_forms import RequestFormDraft
from channels_in.models import RequestForm
from tickets.models import TicketForm
from web.admin.forms import PageForm, as_number, group_choices

_DIFFICULTIES = (
    (0, _("None: everything is let through")),
    (15, _("Light: a blink on any phone")),
    (17, _("Usual: half a second of a phone")),
    (19, _("Hard: some two seconds of a phone")),
    (21, _("Hardest: while you are under attack")),
)
_LANGUAGES = (("", _("The visitor's")), ("en", "English"), ("de", "Deutsch"), ("fr", "Français"))


class RequestFormForm(PageForm):
    title = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("The headline that visitors read."),
        error_messages={"required": _("Give this form a name.")},
    )  # fmt: skip
    slug = forms.CharField(
        label=_("Address"), max_length=60, help_text=_("The last part of its web address."),
        widget=forms.TextInput(attrs={"spellcheck": "false", "autocapitalize": "none"}),
        error_messages={"required": _("Write a short word, such as contact.")},
    )  # fmt: skip
    intro = forms.CharField(
        label=_("Text above the form"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    thanks = forms.CharField(
        label=_("Text after it was sent"), max_length=1000, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Stands above what happens next, which the page says by itself."),
    )  # fmt: skip
    ticket_form = forms.ChoiceField(
        label=_("Ticket form"), required=False,
        help_text=_("Its fields are asked, those that customers see."),
    )  # fmt: skip
    group = forms.ChoiceField(
        label=_("Group"), required=False, help_text=_("Who gets the tickets that come in here.")
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=_LANGUAGES)
    color = forms.CharField(
        label=_("Colour"), max_length=7, required=False,
        widget=forms.TextInput(attrs={"placeholder": "#17413a", "spellcheck": "false"}),
        help_text=_("Of buttons and links; it is made readable by itself. Empty: the usual one."),
    )  # fmt: skip
    sites = forms.CharField(
        label=_("Sites that may show it"), max_length=12_000, required=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "dir": "ltr", "placeholder": "https://www.example.com"}
        ),
        help_text=_("One on each line. On other sites the frame stays empty."),
    )  # fmt: skip
    difficulty = forms.TypedChoiceField(
        label=_("Proof of work"), choices=_DIFFICULTIES, coerce=int,
        help_text=_("A sum that the browser does while people write, so that floods cost."),
    )  # fmt: skip
    takes_files = forms.BooleanField(label=_("Visitors may add files"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ticket_forms = TicketForm.objects.filter(is_active=True).order_by("position", "id")
        titles = ticket_forms.values_list("pk", "title")
        self.fields["ticket_form"].choices = [("", _("None: no fields")), *titles]  # type: ignore[attr-defined]
        self.fields["group"].choices = group_choices()  # type: ignore[attr-defined]


def initial_of(form: RequestForm | None) -> dict[str, Any]:
    if form is None:
        return {"difficulty": 17, "takes_files": True}
    return {
        "title": form.title, "slug": form.slug, "intro": form.intro, "thanks": form.thanks,
        "ticket_form": form.ticket_form_id, "group": form.account.group_id,
        "language": form.account.language, "color": form.account.brand_color,
        "sites": "\n".join(form.sites), "difficulty": form.difficulty,
        "takes_files": form.takes_files,
    }  # fmt: skip


def draft_of(form: RequestFormForm) -> RequestFormDraft:
    values = dict(form.cleaned_data)
    return RequestFormDraft(
        **{name: values[name] for name in ("title", "slug", "intro", "thanks", "language",
                                           "color", "difficulty", "takes_files")},
        ticket_form_id=as_number(values["ticket_form"]), group_id=as_number(values["group"]),
        sites=values["sites"].split(),
    )  # fmt: skip
