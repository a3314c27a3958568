"""What a stream is, what the country emits by stream and gas, and what a municipality says of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from klimaplan.domain import axes, units
from klimaplan.domain.axes import Axis
from klimaplan.domain.errors import Finding, Text, UnknownCodeError
from klimaplan.domain.inventory.account import Sector
from klimaplan.domain.provenance import Kind, Provenance
from klimaplan.domain.series import Series

METHOD = "streams"
NO_NOTE = Text("", "")


class Gas(StrEnum):
    """The gases; amounts are always t CO2e, weighed by the GWP set in the provenance."""

    CO2 = "CO2"
    CH4 = "CH4"
    N2O = "N2O"
    F_GASES = "F-gases"


GASES = Axis(axes.GAS, tuple(str(gas) for gas in Gas))


@dataclass(frozen=True, slots=True)
class Stream:
    """A GPC reference × a carrier or source.

    Parameters
    ----------
    key : reference and carrier, e.g. ``"I.1.1/fossil_heating"``
    ref : GPC reference, e.g. ``"I.1.1"``
    sector : the sector of the account in which the stream is counted
    is_sink : whether it may be negative (forest, wood products, wetlands)
    solver : who could remove what is left of it
    national_codes : codes of the national inventory that it follows; none for a stream only the municipality knows
    point_source_above : a point source is there only where the sector is above this many t CO2e per inhabitant
    activity_unit : what its activity is counted in, e.g. ``"TJ"``
    """

    key: str
    ref: str
    carrier: str
    sector: Sector
    name: Text
    is_sink: bool
    solver: Text
    national_codes: tuple[str, ...] = ()
    point_source_above: float | None = None
    activity_unit: str | None = None
    note: Text = NO_NOTE


@dataclass(frozen=True, slots=True)
class OwnDetail:
    """What a municipality knows of one of its streams.

    Parameters
    ----------
    key : of a national stream, or of a finer one: the reference, a slash and any carrier
    tonnes : t CO2e in `year`
    source : where the figure comes from
    gas_shares : parts of the gases, adding up to 1; None takes those of the national stream
    """

    key: str
    ref: str
    carrier: str
    sector: Sector
    tonnes: float
    year: int
    source: str
    gas_shares: Mapping[Gas, float] | None = None


@dataclass(frozen=True)
class NationalStreams:
    """One edition of the national inventory and projection by stream.

    Parameters
    ----------
    emissions : Series (stream, gas, year), t CO2e; a gas that the publisher does not list is missing and has no share
    edition : e.g. ``"KF25"``
    inhabitants : of the country, in `last_observed`; with it, point sources get what exceeds the ordinary level
    last_observed : last year of the inventory; whether a point source is there is judged from it on
    rounding_t : what the last published decimal is worth in tonnes; an index needs a base of several of these
    carriers : carrier → name, the vocabulary of own detail; empty accepts any

    Raises
    ------
    AxisError : the emissions have other streams or gases
    UnitError : the emissions are not t CO2e
    """

    streams: tuple[Stream, ...]
    emissions: Series
    edition: str
    inhabitants: float | None = None
    last_observed: int | None = None
    rounding_t: float = 0.0
    carriers: Mapping[str, Text] = field(default_factory=dict)

    def __post_init__(self) -> None:
        stream_axis = Axis(axes.STREAM, tuple(stream.key for stream in self.streams))
        axes.require_same(self.emissions.axes, (stream_axis, GASES, self.emissions.axis(axes.YEAR)))
        units.require_same(self.emissions.unit, units.TONNES)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(int(str(label)) for label in self.emissions.axis(axes.YEAR).labels)


@dataclass(frozen=True)
class StreamTable:
    """The emissions of one municipality by stream.

    Parameters
    ----------
    emissions : Series (stream, gas, year), t CO2e; adds up to the sectors in every year
    estimated : keys of the streams that are estimated from national shares
    own : the own detail that stands in the table
    findings : warnings, where own detail had to be changed to keep the sector adding up
    """

    streams: tuple[Stream, ...]
    emissions: Series
    estimated: frozenset[str]
    own: tuple[OwnDetail, ...] = ()
    findings: tuple[Finding, ...] = ()

    def stream(self, key: str) -> Stream:
        """The stream of that key; `UnknownCodeError` names those there are."""
        for stream in self.streams:
            if stream.key == key:
                return stream
        held = ", ".join(stream.key for stream in self.streams)
        raise UnknownCodeError(Finding(
            "unknown-stream", key,
            Text("Kommunen har ikke den strøm.", "The municipality has no such stream."),
            Text("", ""),
            Text(f"Brug en af {held}.", f"Use one of {held}."),
        ))  # fmt: skip

    def provenance(self, key: str) -> Provenance:
        """Where the figures of one stream come from: own detail keeps its source."""
        whole = self.emissions.provenance
        for detail in self.own:
            if detail.key == key:
                step = f"own figure of {detail.year}, developed by its national stream"
                return Provenance(detail.source, str(detail.year), Kind.CALCULATED, None, whole.gwp, METHOD, (step,))
        return whole
