"""Fill in a sensible office: names, hours, sections, topics, roles, law rules, letters. Safe to
repeat.
"""

import json
from argparse import ArgumentParser
from datetime import date, time
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cases.models import AnswerTemplate, DeadlineRule, LetterTemplate, PrivacyNotice
from channels.models import KeywordRule
from dataprotection.models import BreachLetter, ClockRule, RetentionRule
from infocontent import search
from infocontent.models import Item, PublicInformation, Synonym, Topic
from infocontent.starter import (
    add_public_information,
    add_synonyms,
    add_tariffs,
    publish_starter,
)
from office.models import Holiday, Office, OpeningHours, Section
from office.roles import DUTIES
from reports.models import ReportRule
from surveys.starter import add_surveys
from yankomas.models import Counter, QueueRules, Service

DEFAULTS = Path(__file__).resolve().parents[2] / "defaults"
YEARS = [2024, 2025, 2026, 2027]


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--without-library",
            action="store_true",
            help="no texts, prices and list of public information: the office brings its own",
        )

    @transaction.atomic
    def handle(self, *args: Any, without_library: bool = False, **options: Any) -> None:
        data = _default("office")
        # What staff have changed since stays: only what is missing is added. Roles are code and
        # follow it.
        Office.objects.get_or_create(pk=1, defaults=data["office"])
        if not OpeningHours.objects.exists():
            OpeningHours.objects.bulk_create(
                OpeningHours(
                    weekday=day, opens=time.fromisoformat(opens), closes=time.fromisoformat(closes)
                )
                for day, opens, closes in data["hours"]
            )
        for code, name in data["sections"]:
            Section.objects.get_or_create(code=code, defaults={"name": name})
        self._topics(data["topics"])
        self._roles()
        for kind, service_class, step, unit, days, law, valid_from in data["rules"]:
            DeadlineRule.objects.get_or_create(
                kind=kind,
                service_class=service_class,
                step=step,
                unit=unit,
                valid_from=date.fromisoformat(valid_from),
                defaults={"days": days, "law": law},
            )
        for name, kind, language, body in data["templates"]:
            AnswerTemplate.objects.get_or_create(
                name=name, defaults={"kind": kind, "language": language, "body": body}
            )
        for letter in _default("letters"):
            LetterTemplate.objects.get_or_create(
                code=letter.pop("code"),
                language=letter.pop("language"),
                defaults={**letter, "valid_from": date.fromisoformat(letter["valid_from"])},
            )
        if not ReportRule.objects.exists():
            day, month, law, valid_from = data["report_rule"]
            ReportRule.objects.create(
                day=day, month=month, law=law, valid_from=date.fromisoformat(valid_from)
            )
        notice = data["privacy_notice"]
        PrivacyNotice.objects.get_or_create(version=notice.pop("version"), defaults=notice)
        decreed = Holiday.objects.filter(category=Holiday.Category.JOINT_LEAVE)
        missing = [year for year in YEARS if not decreed.filter(date__year=year).exists()]
        if missing:
            call_command("load_holidays", *missing, stdout=self.stdout)
        self._keywords()
        self._walk_in_desk()
        self._data_protection()
        add_surveys(_default("surveys"))
        if not without_library:
            self._library()
        cache.clear()
        self.stdout.write("Data kantor siap.")

    def _topics(self, groups: list[Any]) -> None:
        for order, (code, name, name_en, section, children) in enumerate(groups):
            parent, _ = Topic.objects.get_or_create(
                code=code,
                defaults={
                    "name": name,
                    "name_en": name_en,
                    "order": order,
                    "section": Section.objects.filter(code=section).first(),
                },
            )
            for child_order, (child, child_name, child_en) in enumerate(children):
                Topic.objects.get_or_create(
                    code=child,
                    defaults={
                        "name": child_name,
                        "name_en": child_en,
                        "order": child_order,
                        "parent": parent,
                    },
                )

    def _roles(self) -> None:
        for role, duties in DUTIES.items():
            group, _ = Group.objects.get_or_create(name=role.value)
            group.permissions.set(Permission.objects.filter(codename__in=duties))

    def _walk_in_desk(self) -> None:
        """Lines and counters to begin with; an office that has its own keeps them."""
        QueueRules.objects.get_or_create(pk=1)
        if Service.objects.exists() or Counter.objects.exists():
            return
        data = _default("yankomas")
        services = {}
        for order, (code, prefix, name, name_en, hint, hint_en, group) in enumerate(
            data["services"]
        ):
            services[code] = Service.objects.create(
                code=code,
                prefix=prefix,
                name=name,
                name_en=name_en,
                hint=hint,
                hint_en=hint_en,
                topic_group=Topic.objects.filter(code=group).first(),
                order=order,
            )
        for number, codes in data["counters"]:
            Counter.objects.create(number=number).services.set(services[code] for code in codes)

    def _data_protection(self) -> None:
        """Hours of the law, terms of keeping and letters; what the office has of its own stays."""
        data = _default("dataprotection")
        for duty, hours, law, since in data["clocks"]:
            ClockRule.objects.get_or_create(
                duty=duty,
                valid_from=date.fromisoformat(since),
                defaults={"hours": hours, "law": law},
            )
        if not RetentionRule.objects.exists():
            RetentionRule.objects.bulk_create(
                RetentionRule(
                    part=part, kind=kind, days=days, law=law, valid_from=date.fromisoformat(since)
                )
                for part, kind, days, law, since in data["retention"]
            )
        for code, language, recipient, body in data["letters"]:
            BreachLetter.objects.get_or_create(
                code=code, language=language, defaults={"recipient": recipient, "body": body}
            )

    def _library(self) -> None:
        """Texts, prices, words of citizens and the list of public information to begin with; an
        office that has written its own keeps only those.
        """
        now = timezone.now()
        added = add_tariffs(_default("tariffs"))
        if not Synonym.objects.exists():
            added += add_synonyms(_default("synonyms"))
        if not PublicInformation.objects.exists():
            added += add_public_information(_default("public_information"), at=now)
        if not Item.objects.exists():
            publish_starter(_default("items"), at=now)
        elif added:
            search.rebuild()

    def _keywords(self) -> None:
        path = DEFAULTS / "keywords.json"
        if not path.exists() or KeywordRule.objects.exists():
            return
        topics = {topic.code: topic for topic in Topic.objects.all()}
        KeywordRule.objects.bulk_create(
            KeywordRule(keyword=word, topic=topics[code], weight=weight)
            for code, words in json.loads(path.read_text()).items()
            for word, weight in words
        )


def _default(name: str) -> Any:
    return json.loads((DEFAULTS / f"{name}.json").read_text(encoding="utf-8"))
