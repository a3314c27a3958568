"""The addresses of certificates."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from klimaplan.web.public.certificates import views

urlpatterns = [
    path(_("certificate/<slug:sha256>/"), views.certificate, name="certificate"),
    path(_("certificate/<slug:sha256>/certificate.json"), views.content, name="certificate-content"),
    path(_("certificate/<slug:sha256>/certificate.pdf"), views.pdf, name="certificate-pdf"),
]
