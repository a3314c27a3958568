"""What the parts of a plan may say: one frozen model for every kind, with the words of its form in both languages."""

from klimaplan.web.plans.contents.asking import Ask, FormField, form_of
from klimaplan.web.plans.contents.kinds import COMPUTED, KINDS, Kind, kind_of
from klimaplan.web.plans.contents.reading import plain_of, read_content, read_stored, same

__all__ = [
    "COMPUTED", "KINDS", "Ask", "FormField", "Kind", "form_of", "kind_of", "plain_of", "read_content", "read_stored",
    "same",
]  # fmt: skip
