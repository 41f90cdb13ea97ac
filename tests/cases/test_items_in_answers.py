import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Case
from cases.workflow import CaseError, Kind, Outcome, Status
from infocontent import actions as content
from infocontent.linking import items_named, paragraphs
from infocontent.models import DailyCount, Item, Topic
from office.roles import Role
from tests.cases.citizens import make_tracked, page, unlock
from tests.cases.desk import client_of, page_of, see
from tests.cases.snapshot import snapshot
from tests.factories import make_case, make_desk, make_user
from tests.infocontent.items import make_draft, make_item

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL


@pytest.fixture
def desk():
    return make_desk()


@pytest.fixture
def case(desk):
    topic = Topic.objects.get(code="splp")
    return make_case(Kind.QUESTION, Status.IN_PROGRESS, desk=desk, topic=topic)


def pick(user, case, **typed):
    typed = {"version": case.version, "body": "", "outcome": "", **typed}
    return client_of(user).post(f"/admin/cases/case/{case.pk}/bahan/", typed)


def draft_in(response) -> str:
    html = response.content.decode()
    return re.search(r'<textarea name="body"[^>]*>\s?(.*?)</textarea>', html, re.S)[1]


def titles_in(response) -> list[str]:
    return re.findall(r"<li><span>(.*?) <small>", response.content.decode())


def answered(case, desk, body: str) -> Case:
    actions.submit(case, actor=desk.officer, body=body, outcome=Outcome.EXPLAINED)
    actions.approve(case, actor=desk.head)
    return case


def uses() -> dict[str, int]:
    used = DailyCount.objects.filter(what="pakai")
    return dict(used.values_list("item__slug", "count"))


def test_texts_about_the_topic_of_the_case_are_offered_first(case, desk):
    make_item("uji-splp", "splp")
    make_item("uji-lain", "autogate")
    make_draft("uji-konsep", "splp")

    html = see(desk.officer, page_of(case))

    assert "Judul uji-splp" in html
    assert "Judul uji-lain" not in html
    assert "Judul uji-konsep" not in html


def test_only_who_writes_the_answer_gets_the_texts(case, desk):
    make_item("uji-splp", "splp")

    assert "Judul uji-splp" not in see(desk.verifier, page_of(case))


def test_a_search_finds_published_texts_and_keeps_the_draft(case, desk):
    make_item("uji-autogate", "autogate", title="Gerbang swalayan di bandara")
    before = snapshot(case)

    response = pick(
        desk.officer, case, cari="gerbang swalayan", body="Yang <b>sudah</b> ditulis.", outcome=""
    )

    assert titles_in(response)[0] == "Gerbang swalayan di bandara"
    assert draft_in(response) == "Yang &lt;b&gt;sudah&lt;/b&gt; ditulis."
    assert snapshot(Case.objects.get(pk=case.pk)) == before


def test_a_search_without_result_says_so(case, desk):
    response = pick(desk.officer, case, cari="qwertyuiop")

    assert titles_in(response) == []
    assert "Tidak ada yang cocok." in response.content.decode()


def test_picking_adds_title_and_address_below_the_draft(case, desk):
    item = make_item("uji-splp", "splp")

    response = pick(desk.officer, case, sisip=item.slug, body="Terima kasih.", outcome="dijelaskan")

    assert draft_in(response) == (f"Terima kasih.\n\nJudul uji-splp – {SITE}/informasi/uji-splp/")
    assert 'value="dijelaskan" selected' in response.content.decode()


def test_an_english_case_gets_the_english_title(desk):
    item = make_item("uji-splp", "splp", title_en="Travel document")
    case = make_case(Kind.QUESTION, Status.IN_PROGRESS, desk=desk, language="en")

    response = pick(desk.officer, case, sisip=item.slug)

    assert draft_in(response).startswith("Travel document – ")


@pytest.mark.parametrize("slug", ["tidak-ada", "uji-konsep", "a\x00b", "x" * 500])
def test_only_what_is_out_can_be_picked(case, desk, slug):
    make_draft("uji-konsep", "splp")

    response = pick(desk.officer, case, sisip=slug, body="Tetap.")

    assert response.status_code == 200
    assert draft_in(response) == "Tetap."


