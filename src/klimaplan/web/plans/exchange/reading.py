"""An uploaded workbook as the pieces of a plan, or everything that is wrong with it, each with sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Text
from klimaplan.reference import load
from klimaplan.sources.plan_files import PlanFile, read_shape_beside
from klimaplan.web.plans.contents.kinds import COMPUTED, HEAD, kind_of
from klimaplan.web.plans.contents.reading import plain_of
from klimaplan.web.plans.exchange.beside import KINDS_BESIDE, pieces_beside, sheet_of
from klimaplan.web.plans.models import Plan, PlanPart
from klimaplan.web.plans.stored import Piece


@dataclass(frozen=True)
class InFile:
    """What a file says of a plan.

    Parameters
    ----------
    kinds : those it speaks of: the computed ones, and of the others those whose sheet is there
    """

    pieces: tuple[Piece, ...]
    kinds: frozenset[str]


def pieces_in_file(content: bytes, name: str, plan: Plan) -> InFile:
    """What a plan file of any of the three kinds says, and a workbook in the sheets of what is not computed with.

    Raises
    ------
    InputError : it cannot be read, says something twice, or is of another municipality
    """
    parts, document, found = read_shape_beside(content, name, [sheet_of(kind) for kind in KINDS_BESIDE])
    findings = [*found]
    beside = tuple(pieces_beside(document, _taken(plan), findings))
    if findings:
        raise InputError(findings)
    pieces = (*_pieces(parts.file, plan), *beside)
    names = [each.name for each in pieces]
    faults = [_twice(name, *each) for each in dict.fromkeys(names) if names.count(each) > 1]
    try:
        code = load.find_municipality(parts.file.plan.municipality).code
    except KlimaplanError:
        code = ""
    if code != str(plan.organisation.code):
        faults.append(_other(name, plan.organisation.name_da))
    if faults:
        raise InputError(faults)
    return InFile(pieces, frozenset((*COMPUTED, *document.data)))


def _taken(plan: Plan) -> dict[str, list[str]]:
    """Kind → the keys that the plan has or had."""
    found: dict[str, list[str]] = {}
    for kind, key in PlanPart.objects.filter(plan=plan).values_list("kind", "key"):
        found.setdefault(kind, []).append(key)
    return found


def _pieces(file: PlanFile, plan: Plan) -> Iterator[Piece]:
    for code in COMPUTED:
        kind = kind_of(code)
        entries = [file.plan] if code == HEAD else getattr(file, kind.section)
        for entry in entries:
            content = plain_of(entry)
            if code == HEAD:  # a name or a code with noughts in front is the same municipality
                content["municipality"] = str(plan.organisation.code)
            yield Piece(code, kind.key_of(content) or "plan", content)


def _twice(name: str, kind: str, key: str) -> Finding:
    return Finding(
        "part-twice", f"{name}!{kind} {key}",
        Text("Den står to gange i filen.", "It stands twice in the file."),
        Text("Så er det uvist, hvad der gælder.", "So it is unknown which holds."),
        Text("Behold den ene.", "Keep one of them."),
    )  # fmt: skip


def _other(name: str, expected: str) -> Finding:
    return Finding(
        "plan-of-another", name,
        Text(f"Filen er ikke {expected}s plan.", f"The file is not the plan of {expected}."),
        Text("Intet er ændret.", "Nothing was changed."),
        Text("Vælg en anden fil, eller ret kommunen i den.", "Choose another file, or mend the municipality in it."),
    )  # fmt: skip
