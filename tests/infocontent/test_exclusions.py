"""What is kept from the public: that it exists is told, what it says is not."""

from datetime import date, timedelta

import pytest
from django.test import Client

from infocontent.models import Exclusion
from office.roles import Role
from tests.factories import NOW, make_user
from tests.kanim_portal.english import assert_english

from .shelf import text

pytestmark = pytest.mark.django_db

LIST, DESK = "/informasi/dikecualikan/", "/admin/infocontent/exclusion/"
TODAY = NOW.date()
READERS = [Role.PPID, Role.OFFICE_HEAD]
SECRETS = {
    "if_opened": "AKIBAT-BILA-DIBUKA",
    "if_closed": "AKIBAT-BILA-DITUTUP",
    "participants": "NAMA-PESERTA-UJI",
    "tested_at_place": "RUANG-UJI",
}
TYPED = {
    "title": "Berita acara pemeriksaan",
    "title_en": "",
    "ground": "a",
    "legal_basis": "UU 14/2008 Pasal 17 huruf a",
    "holder": "Seksi Inteldakim",
    "decree_number": "SK-7/2026",
    "decree_on": "2026-02-10",
    "tested_on": "2026-02-01",
    "starts_on": "2026-02-10",
    "ends_on": "2028-02-10",
    **SECRETS,
}


def make_exclusion(**more):
    return Exclusion.objects.create(
        **{
            **TYPED,
            "decree_on": date(2026, 2, 10),
            "tested_on": date(2026, 2, 1),
            "starts_on": date(2026, 2, 10),
            "ends_on": TODAY + timedelta(days=400),
            **more,
        }
    )


def desk(*roles):
    client = Client()
    client.force_login(make_user(*roles))
    return client


# What the public reads


def test_the_public_reads_what_is_kept_why_by_whom_and_until_when(client):
    make_exclusion(ends_on=date(2028, 2, 10))

    page = text(client.get(LIST))

    for words in (
        "Berita acara pemeriksaan",
        "huruf a: Menghambat penegakan hukum",
        "UU 14/2008 Pasal 17 huruf a",
        "Seksi Inteldakim",
        "SK-7/2026",
        "10 Februari 2026",
        "10 Februari 2028",
    ):
        assert words in page


@pytest.mark.parametrize("role", [None, *Role])
def test_the_weighing_is_never_told(client, role):
    make_exclusion()
    if role:
        client.force_login(make_user(role))

    for address in (LIST, "/informasi/dip/", "/informasi/?q=pemeriksaan", "/informasi/rss.xml"):
        page = text(client.get(address))
        for secret in SECRETS.values():
            assert secret not in page


def test_the_weighing_is_not_even_read_from_the_database(client, django_assert_max_num_queries):
    make_exclusion()

    with django_assert_max_num_queries(8) as queries:
        client.get(LIST)

    for column in SECRETS:
        assert not any(column in query["sql"] for query in queries)


def test_it_explains_the_right_to_object(client):
    page = text(client.get(LIST))

    assert "berhak mengajukan keberatan kepada Atasan PPID" in page
    assert "30 hari kerja" in page
    assert 'href="/permohonan/"' in page


@pytest.mark.parametrize(
    ("starts", "ends", "is_told"),
    [(-10, 10, True), (-10, 0, True), (-10, -1, False), (1, 10, False), (0, None, True)],
)
def test_only_what_is_in_force_is_listed(client, starts, ends, is_told):
    make_exclusion(
        ground="h",
        starts_on=TODAY + timedelta(days=starts),
        ends_on=None if ends is None else TODAY + timedelta(days=ends),
    )

    assert ("Berita acara pemeriksaan" in text(client.get(LIST))) is is_told


def test_an_end_that_the_law_does_not_set_is_said(client):
    make_exclusion(ground="h", ends_on=None)

    assert "tanpa tanggal berakhir" in text(client.get(LIST))


def test_an_empty_list_does_not_promise_that_all_is_open(client):
    assert "Itu tidak berarti semua informasi terbuka" in text(client.get(LIST))


def test_the_list_takes_few_queries_at_any_size(client, django_assert_max_num_queries):
    for number in range(30):
        make_exclusion(title=f"Informasi {number}")

    with django_assert_max_num_queries(8):
        page = text(client.get(LIST))

    assert "hal=2" in page


