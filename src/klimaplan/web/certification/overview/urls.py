"""The addresses of the overview."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.certification.overview import open_views, views

urlpatterns = [
    path(_("work/overview/"), views.overview, name="certification-overview"),
    path(_("work/overview/table.<str:format>"), views.download, name="certification-overview-file"),
    path(_("work/overview/plans/"), views.generations, name="certification-generations"),
    path(_("programme/plans/"), open_views.first_and_second, name="first-and-second-plans"),
    path(_("work/missing/<slug:slug>/"), views.missing, name="certification-way"),
    path(_("work/plan/<int:pk>/missing/"), views.missing_in_plan, name="plan-missing"),
]
