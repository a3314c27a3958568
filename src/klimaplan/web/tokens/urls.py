"""The addresses of tokens, below the account."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.tokens import views

urlpatterns = [
    path(_("account/tokens/"), views.tokens, name="tokens"),
    path(_("account/tokens/new/"), views.make, name="make-token"),
    path(_("account/tokens/<int:key>/withdraw/"), views.revoke, name="revoke-token"),
]
