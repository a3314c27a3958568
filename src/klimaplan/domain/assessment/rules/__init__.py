"""The rules that criteria may name, as a table."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from klimaplan.domain.assessment.rules import actions, ages, course, follow_up, people, risk, targets
from klimaplan.domain.assessment.rules.rule import Rule

RULES: Mapping[str, Rule] = MappingProxyType({
    rule.code: rule for module in (ages, targets, course, risk, people, actions, follow_up) for rule in module.RULES
})  # fmt: skip
