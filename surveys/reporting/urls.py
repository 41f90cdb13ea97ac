"""Addresses below /survei/hasil/: what everybody may read of the surveys."""

from django.urls import path

from . import views

app_name = "survey_results"
_ONE = "<slug:instrument>/<slug:code>/edisi-<int:edition>/"
urlpatterns = [
    path("", views.index, name="index"),
    path(_ONE, views.result, name="result"),
    path(f"{_ONE}laporan.pdf", views.file, name="file"),
]
