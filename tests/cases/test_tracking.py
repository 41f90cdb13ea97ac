from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases import access_code, actions
from cases.models import Attachment, Case
from cases.workflow import Status
from office.models import ThrottleWindow
from tests.cases.citizens import CASE, TRACK, make_tracked, open_case, page, unlock
from tests.factories import (
    NOW,
    make_case,
    make_desk,
    make_pdf,
    make_stored_file,
)

pytestmark = pytest.mark.django_db

WRONG = "Nomor dan kode akses ini tidak cocok."


@pytest.mark.parametrize("as_typed", ["{}", "{:.4} ", " {} "])
def test_number_and_code_open_the_case(client, as_typed):
    case, code = make_tracked()
    typed = " - ".join([code[:4], code[4:8], code[8:]]).lower()

    response = client.post(TRACK, {"reference": case.reference.lower(), "code": typed}, follow=True)

    assert response.redirect_chain == [(CASE, 302)]
    assert case.reference in response.content.decode()


@pytest.mark.parametrize("typed", ["pg-2026-1", "PG 2026 000001", "pg2026000001"])
def test_the_number_may_be_written_in_any_way(client, typed):
    case, code = make_tracked()
    assert case.reference == "PG-2026-000001"

    assert client.post(TRACK, {"reference": typed, "code": code}).status_code == 302


def test_letters_that_look_like_digits_open_the_case(client):
    case, code = make_tracked()

    assert unlock(client, case, code.replace("0", "O").replace("1", "l")).status_code == 302


WRONG_KEYS = {
    "unknown number": ("PG-2026-999999", "ABCD-EFGH-JKMN-PQRS"),
    "wrong code": ("PG-2026-000001", "ABCD-EFGH-JKMN-PQRS"),
    "malformed number": ("apa saja", "ABCD-EFGH-JKMN-PQRS"),
    "malformed code": ("PG-2026-000001", "x"),
    "nul": ("PG-2026-000001\x00", "\x00x"),
    "very long": ("P" * 5000, "9" * 5000),
    "digits that are none": ("PG-²⁰²⁶-①", "①②③④"),
    "no code was ever given out": ("PG-2026-000002", "ABCD-EFGH-JKMN-PQRS"),
}


def answer_and_work(client, reference, code):
    """The response, and what was asked of which table for it."""
    with CaptureQueriesContext(connection) as queries:
        response = client.post(TRACK, {"reference": reference, "code": code})
    kinds = [(q["sql"].split()[0], q["sql"].split('"')[1]) for q in queries if '"' in q["sql"]]
    return response, kinds


@pytest.mark.parametrize("name", [name for name in WRONG_KEYS if name != "wrong code"])
def test_every_wrong_key_gets_the_same_answer_for_the_same_work(client, name):
    make_tracked()
    make_case()
    client.post(TRACK, {"reference": "TL-2026-000009", "code": "x"})

    wrong, wrong_kinds = answer_and_work(client, *WRONG_KEYS["wrong code"])
    other, other_kinds = answer_and_work(client, *WRONG_KEYS[name])

    assert other.status_code == wrong.status_code == 200
    assert len(wrong_kinds) >= 5
    assert other_kinds == wrong_kinds
    assert list(other.context["form"].errors) == list(wrong.context["form"].errors)
    assert WRONG in other.content.decode()
    assert len(other.context["form"].non_field_errors()) == 1


def test_what_was_typed_survives_a_wrong_key(client):
    response = client.post(TRACK, {"reference": "pg-2026-7", "code": "salah ketik"})

    html = response.content.decode()
    assert 'value="pg-2026-7"' in html
    assert 'value="salah ketik"' in html
    assert "<title>Galat:" in html


def test_the_session_knows_neither_number_nor_code(client):
    case = open_case(client)

    stored = client.session
    assert set(stored["lacak"]) == {"case", "until"}
    text = str(dict(stored))
    assert case.reference not in text
    assert Case.objects.get(pk=case.pk).access_digest not in text


