from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from cases.models import AccessLog
from cases.workflow import CaseError, Kind, NotAllowed, Privacy, Status
from dataprotection import actions
from dataprotection.affected import by_criteria, by_references
from dataprotection.letters import to_authority, to_subject
from dataprotection.models import AffectedCase, Breach, BreachLetter
from dataprotection.workflow import NotReady
from tests.cases.desk import client_of, see
from tests.factories import IDENTITY, NOW, make_case, make_desk
from tests.office.paper import accessibility_of, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/dataprotection/breach/"


def make_breach(actor, **more):
    fields = {
        "title": "Laptop hilang",
        "known_at": NOW - timedelta(hours=5),
        "what": "Nama dan nomor telepon",
        "how": "Laptop dicuri pada hari Senin",
        "handling": "Kata sandi diganti",
    }
    return actions.open_breach(actor=actor, **{**fields, **more})


def told(breach):
    return list(breach.events.order_by("pk").values_list("code", flat=True))


def in_full(breach, desk):
    """Everything that a closing asks for."""
    actions.notify_authority(breach, actor=desk.ppid, note="Surat 12/2026")
    rows = list(breach.affected.values_list("pk", flat=True))
    if rows:
        actions.mark_sent(breach, actor=desk.ppid, affected=rows, via="email")


def test_the_clock_runs_from_the_moment_it_became_known():
    breach = make_breach(make_desk().ppid)

    assert breach.due_at == breach.known_at + timedelta(hours=72)
    assert breach.left.words == "sisa 66 jam 59 menit"
    assert told(breach) == ["insiden_dicatat"]


def test_what_is_not_known_yet_cannot_be_recorded():
    with pytest.raises(CaseError):
        make_breach(make_desk().ppid, known_at=NOW + timedelta(hours=1))


VERBS = {
    "change": lambda b, actor: actions.change_breach(b, actor=actor, what="Lebih banyak data"),
    "add": lambda b, actor: actions.add_cases(b, actor=actor, cases=[make_case()], source="daftar"),
    "sent": lambda b, actor: actions.mark_sent(
        b, actor=actor, affected=b.affected.values_list("pk", flat=True), via="pos"
    ),
    "authority": lambda b, actor: actions.notify_authority(b, actor=actor, note="Surat 1"),
    "public": lambda b, actor: actions.notify_public(b, actor=actor, note="Pengumuman di situs"),
    "close": lambda b, actor: actions.close_breach(b, actor=actor, lesson="Enkripsi semua laptop"),
}
EVENTS = {
    "change": "insiden_diubah",
    "add": "kasus_ditambahkan",
    "sent": "subjek_diberi_tahu",
    "authority": "lembaga_diberi_tahu",
    "public": "publik_diberi_tahu",
}


@pytest.mark.parametrize("verb", EVENTS)
@pytest.mark.parametrize("who", ["officer", "head", "verifier", "ppid", "office_head"])
def test_each_verb_is_for_two_roles_and_leaves_one_line(verb, who):
    desk = make_desk()
    breach = make_breach(desk.ppid, needs_public_notice=True)
    if verb == "sent":
        AffectedCase.objects.create(breach=breach, case=make_case())
    actor = getattr(desk, who)

    if who in ("ppid", "office_head"):
        VERBS[verb](breach, actor)
        assert told(breach) == ["insiden_dicatat", EVENTS[verb]]
        assert breach.events.last().actor == actor
    else:
        with pytest.raises(NotAllowed):
            VERBS[verb](breach, actor)
        assert told(breach) == ["insiden_dicatat"]


def test_it_is_closed_only_when_everybody_was_told():
    desk = make_desk()
    breach = make_breach(desk.ppid, needs_public_notice=True)
    actions.add_cases(breach, actor=desk.ppid, cases=[make_case()], source="daftar")

    for step in (
        lambda: actions.notify_authority(breach, actor=desk.ppid, note="Surat 12/2026"),
        lambda: VERBS["sent"](breach, desk.ppid),
        lambda: VERBS["public"](breach, desk.ppid),
    ):
        with pytest.raises(NotReady):
            VERBS["close"](breach, desk.ppid)
        step()
    VERBS["close"](breach, desk.ppid)

    assert Breach.objects.get().closed_at == breach.closed_at
    assert told(breach)[-1] == "insiden_ditutup"
    for verb in VERBS:
        with pytest.raises(CaseError):
            VERBS[verb](breach, desk.ppid)


@pytest.mark.parametrize("wrong", [{"authority_notified_at": None}, {"lesson": ""}])
def test_the_database_keeps_a_closed_breach_complete(wrong):
    desk = make_desk()
    breach = make_breach(desk.ppid)
    in_full(breach, desk)
    VERBS["close"](breach, desk.ppid)

    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.update(**wrong)


def test_cases_are_chosen_by_what_they_have_in_common():
    desk = make_desk()
    breach, day = make_breach(desk.ppid), NOW.date()
    wanted = make_case(Kind.COMPLAINT)
    make_case(Kind.QUESTION)
    make_case(Kind.COMPLAINT, privacy=Privacy.ANONYMOUS)
    make_case(Kind.COMPLAINT, at=NOW - timedelta(days=3))
    span = {"received_from": day, "received_to": day}

    count = by_criteria(breach, actor=desk.ppid, kind="pengaduan", has_identity=True, **span)

    assert count == 1
    assert breach.affected.get().case == wanted
    assert breach.events.last().data == {"count": 1, "source": "ciri"}
    with pytest.raises(CaseError):
        by_criteria(breach, actor=desk.ppid, kind="pengaduan", has_identity=True, **span)


