from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Register dan laporan"

    def ready(self) -> None:
        from office.calendar import tell_of_changes

        from .recap.refreshing import calendar_changed

        tell_of_changes(calendar_changed)
