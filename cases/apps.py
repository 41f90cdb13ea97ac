from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Kasus"

    def ready(self) -> None:
        from infocontent.facts import FACTS
        from office.calendar import tell_of_changes

        from . import checks, facts  # noqa: F401 - the checks register themselves
        from .actions.due_changes import propose_in_words

        # A question has no detail of its own, and so no app.
        from .intake.questions import intake
        from .kinds import INTAKES

        INTAKES[intake.kind] = intake
        FACTS["tenggat"], FACTS["dasar"] = facts.length, facts.law
        tell_of_changes(propose_in_words)
