"""Plan files of every shape; whether they can be computed is another matter."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from klimaplan.domain.actions.action import Progress, Role
from klimaplan.domain.inventory.streams import Gas
from klimaplan.sources.plan_files.model import FORMAT, PlanFile

YEARS = st.integers(2024, 2050)
FIGURES = st.floats(-1e6, 1e6).map(lambda figure: round(figure, 4) + 0.0)
SHARES = st.integers(0, 99).map(lambda percent: percent / 100)
TEXTS = st.text("abcæøåÅ 12%=+-\"'\\{}[]#,.·", min_size=1, max_size=12).filter(
    lambda text: text.strip() and not text.strip().startswith(("{", "="))
).map(lambda text: f"x{text.strip()}x")  # fmt: skip
KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
STREAMS = st.sampled_from(["I.2.1/fossil_heating", "I.6.2/electricity", "V.1/manure", "V.2/forest"])
GASES = st.sampled_from(list(Gas))
BY_YEAR = st.dictionaries(YEARS, FIGURES, min_size=1, max_size=3)

DISTRIBUTIONS = st.one_of(
    st.builds(lambda mean, sd: {"kind": "normal", "mean": mean, "sd": sd}, FIGURES, FIGURES),
    st.builds(lambda low, high: {"kind": "uniform", "low": low, "high": high}, FIGURES, FIGURES),
    st.builds(lambda a, b: {"kind": "discrete", "values": [a, b], "probabilities": [0.25, 0.75]}, FIGURES, FIGURES),
    st.builds(lambda a: {"kind": "lognormal", "median": a, "spread": 1.2}, FIGURES),
)


def table(required: dict[str, Any], optional: dict[str, Any] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional or {})


SAID = st.one_of(
    st.builds(lambda value: {"value": value}, FIGURES),
    st.builds(lambda a, b, c: {"low": a, "central": b, "high": c}, FIGURES, FIGURES, FIGURES),
    st.builds(lambda each: {"distribution": each}, DISTRIBUTIONS),
)
MORE = {"source": TEXTS, "group": KEYS, "correlation": SHARES, "shared": st.booleans()}
NUMBERS = st.one_of(
    FIGURES, KEYS, st.builds(lambda said, more: {**said, **more}, SAID, table({}, {**MORE, "unit": TEXTS}))
)
RAMPS = st.one_of(
    table({"shape": st.sampled_from(["linear", "s-curve", "step"])}, {"start": YEARS, "end": YEARS, "until": YEARS}),
    table({"shape": st.just("table"), "table": BY_YEAR}, {"until": YEARS}),
)
_PART = {"stream": STREAMS, "per_unit": NUMBERS}
_LEVER = {"ramp": RAMPS}
LEVERS = st.one_of(
    table(
        {**_LEVER, "kind": st.sampled_from(["reduce-activity", "feed", "waste"]), "stream": STREAMS, "share": NUMBERS},
        {"source": TEXTS, "gases": st.lists(GASES, min_size=1, max_size=2)},
    ),
    table(
        {**_LEVER, "kind": st.just("change-supply"), "stream": STREAMS, "before": FIGURES, "after": NUMBERS,
         "unit": TEXTS},
    ),
    table(
        {**_LEVER, "kind": st.just("shift-share"), "stream": STREAMS, "share": NUMBERS},
        {"target": STREAMS, "energy_ratio": NUMBERS, "source": TEXTS},
    ),
    table(
        {**_LEVER, "kind": st.sampled_from(["livestock", "capture", "replace-units"]), "amount": NUMBERS,
         "unit": TEXTS, "effects": st.lists(table(_PART, {"gas": GASES}), min_size=1, max_size=3)},
        {"burdens": st.lists(table(_PART, {"gas": GASES, "energy": st.booleans()}), min_size=1, max_size=3),
         "source": TEXTS},
    ),
    table(
        {**_LEVER, "kind": st.just("afforest"), "stream": STREAMS, "hectares": NUMBERS,
         "uptake": st.lists(FIGURES, min_size=1, max_size=4)},
        {"scale": NUMBERS},
    ),
    table({**_LEVER, "kind": st.just("fixed-tonnes"), "stream": STREAMS, "tonnes": NUMBERS, "reason": TEXTS}),
)  # fmt: skip
ACTION = {
    "description": TEXTS, "owner": TEXTS, "indicator": TEXTS, "progress": st.sampled_from(list(Progress)),
    "roles": st.lists(st.sampled_from(list(Role)), min_size=1, max_size=2, unique=True),
    "co_benefits": st.lists(TEXTS, min_size=1, max_size=2),
    "decision": table({}, {"by": TEXTS, "on": st.dates(), "document": TEXTS}),
    "resources": table({}, {"price_year": YEARS, "capex_dkk": FIGURES, "lifetime_years": st.integers(1, 99),
                            "staff_fte": FIGURES, "may_be_negative": st.booleans()}),
    "known": table({}, {"implemented_activity": BY_YEAR, "activity_unit": TEXTS, "observed": BY_YEAR}),
    "template": KEYS, "variant": KEYS, "amounts": st.dictionaries(KEYS, NUMBERS, max_size=3), "source": TEXTS,
    "streams": st.dictionaries(STREAMS, STREAMS, max_size=2), "ramp": RAMPS,
    "lever": st.lists(LEVERS, max_size=3),
}  # fmt: skip
PARAMETERS = st.builds(
    lambda name, said, more: {"name": name, "unit": "ha", "source": "Demo", **said, **more}, KEYS, SAID, table({}, MORE)
)


def plan_files() -> st.SearchStrategy[PlanFile]:
    """Any plan file; keys of actions are unique, as a workbook tells actions apart by them."""
    head = table(
        {"municipality": TEXTS, "title": TEXTS},
        {"demo": st.booleans(), "gwp": TEXTS, "price_year": YEARS, "notes": TEXTS},
    )
    target = table(
        {"year": YEARS, "source": TEXTS},
        {"sectors": st.sampled_from(["total", "other", "energy", "energy+waste"]), "base_year": YEARS,
         "base_tonnes": FIGURES, "reduction_pct": FIGURES, "level": FIGURES, "tonnes_per_inhabitant": FIGURES,
         "inhabitants": FIGURES},
    )  # fmt: skip
    stream = table(
        {"ref": KEYS, "carrier": KEYS, "tonnes": FIGURES, "year": YEARS, "source": TEXTS},
        {"sector": st.sampled_from(["energy", "waste"]), "gases": st.dictionaries(GASES, SHARES, min_size=1)},
    )
    supply = table({"stream": STREAMS, "unit": TEXTS, "factors": BY_YEAR, "source": TEXTS})
    driver = table(
        {"name": KEYS, "streams": st.lists(STREAMS, min_size=1, max_size=2), "size": NUMBERS}, {"source": TEXTS}
    )
    keys = st.lists(KEYS, max_size=3, unique=True)
    actions = keys.flatmap(
        lambda names: st.tuples(*(table({"key": st.just(key), "title": TEXTS}, ACTION) for key in names))
    )
    whole = table({"format": st.just(FORMAT), "plan": head, "action": actions}, {
        "target": st.lists(target, max_size=2), "stream": st.lists(stream, max_size=2),
        "parameter": st.lists(PARAMETERS, max_size=2), "supply": st.lists(supply, max_size=2),
        "driver": st.lists(driver, max_size=2),
    })  # fmt: skip
    return whole.map(PlanFile.model_validate)