def test_a_case_out_of_sight_is_no_different_from_one_that_does_not_exist():
    desk = make_desk()
    breach = make_breach(desk.ppid)
    hidden = make_case(status=Status.IN_PROGRESS, desk=desk, reported=[desk.ppid])

    for reference in (hidden.reference, "PG-2026-999999"):
        with pytest.raises(CaseError, match=reference):
            by_references(breach, actor=desk.ppid, references=[reference])
    assert by_references(breach, actor=desk.office_head, references=[hidden.reference]) == 1
    assert hidden.reference not in see(desk.ppid, breach.get_absolute_url())
    assert "1 kasus lain tidak dapat Anda lihat" in see(desk.ppid, breach.get_absolute_url())


def test_the_letter_is_filled_in_and_reading_the_name_is_put_on_record():
    desk, case = make_desk(), make_case()
    breach = make_breach(desk.ppid)
    actions.add_cases(breach, actor=desk.ppid, cases=[case], source="daftar")

    letter = to_subject(breach, case, actor=desk.ppid)

    words = text_of(letter)
    for part in (IDENTITY.full_name, case.reference, "Nama dan nomor telepon", "Laptop dicuri"):
        assert part in words
    assert "{" not in words
    said = accessibility_of(letter)
    assert (said["is_tagged"], said["claims_ua"], said["language"]) == (True, True, "id")
    log = AccessLog.objects.get()
    assert (log.what, log.user, log.case) == ("identitas", desk.ppid, case)


def test_a_letter_is_in_the_language_of_the_case():
    desk, case = make_desk(), make_case(language="en")

    letter = to_subject(make_breach(desk.ppid), case, actor=desk.ppid)

    assert "Dear Sari Melati Kusuma" in text_of(letter)
    assert accessibility_of(letter)["language"] == "en"


def test_a_confidential_name_is_for_the_head_of_the_office():
    desk, case = make_desk(), make_case(privacy=Privacy.CONFIDENTIAL)
    breach = make_breach(desk.ppid)

    with pytest.raises(NotAllowed):
        to_subject(breach, case, actor=desk.ppid)
    assert to_subject(breach, case, actor=desk.office_head)


def test_the_authority_and_every_text_are_data():
    breach = make_breach(make_desk().ppid)
    BreachLetter.objects.filter(code="lembaga").update(
        recipient="Badan Pelindungan Data Pribadi", body="Kami melaporkan: {data}. {lain}"
    )

    words = text_of(to_authority(breach))

    assert "Badan Pelindungan Data Pribadi" in words
    assert "Kami melaporkan: Nama dan nomor telepon. {lain}" in words


def test_without_an_address_there_is_no_letter_to_the_authority():
    BreachLetter.objects.update(recipient="")

    with pytest.raises(NotReady):
        to_authority(make_breach(make_desk().ppid))


def test_the_pages_from_the_record_to_the_closing():
    desk, case = make_desk(), make_case()
    client = client_of(desk.ppid)
    typed = {
        "title": "Surel salah kirim",
        "known_at": "2026-11-24T08:00",
        "what": "Daftar nama",
        "how": "Salah alamat",
        "handling": "Diminta dihapus",
    }

    missing = client.post(f"{LIST}add/", {**typed, "what": ""})
    client.post(f"{LIST}add/", typed)
    breach = Breach.objects.get()
    page = breach.get_absolute_url()
    wrong = client.post(f"{LIST}{breach.pk}/lakukan/daftar/", {"references": "abc"})
    client.post(f"{LIST}{breach.pk}/lakukan/daftar/", {"references": case.reference})
    row = breach.affected.get()
    letter = client.post(f"{LIST}{breach.pk}/surat/{row.pk}/")
    early = client.post(f"{LIST}{breach.pk}/lakukan/tutup/", {"lesson": "Periksa alamat."})
    client.post(f"{LIST}{breach.pk}/lakukan/terkirim/", {"via": "email", "affected": row.pk})
    client.post(f"{LIST}{breach.pk}/lakukan/lembaga/", {"note": "Surat 5/2026"})
    client.post(f"{LIST}{breach.pk}/lakukan/tutup/", {"lesson": "Periksa alamat."})

    assert "Salah alamat" in missing.content.decode()
    assert "Bukan nomor kasus: abc" in wrong.content.decode()
    assert letter["Content-Type"] == "application/pdf"
    assert early.status_code == 409
    assert "Periksa alamat." in early.content.decode()
    assert "Ditutup" in client.get(page).content.decode()
    assert "Surel salah kirim" in client.get(LIST).content.decode()


def test_the_table_is_exported_masked_and_logged():
    desk, case = make_desk(), make_case()
    breach = make_breach(desk.ppid)
    actions.add_cases(breach, actor=desk.ppid, cases=[case], source="daftar")

    response = client_of(desk.ppid).get(f"{LIST}{breach.pk}/ekspor/")

    sheet = openpyxl.load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = str(list(sheet.iter_rows(values_only=True)))
    assert case.reference in rows
    assert IDENTITY.full_name not in rows
    assert AccessLog.objects.get().data == {"count": 1, "breach": breach.pk}


def test_the_page_costs_the_same_for_one_case_and_for_many(django_assert_max_num_queries):
    desk = make_desk()
    breach = make_breach(desk.ppid)
    actions.add_cases(
        breach, actor=desk.ppid, cases=[make_case() for _ in range(6)], source="daftar"
    )
    client = client_of(desk.ppid)

    with django_assert_max_num_queries(22):
        client.get(breach.get_absolute_url())


@pytest.mark.parametrize("who", ["officer", "head", "verifier"])
def test_the_register_is_closed_to_others(who):
    desk = make_desk()
    breach = make_breach(desk.ppid)

    for address in (LIST, breach.get_absolute_url(), f"{LIST}{breach.pk}/ekspor/", f"{LIST}add/"):
        assert client_of(getattr(desk, who)).get(address).status_code == 403
