"""A request as one digest, and its answer as a reference, so that the same request is answered the same way again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model
from pydantic import BaseModel

from klimaplan.web.audit.canonical import canonical
from klimaplan.web.plans.models import PartRevision, PlanPart


def digest_of(service: str, given: Mapping[str, Any]) -> str:
    """What was asked: the name of the service and everything it was handed."""
    return hashlib.sha256(canonical([service, _plain(given)]).encode()).hexdigest()


def reference_to(answer: Any) -> Any:
    """Where the answer is found again."""
    if isinstance(answer, PlanPart):
        return {"part": answer.pk, "version": answer.version}
    if isinstance(answer, Model):
        return {"model": answer._meta.label_lower, "pk": answer.pk}
    if isinstance(answer, tuple | list):
        return [reference_to(each) for each in answer]
    if answer is None:
        return None
    raise ValueError(f"no answer that can be found again: {type(answer).__name__}")


def answer_at(reference: Any) -> Any:
    """The answer as it was given: a part as it was then, whatever has become of it."""
    if reference is None:
        return None
    if isinstance(reference, list):
        return tuple(answer_at(each) for each in reference)
    if "part" in reference:
        part = PlanPart.objects.select_related("plan").get(pk=reference["part"])
        kept = PartRevision.objects.get(part=part, version=reference["version"])
        part.version, part.content, part.removed = kept.version, kept.content, kept.removed
        part.updated_at, part.updated_by = kept.at, kept.by
        return part
    return apps.get_model(reference["model"]).objects.get(pk=reference["pk"])


def _plain(value: Any) -> Any:  # noqa: PLR0911  # one for each kind of value
    if isinstance(value, Model):
        return f"{value._meta.label_lower}/{value.pk}"
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    return value if isinstance(value, str | int | float | bool | date) or value is None else str(value)
