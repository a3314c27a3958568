"""Invented people, one for every role, so that a demonstration can be walked through. Nobody bears such a name."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

_SYLLABLES = (
    "ba be bi bo da de di do fa fe fi fo ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro ta te ti to"
)


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who does not exist."""

    email: str
    name: str
    role: str
    organisation: str


PEOPLE = (
    DemoPerson("kaja@demo.example", "Kaja Klimakoordinator (demo)", "coordinator", "hvidovre"),
    DemoPerson("ivan@demo.example", "Ivan Indsatsejer (demo)", "action_owner", "hvidovre"),
    DemoPerson("kit@demo.example", "Kit Kontakt (demo)", "department_contact", "hvidovre"),
    DemoPerson("lis@demo.example", "Lis Læser (demo)", "reader", "hvidovre"),
    DemoPerson("uffe@demo.example", "Uffe Udvalgssekretær (demo)", "council_secretary", "hvidovre"),
    DemoPerson("rune@demo.example", "Rune Rådgiver (demo)", "dgo_adviser", "dgo-hovedstaden"),
    DemoPerson("dorte@demo.example", "Dorte DGO-leder (demo)", "dgo_lead", "dgo-hovedstaden"),
    DemoPerson("bent@demo.example", "Bent Bedømmer (demo)", "reviewer", "concito"),
    DemoPerson("carla@demo.example", "Carla C40 (demo)", "c40_signatory", "c40"),
    DemoPerson("ane@demo.example", "Ane Analytiker (demo)", "analyst", "realdania"),
    DemoPerson("sofie@demo.example", "Sofie Sekretariat (demo)", "secretariat", "kl"),
    DemoPerson("asger@demo.example", "Asger Administrator (demo)", "administrator", "kl"),
)


def password() -> str:
    """One that can be typed from a screen: eight times two letters, and three digits (some 50 bits)."""
    words = _SYLLABLES.split()
    spoken = "-".join("".join(secrets.choice(words) for _ in range(4)) for _ in range(2))
    return f"{spoken}-{secrets.randbelow(900) + 100}"
