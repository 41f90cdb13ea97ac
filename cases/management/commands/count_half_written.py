"""Print how many records are half-written: 0, unless a crash left a case that is not whole."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand
from django.db.models import Count, Exists, F, OuterRef, Q

from cases.models import Attachment, Case, CaseEvent, DraftFile, IntakeDraft
from cases.workflow import Kind


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--explain", action="store_true", help="say on standard error what was found"
        )

    def handle(self, *args: Any, explain: bool = False, **options: Any) -> None:
        found = {
            "kasus tanpa peristiwa pertama": _cases_without_first_event(),
            "kasus dengan jumlah peristiwa yang salah": _cases_with_wrong_count(),
            "kasus tanpa rincian jenisnya": _cases_without_detail(),
            "lampiran tanpa berkas": _without_file(Attachment),
            "berkas isian sementara yang hilang": _without_file(DraftFile),
            "isian terkirim tanpa kasus": _drafts_without_case(),
        }
        if explain:
            for what, count in found.items():
                self.stderr.write(f"{what}: {count}")
        self.stdout.write(str(sum(found.values())))


def _cases_without_first_event() -> int:
    return Case.objects.exclude(
        Exists(CaseEvent.objects.filter(case=OuterRef("pk"), seq=1))
    ).count()


def _cases_with_wrong_count() -> int:
    counted = Case.objects.order_by().annotate(lines=Count("events"))
    return counted.exclude(lines=F("events_count")).count()


def _cases_without_detail() -> int:
    missing = Q(pk__in=[])
    for kind in Kind.values:
        try:
            Case._meta.get_field(kind)
        except FieldDoesNotExist:
            continue  # this kind has no row of its own
        missing |= Q(kind=kind, **{f"{kind}__isnull": True})
    return Case.objects.filter(missing).count()


def _without_file(model: type[Attachment] | type[DraftFile]) -> int:
    files = model.objects.values_list("file", flat=True).order_by("pk")
    return sum(not default_storage.exists(file) for file in files.iterator())


def _drafts_without_case() -> int:
    return (
        IntakeDraft.objects.exclude(case=None)
        .exclude(Exists(Case.objects.filter(pk=OuterRef("case_id"))))
        .count()
    )
