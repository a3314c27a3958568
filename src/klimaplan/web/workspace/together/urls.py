"""The addresses of working together."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.workspace.together import views

urlpatterns = [
    path(_("work/plan/<int:pk>/talk/"), views.talk, name="plan-talk"),
    path(_("work/plan/<int:pk>/talk/<int:key>/close/"), views.resolve, name="close-talk"),
    path(_("work/plan/<int:pk>/task/<int:key>/"), views.task, name="plan-task"),
    path(_("work/plan/<int:pk>/activity/"), views.activity, name="plan-activity"),
    path(_("work/activity/"), views.own_activity, name="own-activity"),
]
