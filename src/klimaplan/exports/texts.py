"""Texts that must fit somewhere."""

from __future__ import annotations


def cut(text: str, most: int) -> str:
    """A text that fits: cut between words, with a mark where more stood.

    >>> cut("Fjernvarme i stedet for gas", 20), cut("Kort", 20), cut("Varmepumpestrategigruppemøder", 10)
    ('Fjernvarme i stedet…', 'Kort', 'Varmepump…')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if not text[most - 1].isspace() and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,;:–-") + "…"
