"""What a visitor was given to read: offered at the counter, kept with the visit."""

import re

import pytest

from infocontent import actions as content
from infocontent.models import Item, Topic
from infocontent.workflow import ItemState
from office.roles import Role
from tests.factories import make_user
from tests.infocontent.items import make_item
from yankomas import actions, history
from yankomas.forms import RecordForm
from yankomas.models import Service
from yankomas.workflow import MovedOn, NotAllowed, QueueError, Status

from .room import codes, make_visit, topic
from .test_desk import DESK, press, text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _only_own_texts(db):
    # What the office begins with would be offered, too.
    Item.objects.update(state=ItemState.ARCHIVED)


def take_back(item):
    content.archive(item, actor=make_user(Role.PPID), reason="Diganti.")


def given(visit):
    return set(visit.handed_over.values_list("slug", flat=True))


def offered(page):
    """The boxes of the page, and which of them are ticked."""
    boxes = re.findall(r'<input type="checkbox" name="handed_over"[^>]*>', text(page))
    return {re.search(r'value="([^"]+)"', box)[1]: " checked" in box for box in boxes}


# The verb


def test_what_was_handed_over_is_kept_and_the_history_names_only_the_field():
    visit, shift = make_visit()
    items = [make_item("satu"), make_item("dua")]

    actions.record(visit, actor=shift.officer, handed_over=items, asked="Apa?")

    assert given(visit) == {"satu", "dua"}
    assert visit.events.last().data == {"fields": ["asked", "handed_over"]}
    assert history.lines(visit, may_see_case=False)[0].what == (
        "Isi dicatat: yang ditanyakan, yang diserahkan"
    )


def test_the_same_items_again_leave_no_event():
    visit, shift = make_visit()
    item = make_item()
    actions.record(visit, actor=shift.officer, handed_over=[item])
    version = visit.version

    actions.record(visit, actor=shift.officer, handed_over=[item])

    assert (visit.version, codes(visit).count("dicatat")) == (version, 1)


def test_who_says_nothing_of_items_changes_none():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, handed_over=[make_item()])

    actions.record(visit, actor=shift.officer, asked="Apa?")

    assert given(visit) == {"syarat-paspor"}
    assert visit.events.last().data == {"fields": ["asked"]}


def test_a_wrong_tick_is_taken_out_again():
    visit, shift = make_visit()
    actions.record(visit, actor=shift.officer, handed_over=[make_item()])

    actions.record(visit, actor=shift.officer, handed_over=[])

    assert given(visit) == set()
    assert visit.events.last().data == {"fields": ["handed_over"]}


def test_what_is_not_published_is_not_handed_over():
    visit, shift = make_visit()
    item = make_item()
    stale = Item.objects.get(pk=item.pk)
    take_back(item)

    with pytest.raises(QueueError, match="tidak diterbitkan"):
        actions.record(visit, actor=shift.officer, handed_over=[stale], asked="Apa?")

    visit.refresh_from_db()
    assert (given(visit), visit.asked, codes(visit)[-1]) == (set(), "", "mulai")


def test_what_was_handed_over_before_it_was_taken_back_stays():
    visit, shift = make_visit()
    old = make_item("lama")
    actions.record(visit, actor=shift.officer, handed_over=[old])
    take_back(old)

    actions.record(visit, actor=shift.officer, handed_over=[old, make_item("baru")])

    assert given(visit) == {"lama", "baru"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.YANKOMAS])
def test_only_who_serves_hands_over(role):
    visit, _shift = make_visit()

    with pytest.raises(NotAllowed):
        actions.record(visit, actor=make_user(role), handed_over=[make_item()])

    assert given(visit) == set()


def test_an_older_page_hands_nothing_over():
    visit, shift = make_visit()
    shown = visit.version
    actions.record(visit, actor=shift.officer, asked="Baru")

    with pytest.raises(MovedOn):
        actions.record(visit, actor=shift.officer, version=shown, handed_over=[make_item()])

    assert given(visit) == set()


# The form


def test_before_a_topic_the_group_of_the_service_is_offered(desk, officer):
    make_visit(officer=officer)
    make_item("baru")
    make_item("anak", topic="paspor-anak")
    make_item("overstay", topic="overstay")
    make_item("konsep", is_published=False)

    assert offered(desk.get(DESK)) == {"anak": False, "baru": False}


