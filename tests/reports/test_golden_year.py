"""The register of a whole year, cell by cell, beside a count from raw rows that shares no code
with it.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from openpyxl import load_workbook
from pytest_django import DjangoDbBlocker

from cases.models import Applicant, Case, CaseEvent
from inforequests.models import (
    Decision,
    Dispute,
    InformationRequest,
    Objection,
    ObjectionAnswer,
)
from reports.figures import Figures, figures_of
from reports.period import Period
from reports.registers.books import BOOKS, Extract
from reports.registers.periods import PERIODS, WHOLE_YEAR
from reports.registers.releasing import release
from tests.conftest import leave_paper_plain
from tests.factories import NOW

from .golden_year import YEAR, GoldenYear, make_golden_year

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")
TICK = "√"
FIRST = ("No", "a. Nomor Registrasi Keberatan")
GROUNDS = "abcdefg"
UPHELD_WORDS = {
    "diberikan_seluruhnya": "Keberatan diterima seluruhnya",
    "diberikan_sebagian": "Keberatan diterima sebagian",
    "ditolak_dikecualikan": "Keberatan ditolak; keputusan PPID dikuatkan",
}
WORDS = {
    "diberikan_seluruhnya": "Informasi diberikan seluruhnya",
    "diberikan_sebagian": "Informasi diberikan sebagian",
    "ditolak_dikecualikan": "Ditolak: informasi dikecualikan",
    "tidak_dikuasai_dirujuk": "Informasi tidak dikuasai kantor ini",
    "belum_dikuasai": "Informasi belum dikuasai atau belum didokumentasikan",
    "sudah_dipublikasikan": "Informasi sudah dipublikasikan",
    "tidak_lengkap_gugur": "Gugur karena tidak dilengkapi",
    "diteruskan": "Diteruskan ke instansi yang berwenang",
    "dicabut_pemohon": "Dicabut oleh pelapor/pemohon",
    "duplikat": "Sama dengan kasus lain",
    "diarsipkan": "Diarsipkan tanpa tindak lanjut",
}


@pytest.fixture(scope="module")
def golden(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[GoldenYear]:
    """The year, built once and taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        with pytest.MonkeyPatch.context() as patch, time_machine.travel(NOW):
            leave_paper_plain(patch)
            year = make_golden_year()
        yield year
        transaction.set_rollback(True)


def sheet(user: Any, book: str = "permohonan", **how: Any) -> list[list[Any]]:
    """The lines of the file below its headings."""
    extract = Extract(BOOKS[book], YEAR, WHOLE_YEAR, user)
    with release(extract, "xlsx", **how) as file:
        rows = [list(row) for row in load_workbook(file).active.iter_rows(values_only=True)]
    head = next(n for n, row in enumerate(rows) if row[0] in FIRST)
    return rows[head + 2 :]


def day(moment: datetime) -> datetime:
    local = moment.astimezone(JAKARTA)
    return datetime(local.year, local.month, local.day)  # noqa: DTZ001 - as a sheet has it


def registered(year: int, kind: str = "permohonan") -> list[dict[str, Any]]:
    """Whatever is of this kind now and bears a number of the year."""
    rows = Case.objects.values("pk", "kind", "reference", "received_at", "subject", "privacy")
    found = [
        row for row in rows if row["kind"] == kind and row["reference"].split("-")[1] == str(year)
    ]
    return sorted(found, key=lambda row: row["reference"])


def story(case: int) -> list[dict[str, Any]]:
    """The events of a case since it became a request."""
    events = list(CaseEvent.objects.filter(case=case).order_by("seq").values())
    became = [n for n, event in enumerate(events) if event["code"] == "jenis_diubah"]
    return events[became[-1] :] if became else events


