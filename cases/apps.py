from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Kasus"

    def ready(self) -> None:
        # A question has no detail of its own, and so no app.
        from .intake.questions import intake
        from .kinds import INTAKES

        INTAKES[intake.kind] = intake
