"""The recap of the demo: counted, and with two months that the PPID has frozen."""

from datetime import datetime

from office.calendar import today
from office.models import User
from reports.recap.actions import freeze_month
from reports.recap.refreshing import month_of, months_between, refresh_months


def freeze_past_months(now: datetime) -> None:
    """The third and the fourth month before this one."""
    this = month_of(today(now))
    past = months_between(this.replace(year=this.year - 1), this)[-5:-3]
    ppid = User.objects.get(username="ppid")
    for month in past:
        freeze_month(month, actor=ppid, at=now)
    refresh_months(at=now)
