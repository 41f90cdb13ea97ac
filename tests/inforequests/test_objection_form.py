"""The citizen's way to an objection: offered filled in, or from /keberatan/."""

from datetime import timedelta

import pytest
from django.test import Client

from cases import access_code, actions
from cases.models import Case
from cases.workflow import Kind, Status
from inforequests.actions import decide_objection
from inforequests.models import Objection
from tests.cases.citizens import CASE, make_tracked, open_case, page, unlock
from tests.cases.intake import REQUEST
from tests.factories import IDENTITY, NOW, UPHELD, codes, make_case, make_desk, make_upload
from tests.kanim_portal.english import assert_english

from .objections import PARTLY, REFUSED, bring, decide, make_decided, make_objection, order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plain_paper")]
R = Kind.INFORMATION_REQUEST
AGO = NOW - timedelta(days=28)
OFFER = "Isikan keberatan saya"
PERIODIC = "keberatan/berkala"
SAID = "Saya menunggu empat jam di loket pengambilan paspor."


@pytest.fixture(autouse=True)
def _no_time_trap(settings):
    settings.INTAKE_MIN_SECONDS = 0


@pytest.fixture
def desk():
    return make_desk()


def lapsed(client, **more):
    return open_case(client, R, at=AGO, **more)


def decided(client, desk, decision):
    code = access_code.make_access_code()
    case = make_decided(desk, AGO, decision, code=code)
    unlock(client, case, code)
    return case


def prefilled(client):
    """The fields of the form as the one button fills them in."""
    response = client.post("/keberatan/siapkan/", follow=True)
    assert response.redirect_chain[-1][0] == "/keberatan/alasan/"
    return response.context["form"].initial


def typed(client, **changes):
    form = client.get("/keberatan/alasan/").context["form"]
    given = {name: form[name].value() or "" for name in form.fields if name != "situs_web"}
    return client.post("/keberatan/alasan/", {**given, **changes})


def send(client):
    client.post("/keberatan/lampiran/", {})
    client.get("/keberatan/periksa/")
    return client.post("/keberatan/periksa/", follow=True)


def test_a_lapse_is_offered_filled_in_with_grounds_dates_and_purpose(client):
    case = lapsed(client)
    assert OFFER in page(client)

    given = prefilled(client)

    assert given["grounds"] == ["c", "g"]
    assert given["purpose"] == case.detail.purpose
    for part in (case.reference, "27 Oktober 2026", "10 November 2026", "24 November 2026"):
        assert part in given["narrative"]


@pytest.mark.parametrize(("decision", "letter"), [(REFUSED, "a"), (PARTLY, "d")])
def test_a_refusal_and_a_partial_grant_are_offered_with_the_letter(client, desk, decision, letter):
    case = decided(client, desk, decision)
    assert OFFER in page(client)

    given = prefilled(client)

    assert given["grounds"] == [letter]
    assert case.letters.get().number in given["narrative"]
    assert "Pasal 17 huruf h" in given["narrative"]


def test_an_extension_is_told_in_the_draft(client, desk):
    case = open_case(client, R, "diproses", desk=desk, at=NOW - timedelta(days=40))
    day = NOW - timedelta(days=30)
    actions.extend(case, actor=desk.head, reason="Data tersebar.", at=day)

    assert "diperpanjang sampai" in prefilled(client)["narrative"]


@pytest.mark.parametrize("decision", [None])
def test_nothing_is_offered_after_a_full_grant(client, desk, decision):
    decided(client, desk, decision)

    html = page(client)
    assert OFFER not in html
    assert "/keberatan/" in html


def test_nothing_is_offered_while_the_clock_runs(client):
    open_case(client, R, at=NOW)

    assert OFFER not in page(client)
    start = client.get("/keberatan/").content.decode()
    assert "masih dalam waktu menjawab" in start
    assert client.post("/keberatan/siapkan/").status_code == 409


def test_the_filled_in_objection_is_sent_with_a_receipt_of_its_own(client):
    request = lapsed(client)
    prefilled(client)
    assert typed(client, narrative="Saya masih menunggu jawabannya.").status_code == 302

    receipt = send(client)

    case = Case.objects.get(kind=Kind.OBJECTION)
    html = receipt.content.decode()
    assert case.reference in html
    assert "Tanggapan Atasan PPID muncul di sana." in html
    detail = case.detail
    assert (detail.request, detail.grounds) == (request, "cg")
    assert case.narrative == "Saya masih menunggu jawabannya."
    assert case.identity.full_name == IDENTITY.full_name
    assert codes(request)[-1] == "keberatan_diajukan"


def test_the_check_page_lists_the_grounds_in_words(client):
    lapsed(client)
    prefilled(client)
    typed(client)
    client.post("/keberatan/lampiran/", {"berkas": make_upload()})

    html = client.get("/keberatan/periksa/").content.decode()

    assert "c. Permohonan tidak ditanggapi<br>g. Informasi disampaikan" in html
    assert "bukti.jpg" in html


