"""The address of the assumptions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.assumptions import views

urlpatterns = [path(_("work/plan/<int:pk>/assumptions/"), views.assumptions, name="plan-assumptions")]
