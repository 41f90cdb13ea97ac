from datetime import date

import pytest

from office.roles import Role
from surveys.models import SurveyReport
from surveys.period import Period
from surveys.reporting import actions
from tests.factories import make_user
from tests.kanim_portal.english import assert_english

from .writing import AUGUST, make_draft, make_published, many_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]

INDEX = "/survei/hasil/"


def text(client, address: str) -> str:
    return client.get(address).content.decode()


def test_nothing_is_published_yet(client):
    many_answers()
    make_draft()

    assert "Belum ada hasil yang terbit." in text(client, INDEX)


def test_everybody_finds_a_published_result_and_its_file(client):
    report = make_published()

    assert report.get_absolute_url() == "/survei/hasil/skm/2026-08/edisi-1/"
    listed = text(client, INDEX)
    assert report.get_absolute_url() in listed
    assert "77,78" in listed
    page = text(client, report.get_absolute_url())
    for words in ("Menambah dua meja foto", "U3 Waktu penyelesaian", "77,78", report.sha256):
        assert words in page, words
    file = client.get(f"{report.get_absolute_url()}laporan.pdf")
    assert file["Content-Type"] == "application/pdf"
    assert "laporan-skm-2026-08.pdf" in file["Content-Disposition"]
    assert INDEX in text(client, "/")


def test_comments_and_exact_small_numbers_never_reach_the_public(client):
    many_answers(3, service="pengaduan", comment="Rahasia saya")
    report = make_published()

    page = text(client, report.get_absolute_url())

    assert "Rahasia saya" not in page
    assert "disamarkan" in page


@pytest.mark.parametrize(
    "path",
    [
        "skm/2026-08/edisi-2/",
        "skm/2026-07/edisi-1/",
        "spak/2026-08/edisi-1/",
        "lain/2026-08/edisi-1/",
        "skm/2026-13/edisi-1/",
        "skm/2026-08/edisi-99999999999999999999/",
        "skm/2026-08/edisi-2/laporan.pdf",
    ],
)
def test_anything_else_is_not_found(client, path):
    make_published()

    assert client.get(INDEX + path).status_code == 404


def test_a_draft_is_not_found(client):
    report = make_draft()

    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(f"{report.get_absolute_url()}laporan.pdf").status_code == 404


def test_a_corrected_edition_leads_to_the_next(client):
    ppid = make_user(Role.PPID)
    first = make_published(ppid)
    second = actions.begin_report("skm", AUGUST, actor=ppid, correction="Nama kegiatan")
    actions.publish_report(second, actor=ppid)

    assert second.get_absolute_url() in text(client, first.get_absolute_url())
    page = text(client, second.get_absolute_url())
    assert "Nama kegiatan" in page
    assert first.get_absolute_url() in page
    assert first.get_absolute_url() not in text(client, INDEX)


def test_the_pages_are_english_throughout(client):
    report = make_published()
    many_answers(8, date(2026, 9, 1))
    again = make_published(period=Period(2026, "t3"))

    for address in (INDEX, report.get_absolute_url(), again.get_absolute_url()):
        assert_english(client, lambda client, address=address: client.get(address))


def test_an_unchanged_page_is_not_sent_again(client):
    report = make_published()
    address = report.get_absolute_url()
    client.get(address)
    tag = client.get(address)["ETag"]

    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    many_answers(5)
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    make_published(period=Period(2026, "09"))
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_reading_costs_few_queries(client, django_assert_max_num_queries):
    report = make_published()
    client.get(INDEX)

    with django_assert_max_num_queries(8):
        client.get(INDEX)
    with django_assert_max_num_queries(16):
        client.get(report.get_absolute_url())
    assert SurveyReport.objects.count() == 1
