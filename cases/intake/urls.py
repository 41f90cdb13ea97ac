"""Addresses below /tanya/."""

from .questions import intake

app_name = "questions"
urlpatterns = intake.urls
