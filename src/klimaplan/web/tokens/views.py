"""The pages of one's own tokens."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klimaplan.web.config.errors import KlimaplanError, language
from klimaplan.web.tokens import forms, pages, services


@login_required
@require_http_methods(["GET", "HEAD"])
def tokens(request: HttpRequest) -> HttpResponse:
    """One's own tokens; each can be withdrawn."""
    user: Any = request.user
    return render(request, "tokens/tokens.html", {"lines": pages.token_lines(user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # a token outlives the session in which it is made
def make(request: HttpRequest) -> HttpResponse:
    """A new token; its secret stands in the answer and nowhere else."""
    user: Any = request.user
    form = forms.Make(request.POST or None)
    refused: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            made = services.make_token(by=user, **form.cleaned_data)
        except KlimaplanError as error:
            refused = [finding.message(language()) for finding in error.findings]
        else:
            return render(request, "tokens/made.html", {"token": made.token, "secret": made.secret})
    status = 422 if refused or (form.is_bound and not form.is_valid()) else 200
    return render(request, "tokens/make.html", {"form": form, "refused": refused}, status=status)


@login_required
@require_http_methods(["POST"])
def revoke(request: HttpRequest, key: int) -> HttpResponse:
    """Make one stop working."""
    user: Any = request.user
    services.revoke_token(by=user, key=key)
    messages.success(request, _("The token is withdrawn. It no longer works."))
    return redirect("tokens")
