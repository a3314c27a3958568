"""Who reviews a case: hand it over, or ask a second reviewer to score blind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from klimaplan.domain.errors import InputError
from klimaplan.web.accounts.models import User
from klimaplan.web.accounts.permissions import Permission, PlanState, require
from klimaplan.web.certification.cases import services
from klimaplan.web.certification.models import Case
from klimaplan.web.certification.pages.words import said
from klimaplan.web.certification.reviewing import selectors as reviewing
from klimaplan.web.workspace.fields import last

CHANGES = {"hand-over": services.hand_over, "second": services.add_second_reviewer}


def change(user: User, case: Case, posted: Mapping[str, Any]) -> str:
    """Carry it out; what is in the way as text, empty where nothing is."""
    require(user, Permission.PLAN_ASSESS, organisation=case.plan.organisation, state=PlanState.SUBMITTED)
    asked = CHANGES.get(last(posted, "do"))
    to = next((each for each in reviewing.colleagues(case) if str(each.pk) == last(posted, "person")), None)
    if asked is None or to is None:
        return _("Choose a colleague from the list. Nothing was changed.")
    try:
        asked(case=case, to=to, by=user, why=last(posted, "why")[:500])
    except InputError as refused:
        return " ".join(said(each) for each in refused.findings)
    return ""
