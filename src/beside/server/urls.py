"""Every route of the place."""

from django.urls import include, path

from beside.server import health

urlpatterns = [
    *health.urlpatterns,
    path("account/", include("allauth.urls")),
    path("", include("beside.space.web.urls")),
]

handler400 = "beside.space.web.errors.bad_request"
handler404 = "beside.space.web.errors.not_found"
handler500 = "beside.space.web.errors.failed"
