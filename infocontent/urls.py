from django.urls import path

from . import views

app_name = "infocontent"
urlpatterns = [
    path("<slug:slug>/", views.item, name="item"),
    path("<slug:slug>/qr.svg", views.qr, name="qr"),
]