def test_opening_a_case_gives_the_session_a_new_id(client):
    client.get(TRACK)
    case, code = make_tracked()
    open_case(client)
    before = client.session.session_key

    unlock(client, case, code)

    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_failures_are_limited_per_address_before_the_case_is_looked_up(client):
    case, code = make_tracked()
    for _ in range(20):
        assert unlock(client, case, "salah").status_code == 200

    response = unlock(client, case, code)

    assert response.status_code == 429
    html = response.content.decode()
    assert "dalam 15 menit" in html
    assert f'value="{case.reference}"' in html
    assert unlock(Client(REMOTE_ADDR="203.0.113.9"), case, code).status_code == 302


def test_the_limit_ends_with_its_quarter_of_an_hour(client):
    case, code = make_tracked()
    for _ in range(20):
        unlock(client, case, "salah")

    with time_machine.travel(NOW + timedelta(minutes=16)):
        assert unlock(client, case, code).status_code == 302


def test_failures_of_everybody_together_are_limited(client):
    case, code = make_tracked()
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    unlock(client, case, "salah")
    ThrottleWindow.objects.update(hits=3000)

    # Who never guessed wrong is not stopped by others' guesses; who did is.
    assert unlock(Client(REMOTE_ADDR="203.0.113.7"), case, code).status_code == 302
    unlock(stranger, case, "salah")
    assert unlock(stranger, case, code).status_code == 429


def test_success_is_never_counted_as_failure(client):
    case, code = make_tracked()

    for _ in range(25):
        assert unlock(client, case, code).status_code == 302
    assert not ThrottleWindow.objects.exists()


def test_access_ends_after_thirty_minutes(client):
    open_case(client)

    with time_machine.travel(NOW + timedelta(minutes=29)):
        assert client.get(CASE).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=31)):
        response = client.get(CASE, follow=True)
    assert response.redirect_chain == [(TRACK, 302)]
    assert "Akses ditutup setelah 30 menit" in response.content.decode()


def test_leaving_forgets_the_case(client):
    open_case(client)

    response = client.post("/lacak/keluar/")

    assert response["Clear-Site-Data"] == '"cache"'
    assert client.get(CASE).status_code == 302
    assert "lacak" not in client.session
    assert "drafts" not in client.session


def test_leaving_needs_a_post(client):
    assert client.get("/lacak/keluar/").status_code == 405


def test_a_second_case_in_the_same_session_closes_the_first(client):
    first = open_case(client)
    second = open_case(client)

    html = page(client)
    assert second.reference in html
    assert first.reference not in html


def test_pages_of_a_case_are_not_kept_by_any_cache(client):
    open_case(client)

    assert client.get(CASE)["Cache-Control"] == "no-store, private"


def test_the_page_tells_status_next_step_and_how_the_date_was_found(client):
    open_case(client, "pertanyaan", "diproses", at=NOW)

    html = page(client)
    assert "Petugas sedang mengerjakan kasus ini." in html
    assert "Berikutnya:" in html
    assert "Selasa, 1 Desember 2026" in html
    assert "Bagaimana tanggal ini dihitung?" in html
    assert "Sabtu" in html


def test_a_late_case_says_so_and_names_the_way_out(client):
    open_case(client, at=NOW - timedelta(days=60))

    html = page(client)
    assert "Kami terlambat, dan kami minta maaf." in html
    assert "SP4N-LAPOR!" in html
    assert "Ombudsman" in html


def test_a_late_information_request_leads_to_an_objection_and_not_to_the_ombudsman(client):
    open_case(client, "permohonan", at=NOW - timedelta(days=60))

    html = page(client)
    assert "keberatan kepada Atasan PPID kantor ini dalam 30 hari kerja" in html
    assert "Ombudsman" not in html


def test_an_extended_request_shows_the_extended_date(client):
    desk = make_desk()
    case = open_case(client, "permohonan", "diproses", desk=desk, at=NOW)
    actions.extend(case, actor=desk.head, reason="Data belum terdokumentasi.")

    html = page(client)
    assert "17 hari kerja" in html
    assert "Data belum terdokumentasi." in html