def derived(row: dict[str, Any], *, in_full: bool, sees_confidential: bool) -> list[Any]:
    """The twenty cells of a request, from its rows and events alone."""
    events = story(row["pk"])
    answers = [event for event in events if event["code"] == "ditanggapi"]
    reopened = [event["seq"] for event in events if event["code"] == "dibuka_kembali"]
    ends = [
        event
        for event in events
        if event["code"] in ("diteruskan", "duplikat", "diarsipkan", "dicabut")
        and not any(seq > event["seq"] for seq in reopened)
    ]
    detail = InformationRequest.objects.values().get(case=row["pk"])
    decision: dict[str, Any] = {}
    if answers:
        last = answers[-1]
        decision = Decision.objects.values().get(
            case=row["pk"], signed_at=last["at"], letter__number=last["data"]["letter"]
        )
    said = (answers or ends)[-1:]
    cost = (
        decision.get("copy_pages", 0) * decision.get("copy_price", 0)
        + decision.get("shipping_cost", 0)
        + decision.get("other_cost", 0)
    )
    outcome = decision.get("outcome", "")
    gives = outcome in ("diberikan_seluruhnya", "diberikan_sebagian")
    keeps_back = outcome in ("diberikan_sebagian", "ditolak_dikecualikan")
    reasons = []
    if keeps_back and decision["ground"]:
        reasons.append(
            {
                "h": "UU 14/2008 Pasal 17 huruf h (Rahasia pribadi)",
                "j": "UU 14/2008 Pasal 17 huruf j "
                "(Tidak boleh diungkap menurut undang-undang lain)",
            }[decision["ground"]]
        )
    if keeps_back and decision["other_statute"]:
        reasons.append(decision["other_statute"])
    holder = ""
    if decision and not decision["is_held"]:
        holder = decision["held_by"] or "Tidak diketahui siapa yang menguasai"
    return [
        row["reference"],
        day(row["received_at"]),
        *person(row, in_full=in_full, sees_confidential=sees_confidential),
        row["subject"],
        detail["purpose"],
        TICK if decision and decision["is_held"] else None,
        holder or None,
        TICK if decision.get("form") == "softcopy" else None,
        TICK if decision.get("form") == "hardcopy" else None,
        TICK if detail["access"] == "melihat" else None,
        TICK if detail["access"] == "salinan" else None,
        WORDS[said[0]["data"]["outcome"]] if said else None,
        "; ".join(reasons) or None,
        day(answers[-1]["at"]) if answers else None,
        day(answers[-1]["at"]) if answers and answers[-1]["data"]["files"] else None,
        cost if decision and (gives or cost) else None,
        decision.get("payment") or None,
    ]


def derived_objection(row: dict[str, Any], *, in_full: bool) -> list[Any]:
    """The seventeen cells of an objection, from its rows and events alone."""
    objection = Objection.objects.values().get(case=row["pk"])
    request = Case.objects.filter(pk=objection["request_id"]).values().first()
    signed = list(
        ObjectionAnswer.objects.filter(case=row["pk"], letter__isnull=False).values(
            "outcome", "signed_at", "signed_by__username"
        )
    )
    dispute = Dispute.objects.filter(case=row["pk"]).values("number").first()
    closed = CaseEvent.objects.filter(case=row["pk"], code="ditutup", data__by="warga")
    name, address, contact, _occupation = person(row, in_full=in_full, sees_confidential=False)
    proxy = Applicant.objects.get(case=row["pk"]).proxy_name
    if proxy:
        proxy = f"melalui kuasa {proxy if in_full else '•••'}"
    reaction = "Menerima" if closed.exists() else None
    if dispute:
        reaction = f"Sengketa: {dispute['number']}"
    answer = signed[-1] if signed else None
    return [
        row["reference"],
        day(row["received_at"]),
        "; ".join(part for part in (name, address, contact, proxy) if part),
        request["reference"] if request else None,
        request["subject"] if request else objection["periodic_information"],
        objection["purpose"],
        *(TICK if letter in objection["grounds"] else None for letter in GROUNDS),
        UPHELD_WORDS[answer["outcome"]] if answer else None,
        day(answer["signed_at"]) if answer else None,
        f"{answer['signed_by__username']}, Atasan PPID" if answer else None,
        reaction,
    ]


