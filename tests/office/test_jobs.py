from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from office import jobs
from office.models import User
from office.roles import Role
from tests.cases.desk import client_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db

USERS = "/admin/office/user/"
NEW_SECRET = "Sandi-panjang-2026"
JOBS = {task.module_path: task for task in (jobs.tell_of_account_change, jobs.mail_account_change)}


def work_off():
    """What the job worker does, until nothing is due any more."""
    while row := DBTaskResult.objects.ready().filter(task_path__in=JOBS).first():
        DBTaskResult.objects.filter(pk=row.pk).delete()
        JOBS[row.task_path].func(*row.args_kwargs["args"])


def set_password(admin, user, **typed):
    typed = {"password1": NEW_SECRET, "password2": NEW_SECRET, "usable_password": "true", **typed}
    return client_of(admin).post(f"{USERS}{user.pk}/password/", typed)


def set_roles(admin, user, *roles, **typed):
    fields = {
        "username": user.username,
        "email": user.email,
        "is_active": "on",
        "is_staff": "on",
        "groups": [group.pk for group in Group.objects.filter(name__in=roles)],
    }
    return client_of(admin).post(f"{USERS}{user.pk}/change/", {**fields, **typed})


def letters():
    work_off()
    return {letter.to[0]: letter.body for letter in mail.outbox}


def test_a_reset_password_is_told_to_the_holder_and_every_kepala_kantor():
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)
    heads = [make_user(Role.OFFICE_HEAD), make_user(Role.OFFICE_HEAD)]
    make_user(Role.OFFICE_HEAD, is_active=False)
    make_user(Role.OFFICE_HEAD, email="")
    make_user(Role.PPID)

    set_password(admin, officer)
    sent = letters()

    assert set(sent) == {officer.email, heads[0].email, heads[1].email}
    for body in sent.values():
        assert "kata sandinya diganti" in body
        assert admin.username in body
        assert officer.username in body
        assert "Selasa, 24 November 2026, 10.00" in body
        assert NEW_SECRET not in body
        assert "http" not in body


def test_changed_roles_are_told_with_what_they_are_now():
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)
    head = make_user(Role.OFFICE_HEAD)

    set_roles(admin, officer, Role.VERIFIER, Role.OFFICER)
    sent = letters()

    assert set(sent) == {officer.email, head.email}
    assert "perannya diganti" in sent[head.email]
    assert Role.VERIFIER.label in sent[head.email]
    assert "http" not in sent[head.email]


def test_a_new_account_with_a_role_is_told():
    admin, head = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICE_HEAD)

    client_of(admin).post(
        f"{USERS}add/",
        {
            "username": "baru",
            "password1": NEW_SECRET,
            "password2": NEW_SECRET,
            "is_staff": "on",
            "groups": [Group.objects.get(name=Role.VERIFIER).pk],
        },
    )

    assert User.objects.filter(username="baru").exists()
    assert set(letters()) == {head.email}


def test_a_kepala_kantor_who_loses_the_role_is_told():
    admin, head = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICE_HEAD)

    set_roles(admin, head)

    assert set(letters()) == {head.email}


def test_what_changes_neither_roles_nor_password_is_told_to_nobody():
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)
    make_user(Role.OFFICE_HEAD)

    set_roles(admin, officer, Role.OFFICER, first_name="Nama Baru")
    set_password(admin, officer, password2="tidak-sama-sekali")
    client_of(admin).get(f"{USERS}{officer.pk}/password/")
    set_password(make_user(Role.VERIFIER), officer)

    assert letters() == {}


def test_a_letter_that_fails_is_tried_again_and_keeps_no_other_back(monkeypatch):
    admin, officer = make_user(Role.ADMINISTRATOR), make_user(Role.OFFICER)
    head = make_user(Role.OFFICE_HEAD)
    send = mail.EmailMessage.send

    def fail_for_the_officer(letter, **more):
        if letter.to == [officer.email]:
            raise ConnectionRefusedError
        return send(letter, **more)

    monkeypatch.setattr(mail.EmailMessage, "send", fail_for_the_officer)
    set_password(admin, officer)
    sent = letters()
    waiting = DBTaskResult.objects.get()

    assert set(sent) == {head.email}
    assert waiting.args_kwargs["args"][0] == officer.pk
    assert waiting.run_after > timezone.now() + timedelta(seconds=50)
