from io import StringIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from cases.models import AnswerTemplate, DeadlineRule, PrivacyNotice
from channels.models import KeywordRule
from dataprotection.models import BreachLetter, ClockRule, RetentionRule
from infocontent.models import Item, Topic
from office.models import Holiday, Office, OpeningHours, Section
from office.roles import DUTIES, Role

pytestmark = pytest.mark.django_db

TABLES = [
    AnswerTemplate,
    ClockRule,
    DeadlineRule,
    Group,
    Holiday,
    Item,
    KeywordRule,
    BreachLetter,
    Office,
    OpeningHours,
    PrivacyNotice,
    RetentionRule,
    Section,
    Topic,
]


def load():
    call_command("load_office", stdout=StringIO())


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


def test_every_table_that_the_portal_needs_is_filled():
    assert all(counts().values())


def test_loading_twice_adds_nothing():
    before = counts()

    load()

    assert counts() == before


def test_what_staff_changed_stays():
    Office.objects.update(head_name="Ibu Kepala")
    Section.objects.filter(code="tikkim").update(name="Seksi TIK")
    DeadlineRule.objects.filter(kind="pertanyaan", step="jawaban").update(days=4)
    OpeningHours.objects.filter(weekday=5).delete()

    load()

    assert Office.objects.get().head_name == "Ibu Kepala"
    assert Section.objects.get(code="tikkim").name == "Seksi TIK"
    assert DeadlineRule.objects.get(kind="pertanyaan", step="jawaban").days == 4
    assert OpeningHours.objects.count() == 4


def test_roles_are_code_and_follow_it():
    group = Group.objects.get(name="humas")
    group.permissions.add(Permission.objects.get(codename="view_all_cases"))

    load()

    assert set(group.permissions.values_list("codename", flat=True)) == DUTIES[Role.HUMAS]


def test_a_year_with_a_single_closure_entered_by_hand_is_still_filled():
    Holiday.objects.filter(date__year=2027).delete()
    Holiday.objects.create(date="2027-06-09", name="Pilkada", category=Holiday.Category.LOCAL)

    load()

    assert Holiday.objects.filter(date__year=2027, category="cuti_bersama").count() == 8


def test_every_topic_leads_to_a_section():
    assert all(topic.suggested_section for topic in Topic.objects.choosable())
