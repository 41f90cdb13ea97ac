"""Addresses below /keberatan/."""

from django.urls import include, path

from .objection_views import intake, periodic, prefill

app_name = "objections"
urlpatterns = [
    path("siapkan/", prefill, name="prefill"),
    path("berkala/", include((periodic.urls, "periodic"))),
    *intake.urls,
]
