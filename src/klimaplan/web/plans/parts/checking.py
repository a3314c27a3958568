"""What a part must fit besides its own form: the key it gets, and what it refers to in its plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from klimaplan.domain.errors import Finding, InputError, KlimaplanError, Text
from klimaplan.reference import load
from klimaplan.web.plans.contents.kinds import ACTION, HEAD, Kind
from klimaplan.web.plans.contents.reading import Plain, plain_of, read_content
from klimaplan.web.plans.models import EvidenceFile, Plan, PlanPart

LONGEST_KEY = 80
MOST_PARTS = 2_000
"""Of one kind in one plan, as in a plan file."""

NOTHING = Text("", "")


def checked(plan: Plan, kind: Kind, given: Any, place: str) -> Plain:
    """The content as it is stored.

    Raises
    ------
    InputError : everything that is wrong with it, or that it refers to and the plan has not
    """
    content = plain_of(read_content(kind, given, place))
    if findings := list(_faults(plan, kind, content, place)):
        raise InputError(findings)
    return content


def key_for(plan: Plan, kind: Kind, content: Plain, place: str, *, but: PlanPart | None = None) -> str:
    """The key that the content gives, or the next number.

    Raises
    ------
    InputError : the plan has such a part already, or had one that can be brought back
    """
    taken = dict(PlanPart.objects.filter(plan=plan, kind=kind.code).values_list("key", "removed"))
    if but is not None:
        taken.pop(but.key, None)
    elif len(taken) >= MOST_PARTS:
        raise InputError(_too_many(place))
    if key := kind.key_of(content) or ("plan" if kind.code == HEAD else ""):
        if len(key) > LONGEST_KEY:
            raise InputError(_key_too_long(place))
        if key in taken or (kind.single and taken):
            raise InputError(_taken(place, key, removed=taken.get(key, False)))
        return key
    if but is not None:
        return str(but.key)
    numbers = [int(each.rpartition("-")[2]) for each in taken if each.rpartition("-")[2].isdigit()]
    return f"{kind.code}-{max(numbers, default=0) + 1}"


def _faults(plan: Plan, kind: Kind, content: Plain, place: str) -> Iterator[Finding]:
    if kind.code == HEAD:
        yield from _of_head(plan, content, place)
    if named := content.get("action") if kind.of_action else None:
        yield from _absent(plan, ACTION, [named], f"{place}!action")
    yield from _absent(plan, "adaptation_goal", content.get("goals", []), f"{place}!goals")
    if kind.code == "evidence" and not EvidenceFile.objects.filter(plan=plan, sha256=content["file"]).exists():
        yield _no_file(f"{place}!file")


def _of_head(plan: Plan, content: Plain, place: str) -> Iterator[Finding]:
    """A plan is that of its organisation, and one that is invented stays so."""
    try:
        code = load.find_municipality(content["municipality"]).code
    except KlimaplanError:
        code = ""
    if code != str(plan.organisation.code):
        yield _other_municipality(f"{place}!municipality", plan.organisation.name_da)
    if bool(content.get("demo", False)) != plan.demo:
        yield _demo_changed(f"{place}!demo")


def _absent(plan: Plan, kind: str, keys: list[str], place: str) -> Iterator[Finding]:
    if not keys:
        return
    there = set(
        PlanPart.objects.filter(plan=plan, kind=kind, removed=False, key__in=keys).values_list("key", flat=True)
    )
    for key in keys:
        if key not in there:
            yield Finding(
                "reference-unknown", place,
                Text(f"{key} findes ikke i planen.", f"There is no {key} in the plan."),
                NOTHING,
                Text("Vælg en af planens egne.", "Choose one of the plan's own."),
            )  # fmt: skip


def _taken(place: str, key: str, *, removed: bool) -> Finding:
    remedy = Text("Hent den frem igen.", "Bring it back.") if removed else Text(
        "Ret den, der er, eller vælg et andet navn.", "Change the one that is there, or choose another name."
    )  # fmt: skip
    return Finding(
        "key-taken", place,
        Text(f"{key} findes allerede i planen.", f"{key} is in the plan already."),
        Text("Den er fjernet, men gemt.", "It is removed, but kept.") if removed else NOTHING,
        remedy,
    )  # fmt: skip


def _too_many(place: str) -> Finding:
    return Finding(
        "too-many-parts", place,
        Text(f"En plan har højst {MOST_PARTS} af hver slags.", f"A plan has at most {MOST_PARTS} of each kind."),
        NOTHING,
        Text("Saml dem.", "Put them together."),
    )  # fmt: skip


def _key_too_long(place: str) -> Finding:
    return Finding(
        "key-too-long", place,
        Text(f"Navnet er længere end {LONGEST_KEY} tegn.", f"The name is longer than {LONGEST_KEY} characters."),
        NOTHING,
        Text("Vælg et kortere.", "Choose a shorter one."),
    )  # fmt: skip


def _no_file(place: str) -> Finding:
    return Finding(
        "evidence-file-unknown", place,
        Text("Filen er ikke lagt op til planen.", "The file was not uploaded to the plan."),
        NOTHING,
        Text("Læg den op først.", "Upload it first."),
    )  # fmt: skip


def _other_municipality(place: str, name: str) -> Finding:
    return Finding(
        "plan-of-another", place,
        Text(f"Planen hører til {name}.", f"The plan belongs to {name}."),
        NOTHING,
        Text("Opret en plan for den anden kommune.", "Create a plan for the other municipality."),
    )  # fmt: skip


def _demo_changed(place: str) -> Finding:
    return Finding(
        "demo-fixed", place,
        Text("Om planen er opdigtet, ligger fast.", "Whether the plan is invented is settled."),
        Text("En opdigtet plan må ikke kunne gives ud for en rigtig.",
             "An invented plan must not pass for a real one."),
        Text("Opret en ny plan.", "Create a new plan."),
    )  # fmt: skip
