"""The form behind a link, for everyone who has it; and the links of a plan, for those who may send them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from klimaplan.web.config import errors
from klimaplan.web.config.errors import KlimaplanError, language
from klimaplan.web.plans import selectors as plans
from klimaplan.web.progress import attempts, pages, selectors, services

View = Callable[..., HttpResponse]


def unseen(view: View) -> View:
    """Neither search engines nor caches keep what stands behind a link, and no other page learns its address."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except KlimaplanError as error:
            response = errors.page(request, errors.status_of(error), error.findings)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        patch_cache_control(response, private=True, no_store=True)
        # a log of refusals would keep the address, and with it the secret
        response._has_been_logged = True  # type: ignore[attr-defined]
        return response

    return answer


# the link itself is what allows a report, and no cookie is, so there is nothing that another site could borrow;
# without a referrer browsers name no origin either, which the guard would take for a foreign one
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@unseen
def report(request: HttpRequest, token: str) -> HttpResponse:
    """One form for one action."""
    if attempts.too_many(request, token):
        return errors.too_many(request)
    grant = selectors.open_link(token)
    form, differences, status = pages.report_form(grant, request.POST or None), [], 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = services.report(
                    token=token, said=pages.said_in(form), base_version=form.cleaned_data["version"],
                    form=form.cleaned_data["form"],
                )  # fmt: skip
            except services.Stale as stale:
                grant = selectors.open_link(token)
                form, differences = pages.filled_again(grant, request.POST, stale.clash), pages.differences(stale.clash)
                status = 409
            else:
                context = {"page": pages.report_page(made.grant), "lines": pages.sent(made), "token": token}
                return render(request, "progress/sent.html", context)
        else:
            status = 422
    context = {"page": pages.report_page(grant), "form": form, "differences": differences}
    return render(request, "progress/report.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, plan_id: int) -> HttpResponse:
    """The links of a plan, and a form for a new one."""
    user: Any = request.user
    plan = plans.plan_for(user, plan_id)
    lines = pages.link_lines(user, plan)
    form = pages.make_form(plan, request.POST or None, action=request.GET.get("action", ""))
    address, made = "", None
    if request.method == "POST" and form.is_valid():
        made = services.make_link(plan=plan, by=user, **form.cleaned_data)
        with override(made.grant.language):
            address = request.build_absolute_uri(reverse("progress-report", args=[made.token]))
        lines, form = pages.link_lines(user, plan), pages.make_form(plan)
    context = {
        "plan": plan, "organisation": plan.organisation.name(language()), "lines": lines, "form": form,
        "address": address, "made": made, "reports": pages.report_lines(user, plan),
    }  # fmt: skip
    return render(request, "progress/links.html", context, status=422 if form.is_bound and not form.is_valid() else 200)


@login_required
@require_http_methods(["POST"])
def revoke(request: HttpRequest, plan_id: int, key: int) -> HttpResponse:
    """Make a link stop working."""
    user: Any = request.user
    services.revoke_link(grant=selectors.link(user, plans.plan_for(user, plan_id), key), by=user)
    messages.success(request, _("The link is withdrawn. It no longer works."))
    return redirect("progress-links", plan_id=plan_id)
