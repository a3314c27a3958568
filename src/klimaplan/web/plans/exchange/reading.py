"""An uploaded workbook as the pieces of a plan, or everything that is wrong with it, each with sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Text
from klimaplan.reference import load
from klimaplan.sources.plan_files import PlanFile, read_shape
from klimaplan.web.plans.contents.kinds import COMPUTED, HEAD, kind_of
from klimaplan.web.plans.contents.reading import plain_of
from klimaplan.web.plans.models import Plan
from klimaplan.web.plans.stored import Piece


def pieces_in_file(content: bytes, name: str, plan: Plan) -> tuple[Piece, ...]:
    """What a plan file of any of the three kinds says.

    Raises
    ------
    InputError : it cannot be read, says something twice, or is of another municipality
    """
    parts, findings = read_shape(content, name)
    if findings:
        raise InputError(findings)
    pieces = tuple(_pieces(parts.file, plan))
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
    return pieces


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
