"""The form behind a link, and the one that makes a link."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from klimaplan.web.config.errors import language

LARGEST = 1e12
LONGEST_TEXT = 2_000
LONGEST_UNIT = 40
GROUPED = {"da": re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?"), "en": re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")}
THOUSANDS = {"da": ".", "en": ","}
DAYS = [(7, _("7 days")), (30, _("30 days")), (90, _("90 days"))]


class Amount(forms.CharField):
    """A number as people write it: with a decimal comma or point, and with thousands marked as in their language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=30, **kwargs)
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: Any) -> Any:
        written = re.sub(r"[\s\u00a0\u202f]", "", super().clean(value))
        if not written:
            return None
        if GROUPED[language()].fullmatch(written):
            written = written.replace(THOUSANDS[language()], "")
        written = written.replace(",", ".")
        if not re.fullmatch(r"\d+(\.\d+)?", written) or float(written) > LARGEST:
            raise forms.ValidationError(_("Write a number from 0 upwards, such as 12 or 12.5, without its unit."))
        return float(written)


class Report(forms.Form):
    """Everything there is to say of one action; what is left empty is left as it was."""

    progress = forms.ChoiceField(label=_("How far is it?"))
    activity = Amount(label=_("How much has been carried out?"))
    year = forms.TypedChoiceField(label=_("In which year?"), coerce=int)
    unit = forms.CharField(
        label=_("What is counted?"), required=False, max_length=LONGEST_UNIT,
        help_text=_("The unit of the number: pcs., km, m² …"),
    )  # fmt: skip
    spent = Amount(label=_("What has it cost so far, DKK?"), help_text=_("All there has been paid until today."))
    barrier_kind = forms.ChoiceField(label=_("Is something in the way?"), required=False)
    barrier = forms.CharField(
        label=_("What is in the way?"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 2})
    )
    note = forms.CharField(
        label=_("Note to the coordinator"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}), help_text=_("Write nothing about people that they should not read."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    form = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, progress: list[tuple[str, str]], years: list[int], unit: str,
        barriers: list[tuple[str, str]], initial: dict[str, Any],
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        self.known_unit = unit
        choose(self, "progress", progress)
        choose(self, "year", [(str(year), str(year)) for year in years])
        choose(self, "barrier_kind", [("", str(_("No"))), *barriers])
        if unit:
            del self.fields["unit"]
            self.fields["activity"].help_text = _("Counted in: %(unit)s") % {"unit": unit}
        dress(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("activity") is not None and not self.known_unit and not given.get("unit"):
            self.add_error("unit", _("Say what is counted: pcs., km, m² …"))
        if given.get("barrier") and not given.get("barrier_kind"):
            self.add_error("barrier_kind", _("Choose what kind of barrier it is."))
        if given.get("barrier_kind") and not given.get("barrier"):
            self.add_error("barrier", _("Describe the barrier in a few words."))
        return given


class Make(forms.Form):
    """Who gets a link, for which action, and for how long."""

    action = forms.ChoiceField(label=_("Action"))
    recipient = forms.CharField(
        label=_("Who gets the link"), max_length=80,
        help_text=_("A name or a department. It stands beside everything that is reported through the link."),
    )  # fmt: skip
    days = forms.TypedChoiceField(label=_("It works for"), coerce=int, choices=DAYS, initial=30)
    language = forms.ChoiceField(label=_("Language of the form"), choices=[("da", "Dansk"), ("en", "English")])

    def __init__(self, data: Any = None, *, actions: list[tuple[str, str]], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choose(self, "action", actions)
        dress(self)


def choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field: Any = form.fields[name]
    field.choices = choices


def dress(form: forms.Form) -> None:
    """The look of the site on every field."""
    for field in form.fields.values():
        field.widget.attrs["class"] = "form-select" if isinstance(field.widget, forms.Select) else "form-input"