@pytest.mark.parametrize("grounds", [[], ["x"], ["a", "zz"]])
def test_a_form_without_a_known_ground_keeps_what_was_typed(client, grounds):
    lapsed(client)
    prefilled(client)

    response = typed(client, grounds=grounds, narrative="Yang saya tulis sendiri.")

    assert "grounds" in response.context["form"].errors
    again = client.get("/keberatan/alasan/").context["form"]
    assert again["narrative"].value() == "Yang saya tulis sendiri."


def test_pressing_the_button_again_keeps_what_was_typed(client):
    lapsed(client)
    prefilled(client)
    typed(client, narrative="Yang saya tulis sendiri.")

    assert prefilled(client)["narrative"] == "Yang saya tulis sendiri."


def test_a_late_objection_asks_for_the_day_and_says_until_when(client):
    open_case(client, R, at=NOW - timedelta(days=120))
    assert OFFER not in page(client)
    client.post("/keberatan/siapkan/")

    refused = typed(client, grounds=["c"], found_on="")
    assert "Keberatan dapat diajukan sampai" in str(refused.context["form"].errors["found_on"])
    day = NOW.date() - timedelta(days=5)
    assert typed(client, grounds=["c"], found_on=day.isoformat()).status_code == 302
    send(client)

    assert Objection.objects.get().found_on == day


def test_a_second_objection_waits_for_the_first(client):
    request = lapsed(client)
    prefilled(client)
    typed(client)
    first = make_objection(request)

    client.post("/keberatan/lampiran/", {})
    client.get("/keberatan/periksa/")
    refused = client.post("/keberatan/periksa/")

    assert refused.status_code == 409
    assert first.reference in refused.content.decode()
    assert Objection.objects.count() == 1
    assert first.reference in page(client)
    assert OFFER not in page(client)


def test_without_an_opened_request_the_way_leads_through_the_tracking_page(client):
    case, code = make_tracked(R, at=AGO)
    assert "/lacak/?tujuan=keberatan" in client.get("/keberatan/").content.decode()
    assert client.post("/keberatan/siapkan/").url == "/lacak/?tujuan=keberatan"

    back = client.post("/lacak/?tujuan=keberatan", {"reference": case.reference, "code": code})

    assert back.url == "/keberatan/"
    assert case.reference in client.get("/keberatan/").content.decode()


@pytest.mark.parametrize("target", ["", "//example.com", "admin:index", "keberatan/../x"])
def test_the_tracking_page_leads_nowhere_else(client, target):
    case, code = make_tracked(R, at=AGO)

    response = client.post(f"/lacak/?tujuan={target}", {"reference": case.reference, "code": code})

    assert response.url == CASE


@pytest.mark.parametrize("step", ["alasan", "lampiran"])
def test_nobody_reaches_a_step_without_an_opened_request(client, step):
    assert client.get(f"/keberatan/{step}/").url == "/keberatan/"
    assert client.post(f"/keberatan/{step}/", {"permohonan": "1"}).url == "/keberatan/"
    assert client.get("/keberatan/tidak-ada/").status_code == 404


def test_the_request_of_a_draft_cannot_be_typed(client):
    own = lapsed(client)
    other = make_case(R, at=AGO, subject="Milik orang lain")
    prefilled(client)

    typed(client, request=other.pk, permohonan=other.pk)
    send(client)

    assert Objection.objects.get().request == own


def test_a_complaint_is_no_request(client):
    open_case(client)

    assert "hanya dapat diajukan atas permohonan informasi" in (
        client.get("/keberatan/").content.decode()
    )
    assert client.post("/keberatan/siapkan/").status_code == 409


def test_another_browser_cannot_go_on_with_the_draft(client):
    lapsed(client)
    prefilled(client)

    assert Client().get("/keberatan/alasan/").url == "/keberatan/"


PERIODIC_STEPS = {
    "informasi": {
        "periodic_information": "Laporan keuangan 2025",
        "narrative": "Laporan itu tidak ada di situs maupun papan pengumuman.",
        "purpose": "Penelitian",
    },
    **{step: REQUEST[step] for step in ("pemohon", "identitas", "lampiran")},
}


def test_periodic_information_needs_no_request(client):
    for step, answers in PERIODIC_STEPS.items():
        assert client.post(f"/{PERIODIC}/{step}/", answers).status_code == 302, step
    html = client.get(f"/{PERIODIC}/periksa/").content.decode()
    assert "3273••••••••0001" in html

    client.post(f"/{PERIODIC}/periksa/")

    case = Case.objects.get()
    assert (case.kind, case.subject) == (Kind.OBJECTION, "Laporan keuangan 2025")
    assert (case.detail.grounds, case.detail.request) == ("b", None)
    assert case.identity.full_name == "Budi Santoso"


