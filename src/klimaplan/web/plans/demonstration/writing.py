"""The invented plans of the demonstration, written down as a person would: templates with amounts, not bare levers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from klimaplan.domain.actions.action import Action
from klimaplan.domain.actions.ramp import Ramp
from klimaplan.domain.pathway.target import IntensityTarget, LevelTarget, ReductionTarget, Target, sectors_of
from klimaplan.domain.plan import Outlook, Plan
from klimaplan.reference.demonstration import SOURCE, Filled, filled_plans
from klimaplan.sources.plan_files import model
from klimaplan.sources.plan_files.numbers import Number
from klimaplan.web.plans.contents.kinds import KINDS, kind_of
from klimaplan.web.plans.contents.reading import plain_of, read_content
from klimaplan.web.plans.demonstration.groundwork import groundwork
from klimaplan.web.plans.stored import Piece

SEED = 1


def demonstration(
    outlook: Outlook, *, codes: Iterable[str] | None = None
) -> Iterator[tuple[str, str, tuple[Piece, ...]]]:
    """Code of the municipality, title and pieces of every invented plan."""
    for plan, filled in filled_plans(outlook, SEED, codes=codes):
        yield plan.code, plan.title, tuple(_pieces(plan, filled, outlook.account.emissions.provenance.gwp))


def _pieces(plan: Plan, filled: Mapping[str, Filled], gwp: str | None) -> Iterator[Piece]:
    head = model.Head(municipality=plan.code, title=plan.title, demo=True, gwp=gwp)
    yield Piece("head", "plan", plain_of(head))
    for kind, entries in (
        ("target", [_target(each) for each in plan.targets]),
        ("action", [_action(each, filled[each.key]) for each in plan.actions]),
    ):
        for entry in entries:
            content = plain_of(entry)
            yield Piece(kind, kind_of(kind).key_of(content), content)
    yield from _around(plan)


def _around(plan: Plan) -> Iterator[Piece]:
    """What hangs on the plan besides; what nothing in it names is numbered, as when a person adds it."""
    numbers: Counter[str] = Counter()
    order = list(KINDS)
    written = groundwork(plan.code, [action.key for action in plan.actions])
    for code, given in sorted(written, key=lambda each: order.index(each[0])):
        kind = kind_of(code)
        content = plain_of(read_content(kind, given, code))
        numbers[code] += 1
        yield Piece(code, kind.key_of(content) or f"{code}-{numbers[code]}", content)


def _target(target: Target) -> model.TargetEntry:
    year, sectors = target.year, sectors_of(target.scope)
    if isinstance(target, ReductionTarget):
        base = target.base
        return model.TargetEntry(
            year=year, sectors=sectors, source=base.source or SOURCE, base_year=base.year, base_tonnes=base.tonnes,
            reduction_pct=target.reduction_pct,
        )  # fmt: skip
    if isinstance(target, LevelTarget):
        return model.TargetEntry(year=year, sectors=sectors, source=SOURCE, level=target.allowed)
    if isinstance(target, IntensityTarget):
        return model.TargetEntry(
            year=year, sectors=sectors, source=SOURCE, tonnes_per_inhabitant=target.tonnes_per_inhabitant,
            inhabitants=target.inhabitants,
        )  # fmt: skip
    raise ValueError(f"a target of an unknown kind: {target}")


def _action(action: Action, filled: Filled) -> model.ActionEntry:
    decision, resources, known = action.decision, action.resources, action.known
    has_effect = bool(filled.amounts)
    return model.ActionEntry(
        key=action.key,
        title=action.title,
        description=action.description,
        template=action.template,
        variant=filled.variant,
        amounts={code: Number(value=value) for code, value in filled.amounts.items()},
        source=SOURCE if has_effect else "",
        ramp=_ramp(filled.ramp) if has_effect else None,
        owner=action.owner,
        decision=model.DecisionEntry(by=decision.by, on=decision.on, document=decision.document),
        progress=action.progress,
        resources=model.ResourcesEntry(
            price_year=resources.price_year,
            capex_dkk=resources.capex_dkk,
            opex_dkk=resources.opex_dkk,
            lifetime_years=resources.lifetime_years,
            staff_fte=resources.staff_fte,
        ),
        known=model.KnownEntry(
            implemented_activity=dict(known.implemented_activity), activity_unit=known.activity_unit
        ),
    )


def _ramp(ramp: Ramp) -> model.RampEntry:
    return model.RampEntry(shape=ramp.shape, start=ramp.start, end=ramp.end)
