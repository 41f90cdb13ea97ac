from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Kasus"

    def ready(self) -> None:
        from infocontent.facts import FACTS

        from . import facts

        # A question has no detail of its own, and so no app.
        from .intake.questions import intake
        from .kinds import INTAKES

        INTAKES[intake.kind] = intake
        FACTS["tenggat"], FACTS["dasar"] = facts.length, facts.law
