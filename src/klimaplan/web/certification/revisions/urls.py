"""The addresses of revisions and guides."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.certification.revisions import views

urlpatterns = [
    path(_("work/plan/<int:pk>/revision/"), views.revision, name="plan-revision"),
    path(_("municipality/<str:code>/plan/compared/"), views.comparison, name="public-plan-compared"),
    path(_("guides/"), views.guides, name="guides"),
    path(_("guides/<slug:slug>/"), views.guide, name="guide"),
]
