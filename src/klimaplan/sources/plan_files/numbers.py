"""A number of a plan file: one figure, low–central–high, a named distribution, or the name of a shared assumption."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic_core import CoreSchema

Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Whole = Annotated[int, Field(strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Words = Annotated[str, Field(strict=True)]
ByYear = dict[int, Real]
"""Year → figure."""


class Part(BaseModel):
    """A part of a plan file: nothing in it is guessed, and nothing unknown is passed over."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Distribution(Part):
    """A distribution by name, with the figures that this name takes."""

    kind: Annotated[Words, Field(description="fixed, triangular, pert, normal, lognormal, uniform or discrete")]
    value: Real | None = None
    low: Real | None = None
    central: Real | None = None
    high: Real | None = None
    mean: Real | None = None
    sd: Real | None = None
    median: Real | None = None
    spread: Real | None = None
    values: tuple[Real, ...] | None = None
    probabilities: tuple[Real, ...] | None = None

    @property
    def given(self) -> dict[str, Any]:
        """The figures that are there, by name."""
        return {name: figure for name, figure in self if name != "kind" and figure is not None}


class Figures(Part):
    """What may be said of a number: one figure, three of them (triangular), or a distribution."""

    value: Real | None = None
    low: Real | None = None
    central: Real | None = None
    high: Real | None = None
    distribution: Distribution | None = None
    source: Words = ""
    group: Words | None = None
    correlation: Real = 1.0
    shared: Flag = False

    @property
    def three(self) -> dict[str, float]:
        """Low, central and high, as far as they are given."""
        named = {"low": self.low, "central": self.central, "high": self.high}
        return {name: figure for name, figure in named.items() if figure is not None}

    @property
    def described(self) -> tuple[str, dict[str, Any]] | None:
        """Kind and figures of the distribution; None where there is not exactly one description."""
        found: list[tuple[str, dict[str, Any]]] = []
        if self.value is not None:
            found.append(("fixed", {"value": self.value}))
        if self.three:
            found.append(("triangular", dict(self.three)))
        if self.distribution is not None:
            found.append((self.distribution.kind, self.distribution.given))
        return found[0] if len(found) == 1 else None


class Number(Figures):
    """A number of a lever; a plain number stands for `value`, a plain text for `parameter`."""

    parameter: Words | None = None
    unit: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def _spread_out(cls, given: Any) -> Any:
        if isinstance(given, bool):
            return given
        if isinstance(given, (int, float)):
            return {"value": given}
        return {"parameter": given} if isinstance(given, str) else given

    @model_serializer(mode="wrap")
    def _written(self, handler: Callable[[Number], dict[str, Any]]) -> Any:
        """As short as it can be said."""
        full = handler(self)
        said = {name: figure for name, figure in full.items() if figure != _DEFAULTS[name]}
        if len(said) == 1 and (alone := said.get("value", said.get("parameter"))) is not None:
            return alone
        return said

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        table = handler(core_schema)
        return {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "description": "name of a [[parameter]]"},
                handler.resolve_ref_schema(table),
            ]
        }


_DEFAULTS = {name: info.default for name, info in Number.model_fields.items()}
