"""How often somebody wants a letter, the link that ends them, and putting aside what one was called to."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from klimaplan.web.digest import selectors, services


@login_required
@require_POST
def pace(request: HttpRequest) -> HttpResponse:
    """The choice on the page of one's account."""
    user: Any = request.user
    services.set_pace(by=user, pace=request.POST.get("pace", ""))
    messages.success(request, _("Your choice of letters is saved."))
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
def off(request: HttpRequest, token: str) -> HttpResponse:
    """No more letters, without logging in: opened it asks, and only the button does it."""
    wish = selectors.wish_behind(token)
    if request.method == "POST":
        wish = services.turn_off(token=token)
    with override(wish.user.language):
        return render(request, "digest/off.html", {"is_off": wish.pace == "off", "token": token})


@login_required
@require_POST
def put_aside(request: HttpRequest, key: int) -> HttpResponse:
    """What one was called to is read; of somebody else it does nothing."""
    user: Any = request.user
    for comment in selectors.unread(user):
        if comment.pk == key:
            services.put_aside(comment=comment, by=user)
    return redirect("work")
