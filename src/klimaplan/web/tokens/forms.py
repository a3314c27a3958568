"""The form that makes a token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimaplan.web.config.errors import language
from klimaplan.web.tokens.scopes import MEANING

DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("One year"))]


class Make(forms.Form):
    """What a token is for, what it may do, and for how long."""

    name = forms.CharField(
        label=_("What is it for?"), max_length=80, help_text=_("Such as: nightly report, or my own computer.")
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("It never does more than your own roles allow. Choose as little as possible."),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("The token works for"), coerce=int, choices=DAYS, initial=90)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        scopes: Any = self.fields["scopes"]
        scopes.choices = [(str(scope), f"{meaning.read(language())} ({scope})") for scope, meaning in MEANING.items()]
        self.fields["name"].widget.attrs["class"] = "form-input"
        self.fields["days"].widget.attrs["class"] = "form-select"
