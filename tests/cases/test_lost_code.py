from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from cases import access_link
from cases.jobs import offer_new_code
from cases.mail import deliver
from cases.models import AccessLink, Case, Notice
from cases.workflow import Privacy
from tests.cases.citizens import make_tracked, unlock
from tests.factories import IDENTITY, NOW, codes, make_case
from tests.races import at_once, split

pytestmark = pytest.mark.django_db

LOST = "/lacak/lupa-kode/"
SAME = "Jika nomor dan e-mail cocok, kami mengirim tautan"


def ask(client, reference, email):
    return client.post(LOST, {"reference": reference, "email": email})


def work_off():
    """What the job worker does with the asked-for links."""
    for row in DBTaskResult.objects.filter(task_path=offer_new_code.module_path):
        offer_new_code.func(*row.args_kwargs["args"])
    DBTaskResult.objects.filter(task_path=offer_new_code.module_path).delete()
    for pk in Notice.objects.filter(code="tautan_kode", state="menunggu").values_list(
        "pk", flat=True
    ):
        deliver(pk)


def mailed_path():
    (line,) = [line for line in mail.outbox[-1].body.splitlines() if "/lacak/kode-baru/" in line]
    return line.removeprefix("http://testserver")


def make_link(case, at=None):
    return f"/lacak/kode-baru/{access_link.make(case, at=at)}/"


@pytest.mark.parametrize(
    ("reference", "email", "letters"),
    [
        ("PG-2026-000001", "Sari.Melati@Example.com ", 1),
        ("PG-2026-000001", "orang.lain@example.com", 0),
        ("PG-2026-999999", "sari.melati@example.com", 0),
        ("apa saja", "sari.melati@example.com", 0),
        ("PG-2026-000002", "sari.melati@example.com", 0),
    ],
)
def test_the_answer_and_the_work_are_the_same_whatever_fits(client, reference, email, letters):
    make_tracked()
    make_case(privacy=Privacy.ANONYMOUS)
    client.get(LOST)
    ask(client, "KB-2026-000009", "siapa@example.com")
    DBTaskResult.objects.all().delete()

    with CaptureQueriesContext(connection) as queries:
        response = ask(client, reference, email)
    kinds = [query["sql"].split()[0] for query in queries]
    work_off()

    assert response.url == f"{LOST}?terkirim=ya"
    assert SAME in client.get(response.url).content.decode()
    assert [kind for kind in kinds if kind in ("INSERT", "SELECT", "UPDATE")] == [
        "INSERT",
        "SELECT",
        "INSERT",
    ]
    assert len(mail.outbox) == letters


def test_neither_number_nor_address_waits_in_the_queue(client):
    case, _ = make_tracked()

    ask(client, case.reference, IDENTITY.email)

    (row,) = DBTaskResult.objects.filter(task_path=offer_new_code.module_path)
    assert row.args_kwargs == {"args": [case.pk], "kwargs": {}}


def test_the_link_gives_a_new_code_once(client):
    case, old = make_tracked()
    ask(client, case.reference, IDENTITY.email)
    work_off()
    path = mailed_path()

    asked = client.get(path)
    assert "Buat kode akses baru?" in asked.content.decode()
    assert unlock(Client(), case, old).status_code == 302
    given = client.post(path)

    assert "Kode akses baru Anda" in given.content.decode()
    code = given.context["code"]
    assert unlock(Client(), case, old).status_code == 200
    assert unlock(Client(), case, code).status_code == 302
    assert codes(case)[-1] == "kode_diganti"
    assert code not in str(dict(client.session))


def test_looking_at_the_link_changes_nothing(client):
    case, _ = make_tracked()
    path = make_link(case)

    for _ in range(3):
        assert client.get(path).status_code == 200
    assert codes(case) == ["diterima"]
    assert AccessLink.objects.get().used_at is None


def test_used_expired_and_unknown_links_get_one_and_the_same_page(client):
    case, _ = make_tracked()
    used, expired = make_link(case), make_link(case, at=NOW - timedelta(minutes=61))
    assert client.post(used).status_code == 200
    unknown = "/lacak/kode-baru/tidak-pernah-ada/"

    pages = {
        (response.status_code, response.content.split(b"<main")[1].split(b"</main>")[0])
        for path in (used, expired, unknown)
        for response in (client.get(path), client.post(path))
    }
    assert len(pages) == 1
    assert "Tautan ini tidak berlaku" in pages.pop()[1].decode()
    assert codes(case) == ["diterima", "kode_diganti"]


def test_a_link_used_twenty_times_at_once_gives_one_code(committed_db):
    case, _ = make_tracked()
    path = make_link(case)

    good, errors = split(at_once(20, lambda number: Client().post(path).status_code))

    assert not errors
    assert sorted(good) == [200] + [404] * 19
    assert codes(case) == ["diterima", "kode_diganti"]


def test_only_a_digest_of_the_link_is_kept():
    case, _ = make_tracked()
    token = access_link.make(case)

    assert len(token) >= 43
    assert token not in str(AccessLink.objects.values().get())


def test_one_link_per_case_and_hour(client):
    case, _ = make_tracked()
    for _ in range(5):
        ask(client, case.reference, IDENTITY.email)
        work_off()
    assert len(mail.outbox) == 1

    with time_machine.travel(NOW + timedelta(minutes=59)):
        ask(client, case.reference, IDENTITY.email)
        work_off()
    assert len(mail.outbox) == 1
    with time_machine.travel(NOW + timedelta(minutes=62)):
        ask(client, case.reference, IDENTITY.email)
        work_off()
    assert len(mail.outbox) == 2


def test_links_asked_for_at_once_are_one(committed_db):
    case, _ = make_tracked()

    results, errors = split(at_once(8, lambda number: access_link.owe_link(case.pk)))

    assert not errors
    assert len([notice for notice in results if notice]) == 1
    assert case.notices.filter(code="tautan_kode").count() == 1


def test_asking_is_limited_per_address_and_keeps_what_was_typed(client):
    for _ in range(10):
        assert ask(client, "PG-2026-000001", "a@example.com").status_code == 302

    response = ask(client, "PG-2026-000001", "a@example.com")

    html = response.content.decode()
    assert response.status_code == 429
    assert 'value="PG-2026-000001"' in html
    assert 'value="a@example.com"' in html
    assert "dalam 60 menit" in html


def test_a_malformed_address_is_refused_with_the_text_kept(client):
    response = ask(client, "PG-2026-000001", "bukan alamat\r\nBcc: x@example.com")

    html = response.content.decode()
    assert "<title>Galat:" in html
    assert 'value="PG-2026-000001"' in html
    assert not DBTaskResult.objects.exists()


def test_a_case_whose_mail_failed_leaves_no_open_link(client, monkeypatch):
    case, _ = make_tracked()
    notice = access_link.owe_link(case.pk)

    def fail(self):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    deliver(notice.pk)

    assert not AccessLink.objects.exists()
    assert Case.objects.get(pk=case.pk).version == 1
