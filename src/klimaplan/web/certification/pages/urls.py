"""The addresses of the certification workflow."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.certification.pages.case import views as case
from klimaplan.web.certification.pages.decisions import views as decisions
from klimaplan.web.certification.pages.desk import views as desk

urlpatterns = [
    path(_("work/desk/"), desk.desk, name="desk"),
    path(_("work/plan/<int:pk>/certification/"), decisions.decisions, name="plan-certification"),
    path(_("work/plan/<int:pk>/certification/letter/<slug:digest>/"), decisions.letter, name="commitment-letter"),
    path(_("work/case/<int:key>/"), case.case, name="case"),
    path(_("work/case/<int:key>/criterion/<str:code>/"), case.criterion, name="case-criterion"),
    path(_("work/case/<int:key>/reviewers/"), case.reviewers, name="case-reviewers"),
    path(_("work/case/<int:key>/version/"), case.version, name="case-version"),
    path(_("work/case/<int:key>/differences/"), case.differences, name="case-differences"),
    path(_("work/case/<int:key>/file/<slug:digest>/"), case.file, name="case-file"),
    path(_("work/case/<int:key>/assessment.pdf"), case.assessment, name="case-assessment"),
]
