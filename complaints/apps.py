from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = "Pengaduan"

    def ready(self) -> None:
        from cases.kinds import INTAKES

        from .views import intake

        INTAKES[intake.kind] = intake
