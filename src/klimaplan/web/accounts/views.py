"""The pages of an account that are ours; those of signing in are allauth's with our templates."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from klimaplan.web.accounts import forms, letters, pages, selectors, services
from klimaplan.web.accounts.permissions import Permission, decide, require
from klimaplan.web.config.errors import KlimaplanError, language
from klimaplan.web.digest.selectors import pace_of
from klimaplan.web.organisations.selectors import organisation as organisation_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """One's own name, language and roles, and the ways to everything else of the account."""
    user: Any = request.user
    form = forms.Profile(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        services.change_profile(by=user, **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("account")
    context = {
        "form": form,
        "roles": pages.own_roles(user),
        "organisations": pages.organisations_with_people(user),
        "has_second_factor": selectors.has_second_factor(user.pk),
        "administers": decide(user, Permission.INSTALLATION_ADMINISTER, organisation=None).allowed,
        "letters": pace_of(user),
    }
    return render(request, "accounts/profile.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; each can be ended, this one by logging out."""
    user: Any = request.user
    there = pages.devices(user, request.session.session_key)
    if request.method == "POST":
        asked = request.POST.get("end", "")
        for device in there:
            if not device.is_this and asked in ("others", str(device.key)):
                services.end_session(by=user, key=device.key)
        messages.success(request, _("Logged out there."))
        return redirect("sessions")
    return render(request, "accounts/sessions.html", {"devices": there})


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take up an offered role; who has no account yet gets one."""
    offered = services.open_invitation(token)
    user: Any = request.user
    known = selectors.person(offered.email)
    form = None if known else forms.Accept(request.POST or None, email=offered.email)
    if request.method == "POST" and (form is None or form.is_valid()):
        given = {"name": form.cleaned_data["name"], "password": form.cleaned_data["password1"]} if form else {}
        services.accept_invitation(token=token, by=user if user.is_authenticated else None, **given)
        if known:
            messages.success(request, _("The role is yours."))
            return redirect("account")
        messages.success(request, _("Your account is ready. Log in with your e-mail and password."))
        return redirect("account_login")
    context = {
        "offered": offered,
        "role": pages.role_of(offered),
        "organisation": offered.organisation.name(language()),
        "form": form,
        "is_mine": bool(known and user.is_authenticated and known.pk == user.pk),
        "login_url": f"{reverse('account_login')}?next={request.path}",
    }
    return render(request, "accounts/invitation.html", context, status=_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """Who works on it in an organisation, and inviting others."""
    user: Any = request.user
    organisation = organisation_of(slug)
    require(user, Permission.PEOPLE_READ, organisation=organisation)
    shown = pages.people(user, organisation)
    form = forms.Invite(request.POST or None, roles=shown.roles_to_give)
    refused: list[str] = []
    if request.method == "POST":
        require(user, Permission.PEOPLE_INVITE, organisation=organisation)
        if form.is_valid():
            try:
                made = services.invite(by=user, organisation=organisation, **form.cleaned_data)
            except KlimaplanError as error:
                refused = [finding.message(language()) for finding in error.findings]
            else:
                _send(request, made)
                messages.success(request, _("The invitation is sent."))
                return redirect("people", slug=slug)
    context = {"page": shown, "form": form, "refused": refused}
    return render(request, "accounts/people.html", context, status=422 if refused else _status(form))


@login_required
@require_http_methods(["POST"])
def withdraw(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take an invitation back."""
    user: Any = request.user
    services.withdraw_invitation(by=user, invitation=selectors.invitation(slug, key))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("people", slug=slug)


@login_required
@require_http_methods(["POST"])
def end_role(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """End somebody's role; it stays in the list of roles they have had."""
    user: Any = request.user
    services.end_role(by=user, assignment=selectors.assignment(slug, key))
    messages.success(request, _("The role is ended."))
    return redirect("people", slug=slug)


@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """How one comes by an account."""
    return render(request, "accounts/closed.html")


def _send(request: HttpRequest, made: services.Invited) -> None:
    with override(made.invitation.language):
        address = request.build_absolute_uri(reverse("invitation", args=[made.token]))
    letters.invitation(made.invitation, address).send()


def _status(form: Any) -> int:
    """What was typed and cannot be used is told with the status too."""
    return 422 if form is not None and form.is_bound and not form.is_valid() else 200
