from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    name = "inforequests"
    verbose_name = "Permohonan informasi"

    def ready(self) -> None:
        from cases.kinds import INTAKES

        from .views import intake

        INTAKES[intake.kind] = intake
