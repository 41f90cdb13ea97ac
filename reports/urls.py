"""Addresses below /laporan/: what everybody may read of past years."""

from django.urls import path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:year>/", views.newest, name="newest"),
    path("<int:year>/edisi-<int:edition>/", views.report, name="report"),
    path("<int:year>/edisi-<int:edition>/laporan.pdf", views.file, name="file"),
    path("<int:year>/edisi-<int:edition>/angka.xlsx", views.workbook, name="workbook"),
    path("<int:year>/edisi-<int:edition>/angka.csv", views.table, name="table"),
]
