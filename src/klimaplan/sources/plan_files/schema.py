"""The JSON Schema of plan files, as it is published in `docs/reference/plan-file.schema.json`."""

from __future__ import annotations

import json
from typing import Any

from klimaplan.sources.plan_files.model import FORMAT, PlanFile


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of the whole file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": FORMAT,
        **{name: part for name, part in PlanFile.model_json_schema().items() if name != "title"},
    }


def schema_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"
