"""The address of changing several actions."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.bulk import views

urlpatterns = [path(_("work/plan/<int:pk>/several/"), views.bulk, name="plan-bulk")]
