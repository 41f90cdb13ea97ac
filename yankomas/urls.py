from django.urls import path

from . import board, counter, kiosk, place

app_name = "yankomas"
urlpatterns = [
    path("", kiosk.about, name="about"),
    path("ambil/", kiosk.take, name="kiosk"),
    path("ambil/prioritas/", kiosk.priority, name="priority"),
    path("ambil/pasang/", kiosk.install, name="install_kiosk"),
    path("antrean/<str:token>/", place.my_place, name="place"),
    path("antrean/<str:token>/slip/", place.slip, name="slip"),
    path("antrean/<str:token>/qr.svg", place.qr, name="qr"),
    path("layar/", board.board, name="board"),
    path("layar/isi/", board.state, name="board_state"),
    path("loket/", counter.desk, name="desk"),
    path("loket/buka/", counter.open_page, name="open_counter"),
    path("loket/tutup/", counter.close, name="close_counter"),
    path("loket/susulan/", counter.log, name="log_visit"),
    path("loket/ambilkan/", counter.take_for, name="take_for"),
    path("loket/kasus/<slug:kind>/", counter.case, name="open_case"),
    path("loket/<slug:move>/", counter.move, name="move"),
]
