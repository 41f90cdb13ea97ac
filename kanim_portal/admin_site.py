"""The staff desk's admin site."""

from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    site_header = "Meja PPID"
    site_title = "Meja PPID"
