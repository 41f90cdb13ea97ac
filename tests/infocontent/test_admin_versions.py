import pytest

from infocontent import actions
from infocontent.desk.diff import ADDED, REMOVED, SAME, changes, pieces
from infocontent.models import Kind
from infocontent.workflow import VersionState
from office.roles import Role
from tests.factories import make_user

from .desk import address, client_of, draft_of, png, see, text, write
from .items import content, make_draft, make_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def humas():
    return make_user(Role.HUMAS)


def test_two_versions_are_compared_word_by_word(humas):
    item = make_item(body="Bawa KTP asli.\n\nDatang pagi.", author=humas)
    actions.save(
        item,
        actor=humas,
        content=content("voa", title="Judul lain", body="Bawa KTP dan KK asli.\n\nDatang pagi."),
    )

    page = see(humas, f"{address(item, 'compare')}?dari=1&ke=2")

    assert "<ins>[+dan KK +]</ins>" in page
    assert "<h2" in page
    assert "<del>[-Paspor baru-]</del>" in page
    assert "Datang pagi." in page


def test_what_is_the_same_is_said(humas):
    item = make_item(author=humas)

    assert "Kedua versi ini sama." in see(humas, f"{address(item, 'compare')}?dari=1&ke=1")


@pytest.mark.parametrize("query", ["", "?dari=1", "?dari=1&ke=99", "?dari=-1&ke=1", "?dari=x&ke=1"])
def test_a_comparison_of_nothing_is_not_there(humas, query):
    item = make_item(author=humas)

    assert client_of(humas).get(address(item, "compare") + query).status_code == 404


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", []),
        ("a b", "a b", [(SAME, "a b")]),
        ("", "a", [(ADDED, "a")]),
        ("a", "", [(REMOVED, "a")]),
        ("a b c", "a x c", [(SAME, "a "), (REMOVED, "b"), (ADDED, "x"), (SAME, " c")]),
        ("satu\ndua\n", "satu\n", [(SAME, "satu\n"), (REMOVED, "dua\n")]),
    ],
)
def test_a_difference_is_cut_at_words(old, new, found):
    assert [(piece.what, piece.text) for piece in pieces(old, new)] == found


def test_no_text_gets_lost_between_two_versions():
    old, new = "Bawa **KTP**, lalu\nfoto. é", "Bawa KTP lalu\nfoto!\nSelesai é"

    found = pieces(old, new)

    assert "".join(p.text for p in found if not p.is_added) == old
    assert "".join(p.text for p in found if not p.is_removed) == new


def test_a_file_that_was_replaced_is_named(humas):
    item = make_draft(kind=Kind.INFOGRAPHIC, author=humas)
    write(humas, item, picture_baru=png("lama.png"))
    old = draft_of(item)
    actions.discard(item, actor=humas)
    write(humas, item, picture_baru=png("baru.png"))

    found = {change.label: change.pieces for change in changes(old, draft_of(item))}

    assert "lama.png" in found["Gambar"][0].text
    assert "baru.png" in found["Gambar"][1].text


def test_an_old_version_comes_back_as_a_draft_after_a_question(humas):
    item = make_item(body="Yang dulu.", author=humas)
    actions.save(item, actor=humas, content=content(body="Yang buruk."))
    actions.discard(item, actor=humas)

    assert "Pulihkan versi ini" in see(humas, address(item, "version", 1))
    question = see(humas, address(item, "restore", 1))
    assert "Yang dulu." in question
    assert item.versions.count() == 2
    client_of(humas).post(address(item, "restore", 1), {"seen": item.lock})

    version = draft_of(item)
    assert (version.number, version.state, version.body) == (3, VersionState.DRAFT, "Yang dulu.")


def test_nothing_is_restored_over_a_draft(humas):
    item = make_item(author=humas)
    actions.save(item, actor=humas, content=content(body="Sedang dikerjakan."))

    assert "Pulihkan versi ini" not in see(humas, address(item, "version", 1))
    client = client_of(humas)
    response = client.post(address(item, "restore", 1), {"seen": item.lock}, follow=True)

    assert "Masih ada konsep" in text(response)
    assert item.versions.count() == 2


def test_a_version_that_is_not_there_is_not_there(humas):
    item = make_item(author=humas)

    for number in (9, 2**40):
        assert client_of(humas).get(address(item, "version", number)).status_code == 404
        assert client_of(humas).get(address(item, "restore", number)).status_code == 404
