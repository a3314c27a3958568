"""The JSON Schema of plan files, as it is published in `docs/reference/plan-file.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from klimaplan.sources.plan_files.model import FORMAT, PlanFile
from klimaplan.sources.plan_files.numbers import Part


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the whole file."""
    return as_schema(FORMAT, PlanFile)


def as_schema(title: str, form: type[Part]) -> dict[str, Any]:
    """JSON Schema 2020-12 of a file of any format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **{name: part for name, part in form.model_json_schema().items() if name != "title"},
    }


def schema_text() -> str:
    return as_text(schema())


def as_text(described: dict[str, Any]) -> str:
    """The schema as it is published."""
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"
