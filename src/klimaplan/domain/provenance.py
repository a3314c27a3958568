"""Where a number comes from: carried by every array, shown one click away from every figure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What sort of number it is; the kinds are never mixed in one series without saying so."""

    OBSERVED = "observed"
    ESTIMATED = "estimated"
    CALCULATED = "calculated"
    EXPECTED = "expected"
    PROJECTED = "projected"


@dataclass(frozen=True, slots=True)
class Provenance:
    """The explanation of a number.

    Parameters
    ----------
    source : key into the bibliography `reference/sources.toml`
    version : the publisher's method version or edition, e.g. ``"4.1"``, ``"KF25"``
    kind : what sort of number it is
    retrieved : the day the figures were fetched, where known
    gwp : the GWP set by which gases were weighed, e.g. ``"AR5"``; None where no gas is involved
    method : slug of the method page that explains the calculation, None for plain published figures
    steps : what was done to the figures, oldest first
    """

    source: str
    version: str
    kind: Kind
    retrieved: date | None = None
    gwp: str | None = None
    method: str | None = None
    steps: tuple[str, ...] = ()

    def after(self, step: str, *, kind: Kind, method: str) -> Provenance:
        """The provenance of what a calculation made of these figures.

        >>> seen = Provenance("account", "4.1", Kind.OBSERVED)
        >>> seen.after("linear trend", kind=Kind.PROJECTED, method="forecasts").steps
        ('linear trend',)
        """
        return replace(self, kind=kind, method=method, steps=(*self.steps, step))

    def as_record(self) -> dict[str, object]:
        """The explanation for machines."""
        return {
            "source": self.source,
            "version": self.version,
            "kind": str(self.kind),
            "retrieved": self.retrieved.isoformat() if self.retrieved else None,
            "gwp": self.gwp,
            "method": self.method,
            "steps": list(self.steps),
        }
