"""Addresses below /permohonan/."""

from django.urls import path

from .views import intake, own_matter, paper_form

app_name = "inforequests"
urlpatterns = [
    path("urusan-sendiri/", own_matter, name="own_matter"),
    path("formulir-<slug:language>.pdf", paper_form, name="paper_form"),
    *intake.urls,
]
