"""Addresses below /informasi/. What is not named here is the address of an item (addresses.py keeps
the names free).
"""

from django.urls import path

from .models import Kind
from .views import dip, feeds, files, library, reading, suggestions

app_name = "infocontent"
urlpatterns = [
    path("", library.index, name="index"),
    *(
        path(f"{kind.value}/", library.of_kind, {"kind": kind.value}, name=f"kind_{kind.value}")
        for kind in Kind
    ),
    path("topik/<slug:code>/", library.topic, name="topic"),
    path("tarif/", library.tariffs, name="tariffs"),
    path("dip/", dip.index, name="dip"),
    path("dip/daftar.xlsx", dip.workbook, name="dip_workbook"),
    path("dip/<int:number>/", dip.row, name="dip_row"),
    path("dikecualikan/", dip.exclusions, name="exclusions"),
    path("rss.xml", feeds.rss, name="rss"),
    path("saran/", suggestions.suggest, name="suggest"),
    path("terjawab/", suggestions.answered, name="answered"),
    path("berkas/<str:token>/<int:width>.<str:ending>", files.rendition, name="rendition"),
    path("berkas/<str:token>/<str:name>", files.media, name="media"),
    path("pratinjau/<str:token>/", library.preview, name="preview"),
    path("<slug:slug>/", library.item, name="item"),
    path("<slug:slug>/qr.svg", library.qr, name="qr"),
    path("<slug:slug>/gambar.svg", files.drawing, name="drawing"),
    path("<slug:slug>/suara/", reading.vote, name="vote"),
]
