import pytest

from cases import actions
from cases.models import AccessLog, AnswerTemplate, Case
from cases.workflow import Kind, Privacy, Status
from infocontent.models import Topic
from office.roles import Role
from tests.factories import (
    IDENTITY,
    make_case,
    make_desk,
    make_stored_file,
    make_user,
)

from .desk import LIST, act, client_of, offered, page_of, see

pytestmark = pytest.mark.django_db

ALWAYS = {"catatan", "berkas"}


@pytest.mark.parametrize(
    ("status", "who", "verbs"),
    [
        (
            Status.RECEIVED,
            "verifier",
            {
                "verifikasi",
                "minta-lengkapi",
                "terlapor",
                "ubah-jenis",
                "teruskan",
                "duplikat",
                "arsipkan",
                "topik",
            },
        ),
        (Status.RECEIVED, "ppid", {"teruskan", "duplikat", "arsipkan"}),
        (Status.VERIFIED, "head", {"disposisi", "teruskan", "duplikat", "arsipkan"}),
        (Status.VERIFIED, "officer", set()),
        (Status.ASSIGNED, "officer", {"mulai"}),
        (Status.IN_PROGRESS, "officer", {"konsep", "ajukan"}),
        (Status.IN_APPROVAL, "officer", set()),
        (Status.IN_APPROVAL, "head", {"setujui", "kembalikan"}),
        (Status.ANSWERED, "head", {"tutup"}),
        (Status.ANSWERED, "officer", set()),
        (Status.DONE, "head", {"buka-kembali"}),
        (Status.DUPLICATE, "head", set()),
        (Status.WITHDRAWN, "verifier", {"terlapor"}),
    ],
)
def test_only_the_moves_of_status_and_role_are_offered(status, who, verbs):
    desk = make_desk()
    case = make_case(status=status, desk=desk)

    assert offered(getattr(desk, who), case) == verbs | ALWAYS


def test_a_colleague_is_offered_no_work_on_a_case_that_another_holds():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    assert offered(make_user(Role.OFFICER, section=desk.section), case) == ALWAYS


def test_the_author_of_a_draft_is_not_offered_its_approval():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.submit(case, actor=desk.head, body="Jawaban.", outcome="dijelaskan")

    assert "setujui" not in offered(desk.head, case)
    assert "kembalikan" in offered(desk.head, case)


def test_extension_is_offered_for_information_requests_once():
    desk = make_desk()
    case = make_case(Kind.INFORMATION_REQUEST, Status.IN_PROGRESS, desk=desk)

    assert "perpanjang" in offered(desk.head, case)
    assert "perpanjang" not in offered(desk.officer, case)

    act(desk.head, case, "perpanjang", reason="Data masih dikumpulkan.")

    assert "perpanjang" not in offered(desk.head, case)


def test_a_whole_life_through_the_page():
    desk = make_desk()
    case = make_case(topic=Topic.objects.get(code="antrean"))
    steps = [
        (desk.verifier, "minta-lengkapi", {"text": "Kapan?"}, Status.INCOMPLETE),
        (
            desk.verifier,
            "verifikasi",
            {"section": desk.section.pk, "service_class": "berkadar_pengawasan"},
            Status.VERIFIED,
        ),
        (
            desk.head,
            "disposisi",
            {"to": f"petugas-{desk.officer.pk}", "note": "Segera"},
            Status.ASSIGNED,
        ),
        (desk.officer, "mulai", {}, Status.IN_PROGRESS),
        (desk.officer, "konsep", {"body": "Konsep."}, Status.IN_PROGRESS),
        (desk.officer, "ajukan", {"body": "Jawaban.", "outcome": "dijelaskan"}, Status.IN_APPROVAL),
        (desk.head, "kembalikan", {"remarks": "Lengkapi tanggal."}, Status.IN_PROGRESS),
        (
            desk.officer,
            "ajukan",
            {"body": "Jawaban 2.", "outcome": "dijelaskan"},
            Status.IN_APPROVAL,
        ),
        (desk.head, "setujui", {}, Status.ANSWERED),
        (
            desk.head,
            "tutup",
            {"outcome": "terbukti_diperbaiki", "reason": "Lewat telepon", "confirm": "on"},
            Status.DONE,
        ),
        (desk.head, "buka-kembali", {"reason": "Masih terjadi"}, Status.IN_PROGRESS),
    ]

    for person, verb, typed, status in steps:
        if verb == "verifikasi":
            actions.complete(case, text="Senin.")
        response = act(person, case, verb, **typed)
        assert response.status_code == 302, verb
        case.refresh_from_db()
        assert case.status == status, verb

    assert case.assignee == desk.officer


@pytest.mark.parametrize(
    ("status", "verb", "typed"),
    [
        (Status.VERIFIED, "teruskan", {"body": "Dinas", "reason": "Bukan wewenang"}),
        (Status.VERIFIED, "arsipkan", {"outcome": "diarsipkan", "reason": "Tidak jelas"}),
        (Status.ANSWERED, "tutup", {"outcome": "dijelaskan", "reason": "Selesai"}),
    ],
)
def test_an_end_asks_for_a_deliberate_tick(status, verb, typed):
    desk = make_desk()
    case = make_case(status=status, desk=desk)

    refused = act(desk.head, case, verb, **typed)
    case.refresh_from_db()

    assert refused.status_code == 200
    assert case.status == status

    act(desk.head, case, verb, confirm="on", **typed)
    case.refresh_from_db()

    assert case.closed_at is not None


