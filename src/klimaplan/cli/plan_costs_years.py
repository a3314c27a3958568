"""What `klimaplan plan evaluate --cost-until` says: the cost of a tonne over all years, as a record and as a table."""

from __future__ import annotations

from collections.abc import Mapping

from klimaplan.cli.answers import print_table, say
from klimaplan.cli.answers import tonnes as whole
from klimaplan.domain.actions.costs import Money
from klimaplan.domain.pathway.costing_over_years import CostsOverYears, OverYears


def as_record(found: CostsOverYears | None, titles: Mapping[str, str]) -> dict[str, object]:
    """Stable keys; empty where it was not asked for."""
    if found is None:
        return {}
    return {
        "first": found.first,
        "last": found.last,
        "actions": [
            {"action": key, "title": titles[key], **_record(each)} for key, each in found.actions.items()
        ],
        "together": None if found.together is None else _record(found.together),
    }  # fmt: skip


def show(found: CostsOverYears, titles: Mapping[str, str], name: str) -> None:
    if not found.actions:
        return
    rows = [[key, titles[key], *_row(each)] for key, each in found.actions.items()]
    if found.together is not None:
        rows.append(["", say("i alt", "together"), *_row(found.together)])
    print_table(
        f"{name}: " + say("hvad et ton koster", "what a tonne costs") + f" {found.first}–{found.last}",
        [
            "", say("tiltag", "action"),
            say(f"nutidsværdi {found.first}, kr.", f"present value {found.first}, DKK"),
            say("ton", "tonnes"), say("kr. pr. t", "DKK per t"),
            say("tilbagediskonterede ton", "discounted tonnes"),
            say("kr. pr. tilbagediskonteret t", "DKK per discounted t"),
            say("nettonutidsværdi, kr.", "net present value, DKK"),
        ],
        rows,
        [
            say("Nutidsværdien af alt, der betales i årene, delt med årenes ton efter overlap; med tilbagediskonterede "
                "ton er det den faste pris pr. ton, der netop ville betale tiltaget.",
                "The present value of all that is paid in the years, over the tonnes of the years after overlap; with "
                "discounted tonnes it is the constant price per tonne that would pay for the action."),
        ],
        words=(0, 1),
    )  # fmt: skip


def _record(each: OverYears) -> dict[str, object]:
    plain, discounted = each.plain, each.discounted
    return {
        "present_value_dkk": plain.cost.dkk,
        "tonnes": plain.tonnes,
        "dkk_per_tonne": _dkk(plain.per_tonne),
        "discounted_tonnes": discounted.tonnes,
        "dkk_per_discounted_tonne": _dkk(discounted.per_tonne),
        "reason": None if plain.reason is None else {"da": plain.reason.da, "en": plain.reason.en},
        "net_present_value_dkk": _dkk(each.net),
    }


def _row(each: OverYears) -> list[str]:
    plain, discounted = each.plain, each.discounted
    return [
        whole(plain.cost.dkk), whole(plain.tonnes), whole(_dkk(plain.per_tonne)), whole(discounted.tonnes),
        whole(_dkk(discounted.per_tonne)), whole(_dkk(each.net)),
    ]  # fmt: skip


def _dkk(amount: Money | None) -> float | None:
    return None if amount is None else amount.dkk
