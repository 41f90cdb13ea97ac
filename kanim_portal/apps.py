from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class KanimPortalConfig(AppConfig):
    name = "kanim_portal"
    verbose_name = "Portal"
    default = True

    def ready(self) -> None:
        from . import checks  # noqa: F401 - registers itself; needs the models


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "kanim_portal.admin_site.PortalAdminSite"
    default = False