def person(row: dict[str, Any], *, in_full: bool, sees_confidential: bool) -> list[Any]:
    """Name, address, contact, occupation."""
    who = Applicant.objects.get(case=row["pk"])
    if row["privacy"] == "rahasia" and not (in_full and sees_confidential):
        return ["dirahasiakan", None, None, None]
    if in_full:
        contact = ", ".join(part for part in (who.phone, who.email) if part)
        return [who.full_name, who.address or None, contact or None, who.occupation or None]
    contact = ", ".join(
        f"{word} •••" for word, value in (("telp.", who.phone), ("e-mail", who.email)) if value
    )
    return [
        " ".join(f"{part[0]}•••" for part in who.full_name.split()),
        "•••" if who.address else None,
        contact or None,
        "•••" if who.occupation else None,
    ]


@pytest.mark.parametrize(
    ("reader", "in_full"), [("ppid", False), ("ppid", True), ("verifier", True)]
)
def test_every_cell_of_the_year_follows_from_rows_and_events(golden, reader, in_full):
    user = getattr(golden.desk, reader)

    found = sheet(user, in_full=in_full, purpose="Pemeriksaan Inspektorat" if in_full else "")

    wanted = [
        derived(row, in_full=in_full, sees_confidential=reader == "verifier")
        for row in registered(YEAR)
    ]
    assert [row[0] for row in found] == [row[0] for row in wanted]
    for got, expected in zip(found, wanted, strict=True):
        assert got == expected


@pytest.mark.parametrize("in_full", [False, True])
def test_every_cell_of_the_register_of_objections_follows_from_rows_and_events(golden, in_full):
    found = sheet(golden.desk.ppid, "keberatan", in_full=in_full, purpose="Sidang sengketa")

    wanted = [derived_objection(row, in_full=in_full) for row in registered(YEAR, "keberatan")]
    assert len(found) == len(wanted) > 50
    for got, expected in zip(found, wanted, strict=True):
        assert got == expected


def test_the_register_of_objections_says_what_the_script_meant(golden):
    references = dict(Case.objects.filter(kind="keberatan").values_list("pk", "reference"))
    found = {row[0]: row for row in sheet(golden.desk.ppid, "keberatan")}

    for pk, expected in golden.objections.items():
        row = found.pop(references[pk], None)
        if row is None:
            assert references[pk].startswith(f"KB-{YEAR + 1}-")
            continue
        assert (row[13] or "") == UPHELD_WORDS.get(expected.outcome, ""), row[0]
        assert (row[14].date() if row[14] else None) == expected.told_on, row[0]
        assert expected.reaction in (row[16] or "").lower() or expected.reaction in row[16], row[0]
        assert bool(row[16]) is bool(expected.reaction), row[0]
    assert not found


def test_the_year_is_as_large_and_varied_as_it_claims(golden):
    rows = registered(YEAR)

    assert len(rows) >= 290
    assert len(golden.expected) >= 300
    outcomes = Counter(row.outcome for row in golden.expected.values())
    assert set(outcomes) == {*WORDS, ""} - {"diarsipkan"}
    assert any(row["reference"].startswith("PG-") for row in rows)


def test_the_register_says_what_the_script_of_the_year_meant(golden):
    meant = {
        pk: expected for pk, expected in golden.expected.items() if not expected.leaves_the_register
    }
    references = dict(Case.objects.filter(pk__in=meant).values_list("pk", "reference"))
    found = {row[0]: row for row in sheet(golden.desk.ppid)}

    assert set(found) == set(references.values())
    for pk, expected in meant.items():
        row = found[references[pk]]
        told = row[16].date() if row[16] else None
        assert (row[14] or "") == WORDS.get(expected.outcome, ""), row[0]
        assert told == expected.told_on, row[0]
        assert row[17] == (row[16] if expected.given else None), row[0]


def test_a_year_begins_and_ends_by_the_clock_of_the_office(golden):
    days = [row[1].date() for row in sheet(golden.desk.ppid)]

    assert min(days) == date(YEAR, 1, 1)
    assert max(days) == date(YEAR, 12, 31)


def test_the_quarters_and_the_months_add_up_to_the_year(golden):
    whole = [row[0] for row in sheet(golden.desk.ppid)]
    for codes in (["tw1", "tw2", "tw3", "tw4"], [f"{month:02d}" for month in range(1, 13)]):
        parts = [
            case["reference"]
            for code in codes
            for case in Extract(BOOKS["permohonan"], YEAR, PERIODS[code], golden.desk.ppid)
            .cases()
            .values("reference")
        ]

        assert sorted(parts) == whole


