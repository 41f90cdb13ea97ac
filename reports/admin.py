"""What of the registers and reports stands among the tables of the admin."""

from .annual.admin import ReportAdmin, ReportRuleAdmin
from .meetings.admin import MeetingAdmin
from .statistics.admin import PublicMonthAdmin

__all__ = ["MeetingAdmin", "PublicMonthAdmin", "ReportAdmin", "ReportRuleAdmin"]
