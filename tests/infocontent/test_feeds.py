"""What is new for feed readers, and every address for search engines."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from infocontent import actions, search
from infocontent.models import Item, PublicInformation
from office.models import Office
from office.roles import Role
from tests.factories import NOW, make_user

from .items import make_draft, make_item, make_tariff

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _own_address(settings):
    settings.SITE_URL = "https://portal.example"


def entries(client):
    answer = client.get("/informasi/rss.xml", headers={"Host": "localhost"})
    assert answer["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(answer.content).findall("channel/item")


def addresses(client):
    answer = client.get("/sitemap.xml", headers={"Host": "localhost"})
    assert answer["Content-Type"] == "application/xml"
    urls = ElementTree.fromstring(answer.content).findall(f"{SITEMAP}url")
    return {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}


def announce(title="Gangguan jaringan"):
    announcement = actions.draft_announcement(actor=make_user(Role.HUMAS), title=title)
    actions.publish_announcement(announcement, actor=make_user(Role.PPID))
    return announcement


def test_the_feed_names_what_went_out_last_first(client):
    make_item("lama", title="Yang lama", at=NOW + timedelta(hours=-2))
    make_item("baru", title="Yang <baru> & bagus", at=NOW + timedelta(minutes=-1))
    announcement = announce()
    make_draft("konsep", title="Yang konsep")

    found = entries(client)

    titles = [entry.findtext("title") for entry in found]
    assert titles[:2] == ["Gangguan jaringan", "Yang <baru> & bagus"]
    assert titles.index("Yang lama") > 1
    assert "Yang konsep" not in titles
    assert found[0].findtext("link") == f"https://portal.example/pengumuman/{announcement.slug}/"
    assert found[1].findtext("link") == "https://portal.example/informasi/baru/"
    assert found[1].findtext("category") == "Tanya jawab"
    assert found[1].findtext("pubDate") == "Tue, 24 Nov 2026 02:59:00 +0000"


def test_what_a_feed_reader_takes_for_html_is_none(client):
    make_item(title="Tanda", body="Tulis `<img src=x onerror=alert(1)>`.")

    (entry,) = (one for one in entries(client) if one.findtext("title") == "Tanda")

    assert entry.findtext("description") == "Tulis &lt;img src=x onerror=alert(1)&gt;."


def test_a_sign_that_xml_does_not_know_breaks_no_feed(client):
    # As it comes with a pasted text; the tables of the admin take it.
    Office.objects.update(short_name="Kantor\x02 Uji")
    make_tariff(1, NOW.date(), name="Layanan \x01khusus")
    make_item(title="Tabel", body="[[tabel-tarif kelompok-uji]]")

    (entry,) = (one for one in entries(client) if one.findtext("title") == "Tabel")

    assert "Layanan khusus" in entry.findtext("description")


def test_the_feed_holds_thirty_entries_and_no_rows_of_the_public_list(client):
    row = PublicInformation.objects.create(number=901, summary="Laporan", category="berkala")
    search.index_information(row)
    for number in range(31):
        announce(f"Kabar {number}")

    found = entries(client)

    assert len(found) == 30
    assert "Laporan" not in {entry.findtext("title") for entry in found}


def test_the_sitemap_holds_what_is_public_under_the_portals_own_name(client):
    make_item("tampil")
    make_draft("konsep")
    taken = make_item("ditarik")
    actions.archive(taken, actor=make_user(Role.PPID), reason="Aturan baru")
    announcement = announce()
    PublicInformation.objects.create(number=901, summary="Laporan", category="berkala")
    PublicInformation.objects.create(
        number=902, summary="Lain", category="berkala", is_listed=False
    )

    found = addresses(client)

    portal = "https://portal.example"
    assert found[f"{portal}/informasi/tampil/"] == "2026-11-24"
    assert {
        f"{portal}/",
        f"{portal}/informasi/",
        f"{portal}/informasi/tarif/",
        f"{portal}/informasi/faq/",
        f"{portal}/informasi/topik/paspor/",
        f"{portal}/informasi/topik/paspor-baru/",
        f"{portal}/informasi/dip/901/",
        f"{portal}/pengumuman/{announcement.slug}/",
    } <= set(found)
    for hidden in ("informasi/konsep/", "informasi/ditarik/", "informasi/dip/902/"):
        assert f"{portal}/{hidden}" not in found
    assert all(address.startswith(f"{portal}/") for address in found)


def test_every_address_of_the_sitemap_opens(client):
    for address in addresses(client):
        path = address.removeprefix("https://portal.example")
        assert client.get(path).status_code == 200, path


def test_robots_are_told_where_the_sitemap_is_and_to_leave_drafts_alone(client):
    robots = client.get("/robots.txt").content.decode()

    assert "Sitemap: https://portal.example/sitemap.xml" in robots
    assert "Disallow: /informasi/pratinjau/" in robots


@pytest.mark.parametrize("address", ["/informasi/", "/informasi/syarat-paspor/"])
def test_pages_of_the_library_name_the_feed(client, address):
    make_item()

    assert (
        '<link rel="alternate" type="application/rss+xml" '
        'title="Informasi dan pengumuman terbaru" href="/informasi/rss.xml">'
    ) in client.get(address).content.decode()


def test_a_library_without_anything_has_an_empty_feed(client):
    Item.objects.update(state="arsip")
    search.rebuild()

    assert entries(client) == []
