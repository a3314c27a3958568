"""Every address of the site. Danish stands at the root, English under `/en/`; the API has one language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from klimaplan.web.accounts.urls import callbacks
from klimaplan.web.api.site import api

urlpatterns = [
    path("api/v1/", api.urls),
    *callbacks,
    *i18n_patterns(
        path("", include("klimaplan.web.public.urls")),
        path("", include("klimaplan.web.accounts.urls")),
        path("", include("klimaplan.web.organisations.departments.urls")),
        path("", include("klimaplan.web.tokens.urls")),
        path("", include("klimaplan.web.workspace.urls")),
        path("", include("klimaplan.web.certification.assessing.urls")),
        path("", include("klimaplan.web.certification.revisions.urls")),
        path("", include("klimaplan.web.certification.overview.urls")),
        path("", include("klimaplan.web.certification.pages.urls")),
        path("", include("klimaplan.web.public.certificates.urls")),
        path("", include("klimaplan.web.progress.urls")),
        path("", include("klimaplan.web.digest.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "klimaplan.web.config.errors.bad_request"
handler403 = "klimaplan.web.config.errors.forbidden"
handler404 = "klimaplan.web.config.errors.not_found"
handler429 = "klimaplan.web.config.errors.too_many"
handler500 = "klimaplan.web.config.errors.failed"
