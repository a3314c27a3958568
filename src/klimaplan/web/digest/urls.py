"""The addresses of news."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.digest import views

urlpatterns = [
    path(_("account/letters/"), views.pace, name="digest-pace"),
    path(_("account/letters/end/<str:token>/"), views.off, name="digest-off"),
    path(_("work/read/<int:key>/"), views.put_aside, name="mention-read"),
]