def test_after_it_only_the_topic_is_offered(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")
    make_item("anak", topic="paspor-anak")

    page = press(desk, "simpan", visit, topic="paspor-anak")

    assert offered(page) == {"anak": False}


def test_without_items_nothing_is_shown(desk, officer):
    make_visit(officer=officer)

    assert "Diserahkan kepada pengunjung" not in text(desk.get(DESK))


def test_a_service_without_a_group_offers_nothing():
    Service.objects.update(topic_group=None)
    visit, _shift = make_visit()
    make_item()

    assert "handed_over" not in RecordForm(for_visit=visit).fields


def test_each_item_leads_to_its_code_in_a_new_tab(desk, officer):
    make_visit(officer=officer)
    make_item()

    assert re.search(
        r'<a href="/informasi/syarat-paspor/#qr" target="_blank" rel="noopener">Tampilkan QR',
        text(desk.get(DESK)),
    )


def test_a_tick_is_kept_with_the_note_and_shown_again(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")
    make_item("lain")

    page = press(desk, "simpan", visit, handed_over=["baru"], asked="Apa syaratnya?")

    assert offered(page) == {"baru": True, "lain": False}
    assert given(visit) == {"baru"}
    assert visit.events.last().data == {"fields": ["asked", "handed_over"]}


def test_what_was_handed_over_stays_ticked_when_the_topic_changes(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")
    make_item("anak", topic="paspor-anak")

    page = press(desk, "simpan", visit, handed_over=["baru"], topic="paspor-anak")

    assert offered(page) == {"anak": False, "baru": True}
    visit.refresh_from_db()
    press(desk, "selesai", visit, handed_over=["baru"], topic="paspor-anak", outcome="dijawab")
    assert given(visit) == {"baru"}
    assert codes(visit)[-1] == "selesai"


def test_what_was_taken_back_since_stays_ticked_without_a_code(desk, officer):
    visit, _shift = make_visit(officer=officer)
    item = make_item()
    press(desk, "simpan", visit, handed_over=[item.slug])
    take_back(item)

    page = desk.get(DESK)

    assert offered(page) == {item.slug: True}
    assert "Tampilkan QR" not in text(page)
    visit.refresh_from_db()
    press(desk, "simpan", visit, handed_over=[item.slug], asked="Apa?")
    assert given(visit) == {item.slug}


@pytest.mark.parametrize("move", ["simpan", "selesai", "tahan"])
@pytest.mark.parametrize("slug", ["konsep", "tidak-ada", "\x00", "' OR 1=1 --", "9" * 40])
def test_what_cannot_be_handed_over_is_refused_and_the_text_stays(desk, officer, move, slug):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")
    make_item("konsep", is_published=False)

    page = press(desk, move, visit, handed_over=["baru", slug], asked="Apa syaratnya?")

    assert page.status_code == 200
    assert "tidak ada atau sudah tidak diterbitkan" in text(page)
    assert "Apa syaratnya?" in text(page)
    assert offered(page) == {"baru": True}
    visit.refresh_from_db()
    assert (given(visit), visit.asked, visit.status) == (set(), "", Status.SERVING)


def test_a_refusal_is_also_said_when_nothing_is_offered(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("konsep", is_published=False)

    page = press(desk, "simpan", visit, handed_over=["konsep"], asked="Apa?")

    assert "tidak ada atau sudah tidak diterbitkan" in text(page)
    assert offered(page) == {}


def test_a_late_page_says_what_happened_and_keeps_the_ticks(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")
    shown = visit.version
    actions.record(visit, actor=officer, topic=topic("paspor-anak"))

    page = press(desk, "simpan", visit, version=shown, handed_over=["baru"], asked="Apa syaratnya?")

    assert page.status_code == 409
    assert "isi dicatat" in text(page)
    assert offered(page) == {"baru": True}
    assert given(visit) == set()


def test_a_case_form_is_not_troubled_by_items(desk, officer):
    visit, _shift = make_visit(officer=officer)
    make_item("baru")

    page = press(desk, "simpan", visit, handed_over=["baru"], asked="Apa?", lalu="pertanyaan")

    assert page.redirect_chain[-1][0].endswith("/kasus/pertanyaan/")
    assert given(visit) == {"baru"}


def test_the_desk_needs_no_more_queries_for_more_items(
    desk, officer, django_assert_max_num_queries
):
    visit, _shift = make_visit(officer=officer)
    press(desk, "simpan", visit, handed_over=[make_item("satu").slug])
    with django_assert_max_num_queries(16) as before:
        desk.get(DESK)

    for number in range(10):
        make_item(f"bahan-{number}")

    with django_assert_max_num_queries(len(before)):
        assert len(offered(desk.get(DESK))) == 11


# Topics of the service


@pytest.mark.parametrize("group", ["paspor", "umum", "izin-tinggal"])
def test_the_topics_of_the_service_stand_first(group):
    Service.objects.update(topic_group=Topic.objects.get(code=group))
    visit, _shift = make_visit()

    groups = [name for name, _topics in RecordForm(for_visit=visit).fields["topic"].choices]

    tree = [name for name, _topics in RecordForm().fields["topic"].choices]
    first = Topic.objects.get(code=group).name
    assert groups == ["", first, *(name for name in tree if name not in ("", first))]


def test_a_service_without_a_group_has_the_usual_order():
    Service.objects.update(topic_group=None)
    visit, _shift = make_visit()

    choices = list(RecordForm(for_visit=visit).fields["topic"].choices)

    assert choices == list(RecordForm().fields["topic"].choices)
    assert "<optgroup" in str(RecordForm(for_visit=visit)["topic"])


def test_the_order_of_one_visit_is_not_that_of_the_next(desk, officer):
    Service.objects.update(topic_group=Topic.objects.get(code="umum"))
    make_visit(officer=officer)

    page = text(desk.get(DESK))

    assert page.index('label="PPID dan umum"') < page.index('label="Paspor (WNI)"')
    assert str(RecordForm()["topic"]).index("Paspor (WNI)") < str(RecordForm()["topic"]).index(
        "PPID dan umum"
    )
