import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group

from office.models import Section, User
from office.roles import Role
from tests.factories import make_section, make_user

from .desk import client_of, see

pytestmark = pytest.mark.django_db

USERS = "/admin/office/user/"


def form_of(user, **changes):
    return {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "section": user.section_id or "",
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in user.groups.all()],
        **changes,
    }


def role(name):
    return Group.objects.get(name=name).pk


def test_an_administrator_makes_an_account_with_a_role():
    section = make_section()
    admin = make_user(Role.ADMINISTRATOR)

    client_of(admin).post(
        f"{USERS}add/",
        {
            "username": "baru",
            "password1": "Sandi-panjang-2026",
            "password2": "Sandi-panjang-2026",
            "section": section.pk,
            "is_staff": "on",
            "groups": [role(Role.OFFICER)],
        },
    )

    assert User.objects.get(username="baru").may("work_case")


def test_nobody_becomes_superuser_or_gets_a_single_right_through_a_form():
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)

    client_of(admin).post(
        f"{USERS}{officer.pk}/change/",
        form_of(officer, is_superuser="on", user_permissions=["1", "2"], password="x"),
    )
    officer.refresh_from_db()

    assert not officer.is_superuser
    assert not officer.user_permissions.exists()


def test_an_administrator_cannot_change_the_own_roles_or_section():
    admin = make_user(Role.ADMINISTRATOR)

    client_of(admin).post(
        f"{USERS}{admin.pk}/change/",
        form_of(
            admin,
            first_name="Nama Baru",
            groups=[role(Role.ADMINISTRATOR), role(Role.OFFICE_HEAD)],
            section=make_section().pk,
        ),
    )
    admin = User.objects.get(pk=admin.pk)

    assert admin.first_name == "Nama Baru"
    assert [group.name for group in admin.groups.all()] == [Role.ADMINISTRATOR]
    assert admin.section is None


@pytest.mark.parametrize("page", ["change/", "password/", "delete/"])
def test_a_superuser_is_out_of_an_administrators_reach(page):
    superuser = make_user(is_superuser=True)
    client = client_of(make_user(Role.ADMINISTRATOR))
    before = superuser.password

    response = client.post(
        f"{USERS}{superuser.pk}/{page}",
        form_of(
            superuser, password1="Sandi-panjang-2026", password2="Sandi-panjang-2026", post="yes"
        ),
    )
    superuser.refresh_from_db()

    assert response.status_code == 403
    assert superuser.password == before


def test_the_log_says_which_roles_were_given_and_taken():
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)

    client_of(admin).post(
        f"{USERS}{officer.pk}/change/", form_of(officer, groups=[role(Role.VERIFIER)])
    )

    message = LogEntry.objects.get(user=admin).change_message
    assert "+verifikator" in message
    assert "-petugas" in message


@pytest.mark.parametrize("person", [Role.OFFICER, Role.SECTION_HEAD, Role.VERIFIER, Role.HUMAS])
def test_accounts_are_kept_by_administrators_only(person):
    client = client_of(make_user(person))

    for address in (USERS, f"{USERS}add/", "/admin/office/section/", "/admin/auth/group/"):
        assert client.get(address).status_code == 403


def test_roles_are_shown_to_superusers_and_edited_by_nobody():
    group = Group.objects.get(name=Role.OFFICER)
    administrator = client_of(make_user(Role.ADMINISTRATOR))
    superuser = client_of(make_user(is_superuser=True))
    address = f"/admin/auth/group/{group.pk}/change/"

    assert administrator.get(address).status_code == 403
    assert superuser.get(address).status_code == 200
    assert superuser.post(address, {"name": "x"}).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "password__startswith=argon2",
        "groups__permissions__codename=x",
        "q=%00",
        "_to_field=password",
        "p=x",
        "all=²",
    ],
)
def test_the_list_of_accounts_is_no_oracle(query):
    response = client_of(make_user(Role.ADMINISTRATOR)).get(f"{USERS}?{query}", follow=True)

    assert response.status_code in {200, 400}


def test_a_deactivated_account_is_out_at_once():
    officer = make_user(Role.OFFICER, section=make_section())
    client = client_of(officer)
    assert client.get("/admin/cases/case/").status_code == 200

    User.objects.filter(pk=officer.pk).update(is_active=False)

    assert client.get("/admin/cases/case/").status_code == 302


@pytest.mark.parametrize(
    "table",
    [
        "office/section",
        "office/holiday",
        "office/openinghours",
        "office/office",
        "infocontent/topic",
        "cases/deadlinerule",
        "cases/answertemplate",
        "cases/privacynotice",
        "channels/keywordrule",
    ],
)
def test_an_administrator_keeps_the_tables(table):
    admin = make_user(Role.ADMINISTRATOR)

    assert see(admin, f"/admin/{table}/")
    assert " style=" not in see(admin, f"/admin/{table}/")


def test_a_section_with_cases_is_switched_off_and_never_deleted():
    section = Section.objects.get(code="tikkim")
    client = client_of(make_user(Role.ADMINISTRATOR, is_superuser=True))

    assert (
        client.post(f"/admin/office/section/{section.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )
    assert Section.objects.filter(pk=section.pk).exists()
