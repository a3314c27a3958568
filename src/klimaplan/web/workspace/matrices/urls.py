"""The addresses of the matrices."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.matrices import views

urlpatterns = [
    path(_("work/plan/<int:pk>/roles/"), views.roles, name="plan-roles"),
    path(_("work/plan/<int:pk>/stakeholders/"), views.stakeholders, name="plan-stakeholders"),
    path(_("work/plan/<int:pk>/consumption/"), views.consumption, name="plan-consumption"),
    path(_("work/plan/<int:pk>/fairness/"), views.equity, name="plan-equity"),
    path(_("work/plan/<int:pk>/indicators/"), views.indicators, name="plan-indicators"),
    path(_("work/plan/<int:pk>/tables/<slug:kind>.<slug:format_>"), views.table_file, name="plan-table-file"),
]
