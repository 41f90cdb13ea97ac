import pytest

from cases import actions
from cases.workflow import Kind, Status
from office.roles import Role
from tests.factories import (
    codes,
    make_case,
    make_desk,
    make_section,
    make_upload,
    make_user,
)

from .desk import LIST, act, client_of, page_of, see

pytestmark = pytest.mark.django_db


def test_reclassifying_says_the_new_date_and_asks_what_the_law_wants():
    desk = make_desk()
    case = make_case(Kind.QUESTION)
    wanted = {"kind": "permohonan", "confirm": "on"}

    refused = act(desk.verifier, case, "ubah-jenis", **wanted).content.decode()
    done = act(
        desk.verifier,
        case,
        "ubah-jenis",
        follow=True,
        **wanted,
        **{
            "permohonan-purpose": "Penelitian",
            "permohonan-access": "salinan",
            "permohonan-delivery": "email",
        },
    ).content.decode()
    case.refresh_from_db()

    assert "Isi ini untuk jenis yang Anda pilih." in refused
    assert case.kind == Kind.INFORMATION_REQUEST
    assert case.detail.purpose == "Penelitian"
    assert "Tenggat dihitung ulang sejak diterima: 8 Desember 2026" in done


def test_the_fields_of_a_kind_that_was_not_chosen_are_ignored():
    desk = make_desk()
    case = make_case(Kind.QUESTION)

    act(desk.verifier, case, "ubah-jenis", kind="pengaduan", confirm="on")
    case.refresh_from_db()

    assert case.kind == Kind.COMPLAINT
    assert case.detail is not None


def test_a_duplicate_is_found_only_among_the_cases_in_sight():
    desk = make_desk()
    elsewhere = make_desk(make_section())
    case = make_case(status=Status.VERIFIED, desk=desk)
    hidden = make_case(status=Status.VERIFIED, desk=elsewhere)
    known = make_case(status=Status.VERIFIED, desk=desk)

    refused = act(desk.head, case, "duplikat", original=hidden.reference, confirm="on")
    absent = act(desk.head, case, "duplikat", original="PG-2026-999999", confirm="on")
    said = "Tidak ada kasus dengan nomor itu di antara kasus yang dapat Anda buka."

    assert said in refused.content.decode()
    assert said in absent.content.decode()

    act(desk.head, case, "duplikat", original=known.reference.lower(), confirm="on")
    case.refresh_from_db()

    assert case.duplicate_of == known


def test_naming_officers_hides_the_case_from_them_at_once():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    act(desk.verifier, case, "terlapor", reported=[desk.officer.pk])
    case.refresh_from_db()

    assert case.assignee is None
    assert client_of(desk.officer).get(page_of(case)).status_code == 404
    assert client_of(desk.head).get(page_of(case)).status_code == 404
    assert str(desk.officer) in see(desk.verifier, page_of(case))
    assert f'value="petugas-{desk.officer.pk}"' not in see(desk.verifier, page_of(case))


def test_files_for_colleagues_and_for_the_answer_are_told_apart():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    act(desk.officer, case, "berkas", files=[make_upload("intern.jpg")], is_internal="on")
    case.refresh_from_db()
    act(desk.officer, case, "berkas", files=[make_upload("jawaban.jpg")])

    kept = dict(case.attachments.values_list("name", "is_internal"))
    assert kept == {"intern.jpg": True, "jawaban.jpg": False}
    assert codes(case).count("catatan") == 2


def test_a_verifier_adds_files_for_colleagues_only():
    desk = make_desk()
    case = make_case()

    act(desk.verifier, case, "berkas", files=[make_upload()], is_internal="")

    assert case.attachments.get().is_internal


def test_a_refused_file_is_explained():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    text = act(desk.officer, case, "berkas", files=[make_upload("x.html", b"<html>")]).content

    assert "tidak dapat diterima" in text.decode()
    assert not case.attachments.exists()


def test_a_case_that_leaves_the_section_leads_back_to_the_list():
    desk = make_desk()
    other = make_section()
    case = make_case(status=Status.VERIFIED, desk=desk)

    response = act(desk.head, case, "disposisi", to=f"seksi-{other.pk}")

    assert response["Location"] == LIST
    assert client_of(desk.head).get(page_of(case)).status_code == 404


def test_a_head_is_offered_other_sections_but_not_their_officers():
    desk = make_desk()
    stranger = make_user(Role.OFFICER, section=make_section())
    case = make_case(status=Status.VERIFIED, desk=desk)

    text = see(desk.head, page_of(case))

    assert f'value="petugas-{desk.officer.pk}"' in text
    assert f'value="seksi-{stranger.section_id}"' in text
    assert f'value="petugas-{stranger.pk}"' not in text
    assert f'value="petugas-{stranger.pk}"' in see(desk.verifier, page_of(case))


@pytest.mark.parametrize("version", ["", "x", "²", "-1", "9" * 400, "9" * 5000, "\0", "1.5"])
def test_a_mangled_version_is_never_a_server_error(version):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    response = client_of(desk.officer).post(
        f"{LIST}{case.pk}/lakukan/catatan/", {"version": version, "text": "Catatan"}
    )

    assert response.status_code in {200, 409}
    assert "catatan" not in codes(case)


def test_text_from_strangers_is_escaped():
    desk = make_desk()
    case = make_case(subject="<script>alert(1)</script>", narrative="<img src=x onerror=alert(1)>")
    actions.add_facts(case, text="</textarea><svg onload=alert(1)>")

    for address in (LIST, page_of(case)):
        text = see(desk.verifier, address)
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<svg onload" not in text


def test_no_page_of_the_desk_carries_inline_style_or_script():
    desk = make_desk()
    case = make_case()

    for address in ("/admin/", LIST, page_of(case), "/admin/cases/accesslog/"):
        text = see(desk.verifier, address)
        assert " style=" not in text
        assert "<style" not in text
        assert "<script>" not in text