def test_nothing_from_inside_the_office_is_shown(client):
    desk = make_desk()
    for name, user in vars(desk).items():
        if name != "section":
            type(user).objects.filter(pk=user.pk).update(first_name=f"Nama{name}")
    case = open_case(client, status="diproses", desk=desk, reported=[desk.ppid])
    actions.note(case, actor=desk.officer, text="CATATAN-DALAM")
    actions.submit(case, actor=desk.officer, body="KONSEP-AWAL", outcome="dijelaskan")
    actions.return_draft(case, actor=desk.head, remarks="KOREKSI-DALAM")
    Attachment.objects.create(
        **stored(make_stored_file("dalam.pdf", make_pdf("x"))), case=case, uploader=desk.officer
    )

    html = page(client)
    for secret in ("CATATAN-DALAM", "KONSEP-AWAL", "KOREKSI-DALAM", "dalam.pdf", "Namaofficer"):
        assert secret not in html
    assert "Nama" not in html.replace("Nama berkas", "").replace("nama", "")
    for name in ("officer", "head", "verifier", "ppid"):
        assert getattr(desk, name).username not in html


def stored(file):
    return {name: getattr(file, name) for name in file.__dataclass_fields__}


def test_a_duplicate_points_to_the_other_number_and_leaks_nothing(client):
    desk = make_desk()
    original = make_case(subject="RAHASIA-ORANG-LAIN", narrative="ISI-ORANG-LAIN")
    case = open_case(client)
    actions.mark_duplicate(case, actor=desk.verifier, original=original, reason="ALASAN-DALAM")

    html = page(client)
    assert original.reference in html
    for secret in ("RAHASIA-ORANG-LAIN", "ISI-ORANG-LAIN", "ALASAN-DALAM"):
        assert secret not in html


def test_a_forwarded_case_names_the_body(client):
    open_case(client, status="diteruskan")

    assert "Dinas Perhubungan" in page(client)


def test_an_archived_case_tells_why(client):
    open_case(client, status="diarsipkan")

    assert "Isi tidak terbaca." in page(client)


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_page(client, status):
    open_case(client, status=status)

    html = page(client)
    assert f"status-{status}" in html


def test_every_step_of_a_long_story_is_told_in_order(client):
    desk = make_desk()
    case = open_case(client, status="ditanggapi", desk=desk)
    actions.answer_back(case, text="Belum")

    titles = [step.title for step in client.get(CASE).context["steps"]]
    assert titles == [
        "Kiriman Anda kami terima",
        "Kami periksa: isinya lengkap",
        "Diteruskan ke seksi yang menangani",
        "Petugas mulai mengerjakan",
        "Kami mengirim jawaban",
        "Anda menyatakan belum selesai; kasus dikerjakan lagi",
    ]


def test_a_change_of_officer_inside_the_section_is_not_told(client):
    desk = make_desk()
    case = open_case(client, status="didisposisi", desk=desk)
    before = len(client.get(CASE).context["steps"])
    actions.assign(case, actor=desk.verifier, section=desk.section)

    assert len(client.get(CASE).context["steps"]) == before


def test_the_page_takes_the_same_few_queries_at_any_size(client, django_assert_max_num_queries):
    desk = make_desk()
    case = open_case(client, status="diproses", desk=desk)
    client.get(CASE)
    with django_assert_max_num_queries(12) as few:
        client.get(CASE)
    for number in range(15):
        files = [
            make_stored_file(f"foto-{number}.jpg"),
            make_stored_file(f"b{number}.pdf", make_pdf()),
        ]
        actions.add_facts(case, text=f"Keterangan {number}", files=files)
        actions.note(case, actor=desk.officer, text="Catatan")
        make_case()

    with django_assert_max_num_queries(12) as many:
        html = page(client)
    assert "Keterangan 14" in html
    assert len(few) == len(many)


def test_the_page_speaks_the_visitors_language(client):
    open_case(client)
    client.cookies["bahasa"] = "en"

    assert '<html lang="en">' in page(client)


def test_only_a_post_opens_a_case(client):
    case, code = make_tracked()

    client.get(TRACK, {"reference": case.reference, "code": code})

    assert client.get(CASE).status_code == 302


def test_a_new_code_ends_the_old_one(client):
    case, code = make_tracked()
    new = actions.renew_access_code(case)

    assert unlock(client, case, code).status_code == 200
    assert unlock(client, case, access_code.grouped(new)).status_code == 302


def test_the_page_says_until_when_it_is_open(client):
    open_case(client)

    until = timezone.localtime(client.get(CASE).context["access"].until)
    assert f"{until:%H.%M} WIB" in page(client)
