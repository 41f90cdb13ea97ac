"""Addresses below /api/v1/: figures that everybody may take along."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView

from .api import Statistics

app_name = "api"
urlpatterns = [
    path("statistics", Statistics.as_view(), name="statistics"),
    path("openapi.json", SpectacularJSONAPIView.as_view(), name="openapi"),
]
