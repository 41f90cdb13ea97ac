from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class KanimPortalConfig(AppConfig):
    name = "kanim_portal"
    verbose_name = "Portal"
    default = True

    def ready(self) -> None:
        from surveys.inviting import after_visit
        from yankomas.afterwards import AFTER_VISIT
        from yankomas.workflow import Status

        from . import checks  # noqa: F401 - registers itself; needs the models

        # Neither the walk-in desk nor the surveys may know the other.
        AFTER_VISIT.append(
            lambda visit: (
                after_visit(visit.token, visit.service.code, visit.ended_at)
                if visit.status == Status.DONE
                else ""
            )
        )


class PortalAdminConfig(admin_apps.AdminConfig):
    default_site = "kanim_portal.admin_site.PortalAdminSite"
    default = False
