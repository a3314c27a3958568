"""`python -m klimaplan.reference`: say everything that is wrong with the reference tables; exit 1 on an error."""

from __future__ import annotations

import sys

from klimaplan.domain.errors import Severity
from klimaplan.reference.load import validate_all


def main() -> int:
    """Print every finding on a line of its own."""
    found = validate_all()
    for finding in found:
        sys.stdout.write(f"{finding.severity} {finding.code} {finding.message()}\n")
    return int(any(finding.severity is Severity.ERROR for finding in found))


if __name__ == "__main__":
    sys.exit(main())
