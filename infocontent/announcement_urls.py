"""Addresses below /pengumuman/."""

from django.urls import path

from .views import announcements

app_name = "announcements"
urlpatterns = [
    path("", announcements.index, name="index"),
    path("<slug:slug>/", announcements.one, name="one"),
]
