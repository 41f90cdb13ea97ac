"""What of the registers and reports stands among the tables of the admin."""

from .annual.admin import ReportAdmin, ReportRuleAdmin

__all__ = ["ReportAdmin", "ReportRuleAdmin"]
