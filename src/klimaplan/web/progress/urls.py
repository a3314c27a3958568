"""The addresses of links: the form behind one, and the list of those of a plan."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.progress import views

urlpatterns = [
    path(_("progress/link/<str:token>/"), views.report, name="progress-report"),
    path(_("progress/plan/<int:plan_id>/"), views.links, name="progress-links"),
    path(_("progress/plan/<int:plan_id>/withdraw/<int:key>/"), views.revoke, name="progress-revoke"),
]
