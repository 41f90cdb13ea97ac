import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from cases.models import Applicant
from office.crypto import WrongFieldKey, decrypt, encrypt, keyed_digest
from tests.factories import IDENTITY, make_case

text = st.text("aZ9 éßЖ中\U0001f600\u202e\x01\t\n'\"\\=;", max_size=300)


@given(text)
def test_what_was_encrypted_can_be_read_again(clear):
    assert decrypt(encrypt(clear)) == clear


def test_the_same_text_is_never_encrypted_alike():
    assert encrypt("3273014507900003") != encrypt("3273014507900003")


def test_another_key_cannot_read_it(settings):
    token = encrypt("3273014507900003")
    settings.FIELD_KEY = "another-key"

    with pytest.raises(WrongFieldKey):
        decrypt(token)


def test_an_altered_token_is_not_read():
    token = encrypt("Sari Melati")
    altered = token[:-5] + ("A" if token[-5] != "A" else "B") + token[-4:]

    with pytest.raises(WrongFieldKey):
        decrypt(altered)


def test_a_digest_depends_on_text_purpose_and_key(settings):
    digest = keyed_digest("nik", "3273014507900003")

    assert len(digest) == 64
    assert digest == keyed_digest("nik", "3273014507900003")
    assert digest != keyed_digest("nik", "3273014507900004")
    assert digest != keyed_digest("email", "3273014507900003")
    settings.FIELD_KEY = "another-key"
    assert digest != keyed_digest("nik", "3273014507900003")


def dump_of_all_tables() -> str:
    with connection.cursor() as cursor:
        lines = []
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            lines += [f"{name} {row}" for row in cursor.fetchall()]
    return "\n".join(lines)


@pytest.mark.django_db
def test_nothing_in_the_database_names_the_citizen():
    make_case(subject="Perihal yang dicari")

    dump = dump_of_all_tables().lower()

    assert "perihal yang dicari" in dump
    for secret in (
        "3273014507900003",
        "melati",
        "kusuma",
        "cendana",
        "081234567890",
        "example.com",
    ):
        assert secret not in dump


@pytest.mark.django_db
def test_the_wrong_key_says_so_when_a_row_is_read(settings):
    case = make_case()
    assert Applicant.objects.get(case=case).nik == IDENTITY.nik
    settings.FIELD_KEY = "another-key"

    with pytest.raises(WrongFieldKey):
        Applicant.objects.get(case=case)


@pytest.mark.django_db
def test_one_persons_cases_are_found_by_the_blind_index():
    case, _other = make_case(), make_case(identity=None)

    found = Applicant.objects.filter(nik_index=keyed_digest("nik", IDENTITY.nik))

    assert [applicant.case for applicant in found] == [case]
