"""The address of the departments of an organisation."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.organisations.departments import views

urlpatterns = [path(_("people/<slug:slug>/departments/"), views.departments, name="departments")]
