"""What the clock does to cases, and the sweeping up. Run it every hour; running it twice changes nothing more."""

import logging
import re
from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from cases import actions
from cases.deadlines import DeadlineRule  # noqa: F401
from cases.models import AccessLink, Attachment, Case, CaseEvent, DraftFile, EventCode, IntakeDraft, Notice
from cases.workflow import Status
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from office.calendar import Calendar, CalendarYearUnknown, today
from office.models import ThrottleWindow
