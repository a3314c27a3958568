"""What a plan still lacks before it can be certified: in which order, and about how many days of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum

from klimaplan.domain.errors import Finding, InputError, Text


class Standing(StrEnum):
    """How a criterion stands, by what a machine sees and what the municipality itself has said."""

    LACKS = "lacks"
    TO_JUDGE = "to-judge"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Effort:
    """Person-days, as a low, a likely and a high guess."""

    low: float
    days: float
    high: float


NONE = Effort(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the work, and the pieces that must be there before it."""

    key: str
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ahead:
    """A piece with how it stands.

    Parameters
    ----------
    lacking, to_judge, done : its criteria
    effort : of those that lack something
    at_most : what those still to be judged may add
    waits_for : pieces it builds on that lack something themselves
    """

    piece: Piece
    lacking: tuple[str, ...]
    to_judge: tuple[str, ...]
    done: tuple[str, ...]
    effort: Effort
    at_most: float
    waits_for: tuple[str, ...]

    @property
    def is_next(self) -> bool:
        """Whether something lacks, and nothing it builds on does."""
        return bool(self.lacking) and not self.waits_for


def in_order(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The pieces so that each comes after those it builds on; otherwise as they were given.

    Raises
    ------
    InputError : a piece builds on one that is not there, or on itself in a circle; all at once

    >>> [each.key for each in in_order([Piece("targets", ("account",)), Piece("account"), Piece("vision")])]
    ['account', 'targets', 'vision']
    """
    known = {each.key: each for each in pieces}
    if strange := [(key, name) for key, each in known.items() for name in each.after if name not in known]:
        raise InputError([_unknown(*each) for each in strange])
    placed: dict[str, Piece] = {}
    for each in known.values():
        _place(each, known, placed, ())
    return tuple(placed.values())


def ahead(
    pieces: Iterable[Piece], belongs: Mapping[str, str], standing: Mapping[str, Standing], effort: Mapping[str, Effort]
) -> tuple[Ahead, ...]:
    """Every piece in order with what it lacks.

    Parameters
    ----------
    belongs : criterion → key of its piece
    standing : criterion → how it stands; one that is left out lacks something
    effort : criterion → person-days from nothing to done; one that is partly there counts whole
    """
    ordered = in_order(pieces)
    of_piece = {each.key: [code for code, key in belongs.items() if key == each.key] for each in ordered}
    stands = {code: standing.get(code, Standing.LACKS) for code in belongs}
    open_ = {key for key, codes in of_piece.items() if any(stands[code] is Standing.LACKS for code in codes)}
    found = []
    for each in ordered:
        by = {
            kind: tuple(code for code in of_piece[each.key] if stands[code] is kind) for kind in Standing
        }  # fmt: skip
        found.append(
            Ahead(
                each, by[Standing.LACKS], by[Standing.TO_JUDGE], by[Standing.DONE],
                together(effort.get(code, NONE) for code in by[Standing.LACKS]),
                fsum(effort.get(code, NONE).high for code in by[Standing.TO_JUDGE]),
                tuple(key for key in each.after if key in open_),
            )
        )  # fmt: skip
    return tuple(found)


def together(efforts: Iterable[Effort]) -> Effort:
    """The sum: the low guesses together, the likely ones and the high ones.

    >>> together([Effort(1, 2, 4), Effort(2, 3, 6)])
    Effort(low=3.0, days=5.0, high=10.0)
    """
    all_ = list(efforts)
    return Effort(fsum(e.low for e in all_), fsum(e.days for e in all_), fsum(e.high for e in all_))


def _place(piece: Piece, known: Mapping[str, Piece], placed: dict[str, Piece], above: Sequence[str]) -> None:
    if piece.key in placed:
        return
    if piece.key in above:
        raise InputError(_circle([*above[above.index(piece.key) :], piece.key]))
    for name in piece.after:
        _place(known[name], known, placed, (*above, piece.key))
    placed[piece.key] = piece


def _unknown(key: str, name: str) -> Finding:
    return Finding(
        "order-unknown", key,
        Text(f"»{key}« bygger på »{name}«, som ikke findes.", f"“{key}” builds on “{name}”, which is not there."),
        Text("Så kan rækkefølgen ikke findes.", "So the order cannot be found."),
        Text("Ret navnet, eller tilføj rækken.", "Mend the name, or add the row."),
    )  # fmt: skip


def _circle(keys: Sequence[str]) -> Finding:
    way = " → ".join(keys)
    return Finding(
        "order-in-circle", keys[0],
        Text(f"Rækkefølgen går i ring: {way}.", f"The order goes in a circle: {way}."),
        Text("Så er der intet at begynde med.", "So there is nothing to begin with."),
        Text("Fjern en af afhængighederne.", "Take one of the dependencies away."),
    )  # fmt: skip
