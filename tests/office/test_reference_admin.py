import pytest

from cases import actions
from cases.models import AccessLog
from cases.workflow import Status
from office.models import Section
from office.roles import Role
from tests.cases.desk import client_of, see
from tests.factories import make_case, make_desk, make_user

pytestmark = pytest.mark.django_db

HIDDEN = [
    ("office/user", "_cases_case_reported_officers_%2B={case}"),
    ("office/user", "_cases_case_reported_officers_%2B__isnull=False"),
    ("office/user", "assigned_cases={case}"),
    ("office/user", "assigned_cases__isnull=False"),
    ("office/user", "assigned_cases__narrative__contains=loket"),
    ("office/user", "password__startswith=argon2"),
    ("office/user", "groups__permissions__codename=view_case"),
    ("office/user", "groups__user__id__exact=1"),
    ("office/user", "section__cases={case}"),
    ("office/user", "section__name__startswith=S"),
    ("office/user", "logentry__isnull=False"),
    ("office/section", "cases={case}"),
    ("office/section", "cases__isnull=False"),
    ("office/section", "staff__password__startswith=argon2"),
    ("infocontent/topic", "cases={case}"),
    ("infocontent/topic", "parent__cases={case}"),
    ("infocontent/topic", "section__staff__isnull=False"),
    ("channels/keywordrule", "topic__cases={case}"),
    ("channels/keywordrule", "topic__parent__cases={case}"),
]


@pytest.mark.parametrize(("table", "query"), HIDDEN)
def test_no_list_answers_about_what_it_does_not_show(table, query):
    case = make_case(status=Status.ASSIGNED)
    client = client_of(make_user(Role.ADMINISTRATOR))

    response = client.get(f"/admin/{table}/?{query.format(case=case.pk)}")

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("cases/accesslog", "user__password__startswith=argon2"),
        ("cases/accesslog", "case__narrative__contains=loket"),
        ("cases/notice", "recipient__password__startswith=argon2"),
        ("cases/notice", "case__identity__isnull=True"),
    ],
)
def test_no_log_answers_about_what_it_does_not_show(table, query):
    client = client_of(make_user(Role.OFFICE_HEAD))

    assert client.get(f"/admin/{table}/?{query}").status_code == 400


@pytest.mark.parametrize(
    ("table", "query"),
    [
        ("office/user", "groups__isnull=True"),
        ("office/user", "groups__id__exact=1"),
        ("office/user", "section__id__exact={section}"),
        ("office/user", "section__isnull=True"),
        ("office/user", "is_active__exact=1"),
        ("office/holiday", "date__year=2026"),
        ("infocontent/topic", "section__id__exact={section}"),
        ("cases/deadlinerule", "kind__exact=pengaduan"),
        ("channels/keywordrule", "topic__parent__id__exact=1"),
    ],
)
def test_the_shown_filters_still_work(table, query):
    section = Section.objects.get(code="tikkim")

    assert see(make_user(Role.ADMINISTRATOR), f"/admin/{table}/?{query.format(section=section.pk)}")


def test_the_access_log_is_filtered_by_its_own_kind():
    desk, case = make_desk(), make_case()
    actions.reveal_identity(case, actor=desk.verifier, purpose="Menelepon pelapor")
    address = "/admin/cases/accesslog/?what__exact="

    assert case.reference in see(desk.office_head, address + AccessLog.What.IDENTITY)
    assert case.reference not in see(desk.office_head, address + AccessLog.What.FILE)
