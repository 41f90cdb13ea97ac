"""What of the registers and reports stands among the tables of the admin."""

from .annual.admin import ReportAdmin, ReportRuleAdmin
from .statistics.admin import PublicMonthAdmin

__all__ = ["PublicMonthAdmin", "ReportAdmin", "ReportRuleAdmin"]
from .meetings.admin import MeetingAdmin

__all__ = ["MeetingAdmin", "ReportAdmin", "ReportRuleAdmin"]