def test_the_numbers_of_the_year_have_no_gap(golden):
    numbers = Case.objects.filter(reference__startswith=f"PI-{YEAR}-").values_list(
        "reference", flat=True
    )
    counted = sorted(int(number[-6:]) for number in numbers)

    assert counted == list(range(1, len(counted) + 1))
    assert WHOLE_YEAR.code == ""


def ends_in_the_year(kind: str) -> tuple[dict[int, str], dict[int, str]]:
    """For each case of the kind received in the year: the outcome of its first answer, and the
    last code of those without one, both as its events of that year have it.
    """
    begin, end = (datetime(year, 1, 1, tzinfo=JAKARTA) for year in (YEAR, YEAR + 1))
    answered: dict[int, str] = {}
    last: dict[int, str] = {}
    cases = Case.objects.filter(kind=kind, received_at__gte=begin, received_at__lt=end)
    for event in CaseEvent.objects.filter(case__in=cases, at__lt=end).order_by("case", "seq"):
        last[event.case_id] = event.code
        if event.code == "ditanggapi":
            answered.setdefault(event.case_id, event.data["outcome"])
    return answered, {pk: code for pk, code in last.items() if pk not in answered}


def number(figures: Figures, path: str) -> int:
    count = figures.find(path)
    assert count is not None, path
    return count.number


def test_the_report_of_the_year_says_what_its_events_say(golden: GoldenYear) -> None:
    answered, unanswered = ends_in_the_year("permohonan")
    outcomes, ends = Counter(answered.values()), Counter(unanswered.values())
    extended = CaseEvent.objects.filter(
        code="diperpanjang",
        case__in=[*answered, *unanswered],
        at__lt=datetime(YEAR + 1, 1, 1, tzinfo=JAKARTA),
    )

    figures = figures_of(Period(YEAR))

    decided = "permohonan/nasib:diputus"
    undecided = "permohonan/nasib:belum_diputus"
    assert number(figures, "permohonan") == len(answered) + len(unanswered) > 300
    assert number(figures, decided) == len(answered)
    for path, outcome in {
        "diberikan_seluruhnya": "diberikan_seluruhnya",
        "menahan/isi:diberikan_sebagian": "diberikan_sebagian",
        "menahan/isi:ditolak_dikecualikan": "ditolak_dikecualikan",
        "lainnya/isi:tidak_dikuasai_dirujuk": "tidak_dikuasai_dirujuk",
        "lainnya/isi:belum_dikuasai": "belum_dikuasai",
        "lainnya/isi:sudah_dipublikasikan": "sudah_dipublikasikan",
    }.items():
        assert number(figures, f"{decided}/jawaban:{path}") == outcomes[outcome] > 0, outcome
    assert number(figures, f"{undecided}/isi:dicabut_pemohon") == ends["dicabut"] > 0
    assert number(figures, "permohonan/perpanjangan:ya") == extended.count() > 0
    assert sum(number(figures, f"permohonan/bulan:{month}") for month in range(1, 13)) == number(
        figures, "permohonan"
    )


def test_the_reports_objections_and_disputes_are_those_of_the_events(golden: GoldenYear) -> None:
    answered, unanswered = ends_in_the_year("keberatan")
    outcomes = Counter(answered.values())
    grounds = Counter(
        letter
        for letters in Objection.objects.filter(case__in=[*answered, *unanswered]).values_list(
            "grounds", flat=True
        )
        for letter in letters
    )

    figures = figures_of(Period(YEAR))

    ruled = "keberatan/nasib:diputus/putusan"
    assert number(figures, "keberatan") == len(answered) + len(unanswered) > 0
    assert number(figures, f"{ruled}:ditolak_dikecualikan") == outcomes["ditolak_dikecualikan"]
    assert (
        number(figures, f"{ruled}:dikabulkan")
        == outcomes["diberikan_seluruhnya"] + outcomes["diberikan_sebagian"]
        > 0
    )
    for letter in GROUNDS:
        assert number(figures, f"keberatan/alasan:{letter}") == grounds[letter]
    assert number(figures, "sengketa") == Dispute.objects.filter(filed_on__year=YEAR).count() > 0
