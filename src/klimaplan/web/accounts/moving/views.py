"""The pages on which one gets another e-mail. Thin: read the address, ask services, send the letters."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klimaplan.web.accounts import forms, letters
from klimaplan.web.accounts.moving import services
from klimaplan.web.config import errors
from klimaplan.web.config.errors import KlimaplanError, language

LIMITS = {"new_email": "5/h/key"}
"""Letters to strangers that one person may cause."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth is untyped
def email(request: HttpRequest) -> HttpResponse:
    """Ask for another e-mail; the answer is the same whether the address has an account or not."""
    user: Any = request.user
    form = forms.NewEmail(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(
            request, app="klimaplan.accounts", action="new_email", config=LIMITS, key=str(user.pk)
        ):
            return errors.too_many(request)
        wanted = form.cleaned_data["email"].lower()
        try:
            token = services.ask_for_email(by=user, email=wanted)
        except KlimaplanError as refused:
            form.add_error("email", " ".join(finding.message(language()) for finding in refused.findings))
        else:
            link = request.build_absolute_uri(reverse("confirm-email", args=[token])) if token else ""
            (letters.new_email(link) if token else letters.email_taken()).to(wanted).send()
            messages.success(request, _("We have sent a letter to the new address. Open the link in it."))
            return redirect("account")
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "accounts/email.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address by the link that was sent to it."""
    user: Any = request.user
    wanted = services.email_in(token, user)
    if request.method != "POST":
        return render(request, "accounts/email_confirm.html", {"email": wanted, "present": user.email})
    before = services.change_email(by=user, token=token)
    letters.email_changed().to(before).send()
    messages.success(request, _("Your e-mail is changed. You log in with the new one from now on."))
    return redirect("account")
