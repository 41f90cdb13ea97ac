"""Addresses below /permohonan/."""

from django.urls import path

from .views import intake, own_matter

app_name = "inforequests"
urlpatterns = [path("urusan-sendiri/", own_matter, name="own_matter"), *intake.urls]
