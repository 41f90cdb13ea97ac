"""Addresses of the citizen's side of a case."""

from django.urls import path

from . import views

app_name = "cases"
urlpatterns = [
    path("lacak/", views.track, name="track"),
    path("lacak/kasus/", views.tracked, name="tracked"),
    path("lacak/kasus/tanda-terima.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("lacak/kasus/tenggat/", views.how_computed, name="how_computed"),
    path("lacak/kasus/<slug:verb>/", views.act, name="act"),
    path("lacak/keluar/", views.leave, name="leave"),
    path("lacak/lupa-kode/", views.lost_code, name="lost_code"),
    path("lacak/kode-baru/<str:token>/", views.new_code, name="new_code"),
    path("berkas/<str:token>/", views.attachment, name="attachment"),
]
