from datetime import date, time

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from office.models import Holiday, Office, OpeningHours, Section
from office.roles import DUTIES, Role
from tests.factories import make_section, make_user

pytestmark = pytest.mark.django_db


def test_there_is_one_office_only():
    with pytest.raises(IntegrityError), transaction.atomic():
        Office.objects.create(pk=2, name="Kantor kedua", short_name="Kedua")


def test_a_desk_cannot_close_before_it_opens():
    with pytest.raises(IntegrityError), transaction.atomic():
        OpeningHours.objects.create(weekday=6, opens=time(15), closes=time(8))


def test_a_holiday_stands_once_a_day_and_category():
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(
            date=date(2026, 12, 25), name="Natal", category=Holiday.Category.NATIONAL
        )


def test_a_section_with_staff_cannot_be_deleted():
    section = make_section()
    make_user(Role.OFFICER, section=section)

    with pytest.raises(ProtectedError):
        section.delete()


def test_the_office_is_read_with_its_hours_and_kept_for_a_minute(django_assert_num_queries):
    with django_assert_num_queries(2):
        office = Office.objects.current()
        Office.objects.current()

    assert office.short_name == "Imigrasi Bandung"
    assert len(office.hours) == 5


def test_a_portal_before_its_set_up_still_has_a_name():
    Office.objects.all().delete()

    assert Office.objects.current().name == "Kantor Imigrasi"
    with pytest.raises(ObjectDoesNotExist):
        Office.objects.get()


@pytest.mark.parametrize("role", Role)
def test_a_role_carries_its_duties_and_no_others(role):
    assert make_user(role).duties == DUTIES[role]


def test_every_duty_is_a_permission_that_exists():
    known = set(Permission.objects.values_list("codename", flat=True))

    assert set().union(*DUTIES.values()) <= known


def test_roles_add_up():
    user = make_user(Role.OFFICER, Role.HUMAS)

    assert user.may("work_case")
    assert user.may("view_topic")
    assert not user.may("approve_answer")


@pytest.mark.parametrize("more", [{"is_active": False}, {"is_staff": False}])
def test_a_person_who_left_may_nothing(more):
    assert make_user(Role.OFFICE_HEAD, **more).duties == frozenset()


def test_a_superuser_sees_no_case_by_virtue_of_that():
    assert not make_user(is_superuser=True).may("view_case")


def test_the_administrators_role_has_no_duty_about_cases():
    duties = DUTIES[Role.ADMINISTRATOR]
    about_cases = Permission.objects.filter(content_type__app_label="cases")
    tables = {"deadlinerule", "answertemplate", "lettertemplate", "privacynotice"}
    forbidden = about_cases.exclude(content_type__model__in=tables)

    assert not duties & set(forbidden.values_list("codename", flat=True))


def test_only_the_verifier_and_the_office_head_open_confidential_identities():
    holders = {role for role in Role if "reveal_confidential_identity" in DUTIES[role]}

    assert holders == {Role.VERIFIER, Role.OFFICE_HEAD}
    assert Group.objects.filter(
        permissions__codename="reveal_confidential_identity"
    ).count() == len(holders)


def test_sections_are_named_by_the_office():
    assert str(Section.objects.get(code="lantaskim")) == "Seksi Lalu Lintas Keimigrasian"
