"""Addresses of the rights over personal data."""

from django.urls import path

from . import views

app_name = "dataprotection"
urlpatterns = [
    path("", views.rights, name="rights"),
    path("salinan/<slug:form>/", views.export, name="export"),
]