def test_a_draft_that_went_through_a_search_still_notices_a_change_by_others(case, desk):
    seen = case.version
    actions.note(case, actor=desk.head, text="Berubah")

    response = pick(desk.officer, case, version=seen, cari="paspor")

    html = response.content.decode()
    form = html[html.index('id="form-konsep"') :]
    assert re.search(r'name="version" value="(\d+)"', form)[1] == str(seen)


def test_the_texts_are_for_who_sees_the_case(case):
    stranger = make_user(Role.OFFICER, section="lantaskim")

    assert pick(stranger, case, cari="paspor").status_code == 404


def test_an_answer_counts_each_text_it_points_at_once(case, desk):
    make_item("uji-satu")
    two, old = make_item("uji-dua"), make_item("uji-lama")
    content.rename(old, actor=make_user(Role.HUMAS), slug="uji-baru")
    make_draft("uji-konsep")
    text = (
        f"Lihat {SITE}/informasi/uji-satu/, {SITE}/informasi/uji-satu/ lagi, dan kode "
        f"{SITE}{two.short_url}. Dulu: {SITE}/informasi/uji-lama/ ({SITE}/informasi/uji-konsep/)."
    )

    answered(case, desk, text)

    assert uses() == {"uji-satu": 1, "uji-dua": 1, "uji-baru": 1}


@pytest.mark.parametrize(
    "text",
    [
        "informasi/uji-satu/",
        "http://jahat.example/informasi/uji-satu/",
        f"http://jahat.example/?{SITE}.jahat.example/informasi/uji-satu/",
        f"{SITE}/informasi/uji-satu-dan-lain/",
        f"{SITE}/informasi/uji-satu/qr.svg",
        f"{SITE}/informasi/topik/uji-satu/",
        "Tanpa alamat sama sekali.",
    ],
)
def test_other_addresses_count_nothing(case, desk, text):
    make_item("uji-satu")

    answered(case, desk, text)

    assert uses() == {}


def test_nothing_is_counted_before_the_answer_is_sent(case, desk):
    make_item("uji-satu")
    text = f"{SITE}/informasi/uji-satu/"

    actions.save_draft(case, actor=desk.officer, body=text)
    actions.submit(case, actor=desk.officer, body=text, outcome=Outcome.EXPLAINED)
    with pytest.raises(CaseError):
        actions.approve(case, actor=desk.officer)

    assert uses() == {}


def test_an_answer_without_addresses_asks_the_library_nothing(case, desk):
    actions.submit(case, actor=desk.officer, body="Sudah.", outcome=Outcome.EXPLAINED)

    with CaptureQueriesContext(connection) as asked:
        actions.approve(case, actor=desk.head)

    assert not [query for query in asked if Item._meta.db_table in query["sql"]]


def test_an_answer_that_points_at_very_many_texts_is_still_sent(case, desk):
    text = " ".join(f"{SITE}/informasi/tidak-ada-{number}/" for number in range(300))

    answered(case, desk, text)

    assert Case.objects.get(pk=case.pk).status == Status.ANSWERED
    assert items_named(text) == []


def test_the_citizen_can_follow_our_own_addresses_and_no_others(client):
    case, code = make_tracked(Kind.QUESTION)
    desk = make_desk()
    actions.verify(case, actor=desk.verifier, section=desk.section)
    actions.assign(case, actor=desk.head, section=desk.section, assignee=desk.officer)
    actions.start(case, actor=desk.officer)
    answered(
        case,
        desk,
        f"Lihat {SITE}/informasi/uji/.\nAtau http://jahat.example/x dan\n\n"
        f'{SITE}.jahat.example/y <script>alert(1)</script> {SITE}/z"onclick="a',
    )
    unlock(client, case, code)

    html = page(client)

    assert f'<a href="{SITE}/informasi/uji/">{SITE}/informasi/uji/</a>.<br>' in html
    assert 'href="http://jahat' not in html
    assert f'href="{SITE}.jahat' not in html
    assert "<script>alert" not in html
    assert f'<a href="{SITE}/z">' in html


def test_paragraphs_and_lines_stay_as_they_were_written():
    found = paragraphs("  Satu\r\ndua\n\n\n\nTiga  ")

    assert [[piece.text for piece in pieces] for pieces in found] == [["Satu\ndua"], ["Tiga"]]
