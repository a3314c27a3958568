"""The pages. The addresses are translated: `/kommune/167/` in Danish, `/en/municipality/167/` in English."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.public import plan_views, programme_views, views

urlpatterns = [
    path("", views.front, name="front"),
    path(_("municipality/<str:code>/"), views.municipality, name="municipality"),
    path(_("municipality/<str:code>/download.<str:format>"), views.download, name="download"),
    path(_("municipality/<str:code>/plan/"), plan_views.plan, name="public-plan"),
    path(_("municipality/<str:code>/plan/action/<str:key>/"), plan_views.action, name="public-plan-action"),
    path(_("municipality/<str:code>/plan/download.<str:format>"), plan_views.download, name="public-plan-download"),
    path("plan-chart/<slug:stamp>/<str:code>/<slug:name>/<slug:width>.svg", plan_views.chart, name="public-plan-chart"),
    path(_("groups/"), views.groups, name="groups"),
    path(_("groups/<str:kind>/<str:slug>/"), views.group, name="group"),
    path(_("programme/"), programme_views.programme, name="programme"),
    path(_("programme/download.<str:format>"), programme_views.download, name="programme-download"),
    path(_("methods/"), views.methods, name="methods"),
    path(_("methods/<slug:slug>/"), views.method, name="method"),
    path("data/", views.data, name="data"),
    path(_("data/differences/"), views.differences, name="differences"),
    path(_("about/"), views.about, name="about"),
    path(_("accessibility/"), views.accessibility, name="accessibility"),
    path(_("glossary/"), views.glossary, name="glossary"),
    path("api/", views.api_guide, name="api-guide"),
    path(_("chart/movements/<slug:style>/<slug:width>.svg"), views.movements_chart, name="movements-chart"),
    path(_("chart/<slug:digest>/<slug:kind>/<str:key>/<slug:name>/<slug:width>.svg"), views.chart, name="chart"),
]
