"""Addresses of the portal."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from infocontent.views import feeds, reading

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("cases.urls")),
    path("pengaduan/", include("complaints.urls")),
    path("permohonan/", include("inforequests.urls")),
    path("keberatan/", include("inforequests.objection_urls")),
    path("hak-data/", include("dataprotection.urls")),
    path("tanya/", include("cases.intake.urls")),
    path("yankomas/", include("yankomas.urls")),
    # Before the links, any of which could be called so.
    path("survei/hasil/", include("surveys.reporting.urls")),
    path("survei/", include("surveys.urls")),
    path("informasi/", include("infocontent.urls")),
    path("pengumuman/", include("infocontent.announcement_urls")),
    path("laporan/", include("reports.urls")),
    path("statistik/", include("reports.statistics.urls")),
    path("api/v1/", include("reports.statistics.api_urls")),
    # Short, because it is printed under QR codes.
    path("q/<slug:code>/", reading.scan, name="short_item"),
    path("sitemap.xml", feeds.sitemap, name="sitemap"),
    path("privasi/", views.privacy, name="privacy"),
    path("aksesibilitas/", views.accessibility, name="accessibility"),
    path("bahasa/", set_language, name="set_language"),
    path("admin/", admin.site.urls),
    path("robots.txt", views.robots),
    path("favicon.ico", views.favicon),
    path("healthz", views.healthz),
    path("readyz", views.readyz),
]

handler400 = "kanim_portal.errors.bad_request"
handler403 = "kanim_portal.errors.permission_denied"
handler404 = "kanim_portal.errors.page_not_found"
handler500 = "kanim_portal.errors.server_error"
