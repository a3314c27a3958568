from __future__ import annotations

from collections.abc import Iterator

import pytest

from sources.provider import Provider, serving


@pytest.fixture
def provider() -> Iterator[Provider]:
    with serving() as running:
        yield running
