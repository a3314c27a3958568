from __future__ import annotations

import pytest

from klimaplan.domain.plan import look_ahead
from klimaplan.reference import load
from klimaplan.sources.plan_files import Ground


@pytest.fixture(scope="session")
def ground() -> Ground:
    """The published account and projection, as the command line reads plans against them before any import."""
    return Ground(look_ahead(load.account(), load.national_projection()), load.national_streams())
