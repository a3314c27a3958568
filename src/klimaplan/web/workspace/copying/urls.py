"""The addresses of copying from another municipality's plan."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.copying import views

urlpatterns = [
    path(_("work/plan/<int:pk>/copy/"), views.sources, name="plan-copy"),
    path(_("work/plan/<int:pk>/copy/<slug:slug>/"), views.offers, name="plan-copy-from"),
]
