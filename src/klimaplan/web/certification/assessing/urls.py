"""The addresses of the self-assessment."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.certification.assessing import views
from klimaplan.web.workspace.groundwork import PAGE

urlpatterns = [
    path(_("work/plan/<int:pk>/assessment/"), views.assessment, name="plan-assessment"),
    path(_("work/plan/<int:pk>/groundwork/"), views.groundwork, name=PAGE),
]
