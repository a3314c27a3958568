"""The pages on which an account is closed, and opened again by an administrator."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from klimaplan.web.accounts import forms, letters
from klimaplan.web.accounts.closing import selectors, services
from klimaplan.web.config.errors import KlimaplanError, language


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def close(request: HttpRequest) -> HttpResponse:
    """Close one's own account, having said so twice."""
    user: Any = request.user
    form = forms.Close(request.POST if request.method == "POST" else None)
    refused: tuple[str, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            address = services.close_account(by=user)
        except KlimaplanError as error:
            refused = tuple(finding.message(language()) for finding in error.findings)
        else:
            with override(user.language):
                letters.account_closed().to(address).send()
            logout(request)
            return redirect("account_inactive")
    status = 422 if refused or (form.is_bound and not form.is_valid()) else 200
    return render(request, "accounts/close.html", {"form": form, "refused": refused}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """Closed accounts, for who administers the installation; each can be opened again."""
    user: Any = request.user
    accounts = selectors.closed_accounts(user)
    refused: tuple[str, ...] = ()
    if request.method == "POST":
        account = selectors.closed_account(user, request.POST.get("person", ""))
        try:
            opened = services.open_account(by=user, user=account, email=request.POST.get("email", ""))
        except KlimaplanError as error:
            refused = tuple(finding.message(language()) for finding in error.findings)
        else:
            with override(opened.language):
                address = request.build_absolute_uri(reverse("account_reset_password"))
                letters.account_opened(address).to(opened.email).send()
            messages.success(request, _("The account is open again. A letter has been sent."))
            return redirect("closed-accounts")
    context = {"accounts": accounts, "refused": refused}
    return render(request, "accounts/closed_accounts.html", context, status=422 if refused else 200)
