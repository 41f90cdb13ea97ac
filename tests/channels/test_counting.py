from datetime import date, datetime

import pytest

from cases.models import Case
from channels import actions
from channels.counting import contact_case_ids, contacts_by_month
from channels.models import Comment
from channels.rows import Row
from complaints.actions import lodge
from infocontent.models import Topic
from tests.factories import WIB, make_case

from .people import DAY, MONTH, enter, make_contact, make_writer

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)


def test_tallies_contacts_and_comments_add_up(django_assert_num_queries):
    topic = Topic.objects.get(code="paspor-anak")
    enter({("telepon", topic.pk): 5, ("whatsapp", None): 7})
    enter({("telepon", topic.pk): 2}, day=date(2026, 11, 22), version=1)
    make_contact(topic=topic)
    make_contact(topic=topic)
    actions.void_contact(make_contact(topic=topic), actor=make_writer())
    row = Row(2, datetime(2026, 10, 31, 23, 59, tzinfo=WIB), "Bagus")
    actions.import_comments([row], channel="ulasan_google")

    with django_assert_num_queries(3):
        counted = contacts_by_month(OCTOBER, MONTH)

    assert counted == {
        (MONTH, "telepon", topic.pk): 9,
        (MONTH, "whatsapp", None): 7,
        (OCTOBER, "ulasan_google", None): 1,
    }
    assert contacts_by_month(OCTOBER, OCTOBER) == {(OCTOBER, "ulasan_google", None): 1}


def test_a_case_that_began_as_a_contact_or_a_comment_is_known():
    make_case()
    contact = make_contact()
    from_contact = actions.open_case(
        contact, lodge, actor=make_writer(), subject="A", narrative="B", privacy="anonim"
    )
    actions.import_comments([Row(2, contact.at, "Antre lama")], channel="ulasan_aplikasi")
    from_comment = actions.take_as_case(Comment.objects.get(), actor=make_writer())

    assert set(contact_case_ids()) == {from_contact.pk, from_comment.pk}
    assert Case.objects.exclude(pk__in=contact_case_ids()).count() == 1
    assert sum(contacts_by_month(MONTH, DAY).values()) == 2
