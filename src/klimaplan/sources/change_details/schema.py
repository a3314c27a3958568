"""The JSON Schema of change details, as it is published in `docs/reference/change-detail.schema.json`."""

from __future__ import annotations

from klimaplan.sources.change_details.model import FORMAT, ChangeDetailFile
from klimaplan.sources.plan_files.schema import as_schema, as_text


def schema_text() -> str:
    """JSON Schema 2020-12 of the whole file."""
    return as_text(as_schema(FORMAT, ChangeDetailFile))
