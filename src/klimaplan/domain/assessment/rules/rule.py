"""What a rule is: a name, a pure function, and the thresholds it asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from klimaplan.domain.assessment.evidence import Evidence
from klimaplan.domain.assessment.parameters import Parameter, Parameters
from klimaplan.domain.assessment.result import Result
from klimaplan.domain.errors import Text

Judge = Callable[[Evidence, Parameters], Result]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that criteria name by its code.

    Parameters
    ----------
    asks : parameters with what each may be
    optional : those that may be left out
    """

    code: str
    name: Text
    judge: Judge
    asks: Mapping[str, Parameter] = field(default_factory=dict)
    optional: frozenset[str] = frozenset()
