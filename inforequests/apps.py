from django.apps import AppConfig


class InfoRequestsConfig(AppConfig):
    name = "inforequests"
    verbose_name = "Permohonan informasi"

    def ready(self) -> None:
        from cases.desk.moves import enter_moves
        from cases.kinds import APPROVALS, INTAKES, PANELS, TRACKING
        from cases.workflow import Kind

        from . import following
        from .desk import decisions, objections, waiting
        from .views import intake

        INTAKES[intake.kind] = intake
        TRACKING[Kind.INFORMATION_REQUEST] = following.request_part
        TRACKING[Kind.OBJECTION] = following.objection_part
        APPROVALS[intake.kind] = waiting.DECISIONS
        APPROVALS[Kind.OBJECTION] = waiting.ANSWERS
        PANELS[Kind.OBJECTION] = objections.PANEL
        enter_moves(Kind.OBJECTION, objections.MOVES)
        PANELS[intake.kind] = decisions.PANEL
        enter_moves(intake.kind, decisions.MOVES)
