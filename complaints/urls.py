"""Addresses below /pengaduan/."""

from .views import intake

app_name = "complaints"
urlpatterns = intake.urls