def test_it_speaks_english(client):
    make_exclusion(title_en="Minutes of an examination")

    assert_english(client, lambda browser: browser.get(LIST))


# The desk


def test_the_ppid_records_a_test():
    ppid = make_user(Role.PPID)
    client = Client()
    client.force_login(ppid)

    client.post(f"{DESK}add/", TYPED)

    kept = Exclusion.objects.get()
    assert (kept.title, kept.author) == ("Berita acara pemeriksaan", ppid)
    assert kept.if_opened == SECRETS["if_opened"]


@pytest.mark.parametrize("role", [role for role in Role if role not in READERS])
def test_others_do_not_read_the_record(role):
    kept, client = make_exclusion(), desk(role)

    for address in (DESK, f"{DESK}add/", f"{DESK}{kept.pk}/change/"):
        assert client.get(address).status_code == 403


def test_the_head_of_the_office_reads_and_changes_nothing():
    kept, client = make_exclusion(), desk(Role.OFFICE_HEAD)

    assert SECRETS["if_opened"] in text(client.get(f"{DESK}{kept.pk}/change/"))
    assert client.post(f"{DESK}{kept.pk}/change/", TYPED).status_code == 403
    assert client.post(f"{DESK}add/", TYPED).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"ends_on": ""}, "tidak permanen (UU 14/2008 Pasal 20)"),
        ({"ends_on": "2026-01-01"}, "Berlaku sampai harus setelah berlaku sejak."),
        ({"tested_on": "2026-03-01"}, "Uji konsekuensi dilakukan sebelum keputusannya."),
        ({"if_closed": ""}, "Bidang ini tidak boleh kosong."),
    ],
)
def test_a_record_that_the_law_does_not_allow_keeps_what_was_typed(wrong, sentence):
    page = text(desk(Role.PPID).post(f"{DESK}add/", {**TYPED, **wrong}))

    assert sentence in page
    assert SECRETS["if_opened"] in page
    assert not Exclusion.objects.exists()


def test_nobody_deletes_a_record():
    kept = make_exclusion()

    assert desk(Role.PPID).post(f"{DESK}{kept.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Exclusion.objects.exists()


@pytest.mark.parametrize(
    ("days", "words"),
    [(12, "berakhir dalam 12 hari"), (60, "berakhir dalam 60 hari"), (-1, "sudah berakhir")],
)
def test_the_list_marks_what_ends(days, words):
    make_exclusion(ends_on=TODAY + timedelta(days=days))

    assert words in text(desk(Role.PPID).get(DESK))


def test_what_ends_much_later_is_not_marked():
    make_exclusion(ends_on=TODAY + timedelta(days=61))

    assert "berakhir dalam" not in text(desk(Role.PPID).get(DESK))


@pytest.mark.parametrize(("choice", "title"), [("segera", "Satu"), ("lewat", "Dua")])
def test_the_list_is_narrowed_by_term(choice, title):
    make_exclusion(title="Satu", ends_on=TODAY + timedelta(days=5))
    make_exclusion(title="Dua", ends_on=TODAY - timedelta(days=5))
    make_exclusion(title="Tiga")

    page = text(desk(Role.PPID).get(f"{DESK}?masa={choice}"))

    for other in ("Satu", "Dua", "Tiga"):
        assert (f">{other}</a>" in page) is (other == title)


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_warns_those_who_may_read_it(role):
    make_exclusion(ends_on=TODAY + timedelta(days=5))

    page = text(desk(role).get("/admin/"))

    assert ("Pengecualian segera berakhir" in page) is (role in READERS)
    assert (f"{DESK}?masa=segera" in page) is (role in READERS)


def test_without_an_end_in_sight_nobody_is_warned():
    make_exclusion()

    assert "Pengecualian segera berakhir" not in text(desk(Role.PPID).get("/admin/"))


def test_the_desks_list_needs_few_queries(django_assert_max_num_queries):
    client = desk(Role.PPID)
    for number in range(20):
        make_exclusion(title=f"Informasi {number}")

    with django_assert_max_num_queries(8):
        client.get(DESK)