def test_a_proxy_attaches_the_mandate_here_too(client):
    proxy = {"acting": "kuasa", "applicant_kind": "perorangan"}
    client.post(f"/{PERIODIC}/informasi/", PERIODIC_STEPS["informasi"])
    client.post(f"/{PERIODIC}/pemohon/", proxy)
    client.post(
        f"/{PERIODIC}/identitas/",
        {**REQUEST["identitas"], "proxy_name": "Rina", "proxy_nik": "3273010101900001"},
    )

    assert "berkas" in client.post(f"/{PERIODIC}/lampiran/", {}).context["form"].errors


def test_the_two_forms_do_not_share_a_draft(client):
    lapsed(client)
    prefilled(client)
    client.post(f"/{PERIODIC}/informasi/", PERIODIC_STEPS["informasi"])

    assert prefilled(client)["grounds"] == ["c", "g"]


# What the citizen reads afterwards.


def follow(client, case):
    code = actions.renew_access_code(case)
    unlock(client, case, code)
    return page(client)


def test_the_objection_shows_its_answer_and_the_day_for_the_commission(client, desk):
    case = bring(make_objection(make_case(R, at=AGO)), desk, answer=UPHELD)
    assert "sedang diputus Atasan PPID" in follow(client, case)
    decide_objection(case, actor=desk.office_head)

    html = page(client)

    assert UPHELD["reasons"] in html
    assert "Senin, 14 Desember 2026" in html
    assert "Saya menerima tanggapan ini" in html
    assert "Belum selesai" not in html
    # The words of a decision on a request do not fit an objection.
    assert "Keberatan ditolak; keputusan PPID dikuatkan" in html
    assert "informasi dikecualikan" not in html
    client.post(f"{CASE}selesai/")
    assert Case.objects.get(pk=case.pk).status == Status.DONE


def test_the_request_tells_of_objection_order_and_new_decision(client, desk):
    request = decided(client, desk, REFUSED)
    case = bring(make_objection(request), desk, answer=order())
    assert f"Keberatan <strong>{case.reference}</strong>" in page(client)
    decide_objection(case, actor=desk.office_head)

    html = page(client)
    assert "Atasan PPID memerintahkan keputusan baru" in html
    assert "Selasa, 1 Desember 2026" in html
    assert OFFER not in html
    decide(Case.objects.get(pk=request.pk), desk, NOW)

    assert "Jumlah paspor yang terbit per bulan" in page(client)


def test_the_receipt_names_request_and_grounds_in_words():
    from cases.receipt import _context

    case = make_objection(make_case(R, at=AGO), grounds="cg")

    details = dict(_context(case, None)["details"])

    assert details["Nomor permohonan"] == case.detail.request.reference
    assert details["Alasan keberatan"].startswith("c. Permohonan tidak ditanggapi; g.")


def test_the_tracking_page_of_a_request_asks_the_database_little_more(
    client, django_assert_max_num_queries
):
    lapsed(client)

    with django_assert_max_num_queries(40):
        page(client)


PERIODIC_PAGES = [f"/{PERIODIC}/{step}/" for step in PERIODIC_STEPS]


@pytest.mark.parametrize("address", PERIODIC_PAGES)
def test_the_form_without_a_request_is_english_throughout(client, address):
    assert_english(client, lambda client: client.get(address))
    if "lampiran" not in address:
        assert_english(client, lambda client: client.post(address, {"narrative": "x"}))


def test_offer_form_check_and_receipt_are_english_throughout(client):
    open_case(client, R, at=NOW - timedelta(days=120))
    assert_english(client, lambda client: client.get("/keberatan/"))
    client.post("/keberatan/siapkan/")
    assert_english(client, lambda client: client.get("/keberatan/"))
    day = NOW.date() - timedelta(days=5)
    english = {"grounds": ["c"], "narrative": SAID, "purpose": "x"}
    assert_english(client, lambda client: client.post("/keberatan/alasan/", {"purpose": "x"}))
    assert_english(
        client, lambda client: client.post("/keberatan/alasan/", {"grounds": "c", "purpose": "x"})
    )
    client.post("/keberatan/alasan/", {**english, "found_on": day.isoformat()})
    assert_english(client, lambda client: client.get("/keberatan/lampiran/"))
    client.post("/keberatan/lampiran/", {})
    assert_english(client, lambda client: client.get("/keberatan/periksa/"))
    client.post("/keberatan/periksa/")
    assert_english(client, lambda client: client.get("/keberatan/terkirim/"))
    assert_english(client, lambda client: client.get(CASE))


def test_an_english_reader_gets_an_english_draft(client, settings):
    lapsed(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "I have not received a written notice" in prefilled(client)["narrative"]
    assert_english(client, lambda client: client.get(CASE))
