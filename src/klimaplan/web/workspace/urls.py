"""The addresses of the workspace."""

from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace import views

urlpatterns = [
    path(_("work/"), views.work, name="work"),
    path(_("work/begin/<slug:slug>/"), views.begin, name="begin-plan"),
    path(_("work/task/<int:key>/done/"), views.complete_task, name="complete-task"),
    path(_("work/plan/<int:pk>/"), views.plan, name="plan"),
    path("work/plan/<int:pk>/<str:stamp>/<str:width>.svg", views.chart, name="plan-chart"),
    path("work/plan/<int:pk>/<str:stamp>/wedges/<str:width>.svg", views.wedges, name="plan-wedges"),
    path(_("work/plan/<int:pk>/action/<str:key>/"), views.action, name="plan-action"),
    path(_("work/plan/<int:pk>/action/<str:key>/effect/"), views.effect, name="action-effect"),
    path(_("work/plan/<int:pk>/action/<str:key>/who/"), views.responsible, name="action-responsible"),
    path(_("work/plan/<int:pk>/library/"), views.library, name="plan-library"),
    path(_("work/plan/<int:pk>/library/<slug:slug>/"), views.measure, name="plan-measure"),
    path(_("work/plan/<int:pk>/aims/"), views.aims, name="plan-aims"),
    path(_("work/plan/<int:pk>/adaptation/"), views.adaptation, name="plan-adaptation"),
    path(_("work/plan/<int:pk>/new/<slug:kind>/"), views.part, name="new-part"),
    path(_("work/plan/<int:pk>/part/<slug:kind>/<path:key>/"), views.part, name="plan-part"),
    path(_("work/plan/<int:pk>/versions/"), views.versions, name="plan-versions"),
    path(_("work/plan/<int:pk>/versions/restore/<int:number>/"), views.go_back, name="restore-version"),
    path(_("work/plan/<int:pk>/compare/"), views.compare, name="plan-compare"),
    path(_("work/plan/<int:pk>/workbook/"), views.workbook, name="plan-workbook"),
    path(_("work/plan/<int:pk>/workbook/file/"), views.workbook_file, name="plan-workbook-file"),
    path(_("work/plan/<int:pk>/restore/<slug:kind>/<path:key>/"), views.restore, name="restore-part"),
    path("", include("klimaplan.web.workspace.copying.urls")),
    path("", include("klimaplan.web.workspace.bulk.urls")),
    path("", include("klimaplan.web.workspace.evidence.urls")),
    path("", include("klimaplan.web.workspace.assumptions.urls")),
    path("", include("klimaplan.web.workspace.together.urls")),
    path("", include("klimaplan.web.workspace.matrices.urls")),
]
