"""What a plan file is read against on the command line: the account in force and the reference tables."""

from __future__ import annotations

from pathlib import Path

from klimaplan.cli.figures import current_account
from klimaplan.domain.errors import InputError, Severity
from klimaplan.domain.plan import Plan, look_ahead
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground, PlanFile, PlanRead, read_plan_file


def ground() -> Ground:
    return Ground(look_ahead(current_account(), load.national_projection()), load.national_streams())


def usable(read: PlanRead) -> tuple[Plan, PlanFile]:
    """The plan of a file; `InputError` with all findings where an error stands in its way."""
    if read.plan is None or read.file is None:
        raise InputError(read.findings)
    return read.plan, read.file


def read_usable(path: Path, against: Ground) -> tuple[PlanRead, Plan, PlanFile]:
    read = read_plan_file(path, against)
    return read, *usable(read)


def has_errors(read: PlanRead) -> bool:
    return any(finding.severity is Severity.ERROR for finding in read.findings)
