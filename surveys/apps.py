from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Survei kepuasan"

    def ready(self) -> None:
        from cases.kinds import AFTER_CLOSING, SWEEPERS

        from . import bursts, inviting

        AFTER_CLOSING.append(inviting.after_case)
        SWEEPERS.append(("jejak survei di loket dihapus", bursts.sweep))
