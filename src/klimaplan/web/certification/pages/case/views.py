"""The pages of a case. Thin: read the address, ask selectors and services, show."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klimaplan.web.certification.cases import selectors
from klimaplan.web.certification.pages import answers, document
from klimaplan.web.certification.pages.case import criterion as criterion_pages
from klimaplan.web.certification.pages.case import page as case_pages
from klimaplan.web.certification.pages.case import reading, reviewers_form, steps
from klimaplan.web.certification.reviewing.selectors import document as document_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, key: int) -> HttpResponse:
    """Where a case stands, and the steps one may take."""
    user: Any = request.user
    shown = selectors.case(user, key)
    if request.method != "POST":
        return _case(request, case_pages.case_page(user, shown))
    done = steps.take(user, shown, request.POST)
    if isinstance(done, steps.Refused):
        again = selectors.case(user, key)
        page = case_pages.case_page(user, again, request.POST, done)
        return _case(request, page, status=409 if done.moved_on else 422)
    messages.success(request, _("Done. The case now stands at: %(state)s.") % {"state": steps.now_at(done)})
    return redirect("case", key=key)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def criterion(request: HttpRequest, key: int, code: str) -> HttpResponse:
    """One criterion beside the plan: score it, ask, reply."""
    user: Any = request.user
    shown = selectors.case(user, key)
    which = request.GET.get("show", "")
    if request.method != "POST":
        return _criterion(request, criterion_pages.criterion_page(user, shown, code, which=which))
    refused = criterion_pages.keep(user, shown, code, request.POST)
    if refused is not None:
        again = selectors.case(user, key)
        page = criterion_pages.criterion_page(user, again, code, which=which, posted=request.POST, refused=refused)
        return _criterion(request, page, status=409 if refused.moved_on else 422)
    messages.success(request, _("Saved."))
    return redirect(criterion_pages.address_of(shown, code, request.POST.get("next", ""), which))


@login_required
@require_POST
def reviewers(request: HttpRequest, key: int) -> HttpResponse:
    """Hand a case over, or ask a second reviewer to score blind."""
    user: Any = request.user
    refused = reviewers_form.change(user, selectors.case(user, key), request.POST)
    if refused:
        messages.error(request, refused)
    else:
        messages.success(request, _("Saved."))
    return redirect("case", key=key)


@login_required
@require_safe
def version(request: HttpRequest, key: int) -> HttpResponse:
    """What was handed in, whole."""
    user: Any = request.user
    page = reading.version_page(user, selectors.case(user, key))
    return render(request, "certification/version.html", {"page": page, "frame": page.frame, "section": "work"})


@login_required
@require_safe
def differences(request: HttpRequest, key: int) -> HttpResponse:
    """What differs from the version of the round before."""
    user: Any = request.user
    page = reading.differences_page(user, selectors.case(user, key))
    return render(request, "certification/differences.html", {"page": page, "frame": page.frame, "section": "work"})


@login_required
@require_safe
def file(request: HttpRequest, key: int, digest: str) -> HttpResponse:
    """A file of the version; a picture is shown in place where the page asks for it."""
    user: Any = request.user
    found = document_of(selectors.case(user, key), digest)
    return answers.attachment(found, in_place="show" in request.GET)


@login_required
@require_safe
def assessment(request: HttpRequest, key: int) -> HttpResponse:
    """The whole assessment as a document."""
    user: Any = request.user
    shown = selectors.case(user, key)
    return answers.pdf(document.assessment_pdf(user, shown), document.name_of(shown))


def _case(request: HttpRequest, page: case_pages.CasePage, status: int = 200) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "section": "work"}
    return render(request, "certification/case.html", context, status=status)


def _criterion(request: HttpRequest, page: criterion_pages.CriterionPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "frame": page.frame, "section": "work"}
    return render(request, "certification/criterion.html", context, status=status)