def test_an_error_is_said_on_top_and_at_the_field_and_keeps_the_typed_text():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    text = act(desk.officer, case, "ajukan", body="Yang sudah diketik", outcome="").content.decode()

    assert "<title>Galat:" in text
    assert "Pilih hasil sebelum mengajukan konsep." in text
    assert 'href="#ajukan_outcome"' in text
    assert 'id="ajukan_outcome_error"' in text
    assert 'aria-invalid="true"' in text
    assert "Yang sudah diketik</textarea>" in text


def test_a_move_that_is_no_longer_possible_still_shows_the_typed_text():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    response = act(desk.officer, case, "konsep", body="Tulisan terlambat")

    assert response.status_code == 409
    assert "Tulisan terlambat" in response.content.decode()


def test_a_verb_beyond_the_role_is_refused_with_the_reason():
    desk = make_desk()
    case = make_case(status=Status.IN_APPROVAL, desk=desk)

    response = act(desk.officer, case, "setujui")

    assert response.status_code == 403
    assert "Peran Anda tidak mencakup langkah ini." in response.content.decode()
    assert Case.objects.get(pk=case.pk).status == Status.IN_APPROVAL


def test_an_unknown_verb_and_a_get_do_nothing():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)
    client = client_of(desk.officer)

    assert client.post(f"{LIST}{case.pk}/lakukan/hapus/").status_code == 404
    assert client.get(f"{LIST}{case.pk}/lakukan/mulai/").status_code == 302
    assert Case.objects.get(pk=case.pk).status == Status.ASSIGNED


def test_the_story_is_told_in_words():
    desk = make_desk()
    case = make_case(
        status=Status.ASSIGNED, desk=desk, place="Loket 3", files=[make_stored_file("antrean.jpg")]
    )
    actions.add_facts(case, text="Keterangan tambahan", files=[make_stored_file("papan.jpg")])
    actions.note(case, actor=desk.officer, text="Hanya kita yang baca")

    text = see(desk.officer, page_of(case))

    for words in (
        case.narrative,
        "Loket 3",
        "antrean.jpg",
        "papan.jpg",
        "Keterangan tambahan",
        "Internal, tidak terlihat warga",
        f"Didisposisi ke {desk.section.name}",
        "Terverifikasi → Diteruskan ke seksi",
        "Warga menambahkan keterangan dengan 1 berkas",
    ):
        assert words in text, words


def test_every_event_of_every_status_can_be_told():
    desk = make_desk()
    for status in Status:
        case = make_case(status=status, desk=desk)
        assert see(desk.head if case.section else desk.verifier, page_of(case))


def test_an_open_identity_is_masked_until_a_purpose_is_given():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)

    assert IDENTITY.full_name not in see(desk.officer, page_of(case))

    answer = client_of(desk.officer).post(
        f"{LIST}{case.pk}/identitas/", {"purpose": "Menelepon pelapor"}
    )

    assert IDENTITY.full_name in answer.content.decode()
    assert IDENTITY.nik in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    log = AccessLog.objects.get(what=AccessLog.What.IDENTITY)
    assert (log.user, log.case, log.purpose) == (desk.officer, case, "Menelepon pelapor")
    assert IDENTITY.full_name not in see(desk.officer, page_of(case))


@pytest.mark.parametrize("purpose", ["", "ya", "\0\0\0\0\0\0"])
def test_without_a_purpose_nothing_is_revealed(purpose):
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk)

    answer = client_of(desk.officer).post(f"{LIST}{case.pk}/identitas/", {"purpose": purpose})

    assert IDENTITY.full_name not in answer.content.decode()
    assert "<title>Galat:" in answer.content.decode()
    assert not AccessLog.objects.exists()


def test_a_confidential_identity_is_not_even_hinted_at():
    desk = make_desk()
    case = make_case(status=Status.ASSIGNED, desk=desk, privacy=Privacy.CONFIDENTIAL)

    text = see(desk.officer, page_of(case))
    answer = client_of(desk.head).post(f"{LIST}{case.pk}/identitas/", {"purpose": "Ingin tahu"})

    assert "S•••" not in text
    assert "identitas hanya dapat dibuka oleh verifikator dan Kepala Kantor" in text
    assert answer.status_code == 403
    assert "S•••" in see(desk.verifier, page_of(case))


def test_an_anonymous_case_says_that_nothing_is_stored():
    desk = make_desk()
    case = make_case(privacy=Privacy.ANONYMOUS)

    text = see(desk.verifier, page_of(case))

    assert "tidak ada identitas yang disimpan" in text
    assert "Buka identitas" not in text


def test_a_template_fills_the_draft_by_a_link_and_keeps_what_is_stored():
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)
    actions.save_draft(case, actor=desk.officer, body="Sudah tersimpan.")
    template = AnswerTemplate.objects.create(
        name="Contoh", kind="pengaduan", body="Nomor {nomor} {x}"
    )

    text = see(desk.officer, f"{page_of(case)}?contoh={template.pk}")

    assert f"Sudah tersimpan.\n\nNomor {case.reference} {{x}}</textarea>" in text


@pytest.mark.parametrize("asked", ["%00", "99999999999999999999", "x", "²"])
def test_an_unknown_template_changes_nothing(asked):
    desk = make_desk()
    case = make_case(status=Status.IN_PROGRESS, desk=desk)

    assert see(desk.officer, f"{page_of(case)}?contoh={asked}")
