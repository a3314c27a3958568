"""The addresses of evidence."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.evidence import views

urlpatterns = [
    path(_("work/plan/<int:pk>/evidence/"), views.evidence, name="plan-evidence"),
    path(_("work/plan/<int:pk>/evidence/<slug:digest>/"), views.file, name="plan-evidence-file"),
]
