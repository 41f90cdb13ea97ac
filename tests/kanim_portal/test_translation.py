import io
import re
from collections import Counter

import pytest
from babel.messages.extract import extract
from babel.messages.mofile import read_mo
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation.template import templatize

from cases import access_link
from cases.receipt import render_receipt
from tests.cases.citizens import CASE, TRACK, make_tracked, open_case
from tests.cases.intake import FORMS, fill_in, send
from tests.factories import NOW, make_case, make_upload
from tests.office.paper import text_of

from .english import (
    CATALOGUE,
    FOLDER,
    MESSAGES,
    TRANSLATED,
    UNTRANSLATED_IN,
    assert_english,
    pairs,
    strings,
)

COMPILED = FOLDER / "django.mo"
MARK = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>")
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2)}
PUBLIC_PAGES = [
    page
    for page in (settings.BASE_DIR / "templates").rglob("*.html")
    if "admin" not in page.relative_to(settings.BASE_DIR).parts
]
PUBLIC_CODE = [
    path
    for pattern in (
        "cases/*.py",
        "cases/intake/*.py",
        "cases/actions/citizen.py",
        "cases/models/applicant.py",
        "cases/models/deadline.py",
        "complaints/*.py",
        "infocontent/*.py",
        "infocontent/models/*.py",
        "infocontent/search/*.py",
        "infocontent/views/*.py",
        "inforequests/*.py",
        "inforequests/actions/objecting.py",
        "inforequests/models/objection.py",
        "inforequests/models/*.py",
        "dataprotection/*.py",
        "cases/models/redaction.py",
        "office/*.py",
        "reports/annual/*.py",
        "reports/figures.py",
        "surveys/reporting/*.py",
        "surveys/*.py",
        "surveys/actions/answering.py",
        "surveys/models/*.py",
        "yankomas/actions/taking.py",
        "yankomas/kiosk.py",
        "yankomas/place.py",
        "yankomas/queue.py",
    )
    for path in settings.BASE_DIR.glob(pattern)
]


@pytest.fixture(autouse=True)
def _needs_the_compiled_catalogue(settings):
    assert COMPILED.exists(), f"{COMPILED} is missing: run `make install`"
    settings.INTAKE_MIN_SECONDS = 0


def test_the_compiled_catalogue_is_made_from_the_source():
    with COMPILED.open("rb") as compiled:
        found = {text for message in read_mo(compiled) for text in strings(message)}
    expected = {translation for _original, translation in pairs()}

    assert expected <= found, "locale/en is newer than its .mo: run `make install`"


def test_no_translation_is_a_guess():
    assert not CATALOGUE.fuzzy
    assert [message.id for message in MESSAGES if message.fuzzy] == []


def test_a_translation_keeps_every_placeholder_and_tag():
    wrong = [
        pair
        for pair in pairs()
        if len({frozenset(Counter(MARK.findall(text)).items()) for text in pair}) > 1
    ]

    assert wrong == []


def test_a_translation_ends_like_the_original():
    wrong = [
        pair for pair in pairs() if len({text[-1] in ".?:…" and text[-1] for text in pair}) > 1
    ]

    assert wrong == []


def messages_of(source):
    found = extract("python", io.BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"})
    for _line, message, _comments, _context in found:
        yield from (message,) if isinstance(message, str) else filter(None, message)


@pytest.mark.parametrize("page", PUBLIC_PAGES, ids=lambda page: page.name)
def test_every_message_of_a_public_page_has_an_english_text(page):
    # Without indentation, which the blanked-out markup of a template does not keep in order.
    source = "\n".join(line.lstrip() for line in templatize(page.read_text()).splitlines())

    assert set(messages_of(source)) <= TRANSLATED, "run makemessages and translate"


@pytest.mark.parametrize("path", PUBLIC_CODE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_message_of_public_code_has_an_english_text(path):
    source = path.read_text()

    assert set(messages_of(source)) <= TRANSLATED, "run makemessages and translate"
    assert "{_(" not in source, "makemessages cannot see into an f-string"


STEPS = [f"/{form}/{step}/" for form, steps in FORMS.items() for step in steps]
PLAIN = [
    "/",
    "/pengaduan/",
    "/permohonan/",
    "/permohonan/urusan-sendiri/",
    "/tanya/",
    "/keberatan/",
    "/keberatan/berkala/",
    "/lacak/",
    "/lacak/lupa-kode/",
    "/lacak/lupa-kode/?terkirim=ya",
    "/lacak/kode-baru/tidak-ada/",
    "/privasi/",
    "/informasi/mengikuti-kasus/",
    "/tidak-ada/",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PLAIN + STEPS)
def test_a_page_is_english_throughout(client, address):
    assert_english(client, lambda client: client.get(address))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [*STEPS, "/lacak/", "/lacak/lupa-kode/"])
def test_a_refusal_is_english_throughout(client, address):
    bad = {
        "email": "tanpa alamat",
        "phone": "nol",
        "narrative": "x",
        "happened_on": "2027-01-01",
        "nik": "123",
        "situs_web": "x",
        "berkas": [make_upload("catatan.txt", b"x"), make_upload("kosong.pdf", b"")],
    }

    assert_english(client, lambda client: client.post(address, bad))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("applicant", "acting"), [("badan_hukum", "sendiri"), ("kelompok", "kuasa")]
)
def test_each_applicant_is_asked_in_english(client, applicant, acting):
    client.post("/permohonan/pemohon/", {"applicant_kind": applicant, "acting": acting})

    assert_english(client, lambda client: client.get("/permohonan/identitas/"))


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_resuming_checking_and_the_receipt_are_english_throughout(client, form):
    client.post(f"/{form}/lampiran/", {"berkas": make_upload()})
    fill_in(client, form)

    assert_english(client, lambda client: client.get(f"/{form}/"))
    assert_english(client, lambda client: client.get(f"/{form}/lampiran/"))
    assert_english(client, lambda client: client.get(f"/{form}/periksa/"))
    client.post(f"/{form}/periksa/")
    assert_english(client, lambda client: client.get(f"/{form}/terkirim/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        *(("pengaduan", status) for status in (
            "diterima", "perlu_dilengkapi", "terverifikasi", "didisposisi", "diproses",
            "menunggu_persetujuan", "ditanggapi", "selesai", "diteruskan", "dicabut", "duplikat",
        )),
        ("permohonan", "ditanggapi"),
        ("keberatan", "selesai"),
        ("pertanyaan", "diproses"),
    ],
)  # fmt: skip
def test_a_followed_case_is_english_throughout(client, kind, status):
    open_case(client, kind, status)

    assert_english(client, lambda client: client.get(CASE))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["pengaduan", "permohonan"])
def test_an_overdue_case_is_english_throughout(client, kind):
    open_case(client, kind, at=NOW.replace(month=9))

    assert_english(client, lambda client: client.get(CASE))


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["tambah", "lengkapi", "tanggapi", "selesai", "cabut"])
def test_what_follows_a_citizens_step_is_english_throughout(client, sent):
    open_case(client)

    assert_english(client, lambda client: client.get(f"{CASE}?terkirim={sent}"))


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["tambah", "selesai", "lengkapi"])
def test_a_refused_step_is_english_throughout(client, verb):
    open_case(client)
    more = {"text": "Hello", "files": make_upload("catatan.txt", b"x")} if verb != "tambah" else {}

    assert_english(client, lambda client: client.post(f"{CASE}{verb}/", more))


@pytest.mark.django_db
def test_withdrawing_and_leaving_are_english_throughout(client):
    case, code = make_tracked()
    client.post(TRACK, {"reference": case.reference, "code": code})

    assert_english(client, lambda client: client.get(f"{CASE}cabut/"))
    assert_english(client, lambda client: client.get("/lacak/"))
    assert_english(client, lambda client: client.post("/lacak/keluar/", follow=True))
    assert_english(client, lambda client: client.get(CASE, follow=True))


@pytest.mark.django_db
def test_a_key_that_does_not_fit_and_a_new_code_are_english_throughout(client):
    case, _code = make_tracked()
    link = f"/lacak/kode-baru/{access_link.make(case)}/"
    wrong = {"reference": case.reference, "code": "0000-0000-0000-0000"}

    assert_english(client, lambda client: client.post(TRACK, wrong))
    assert_english(client, lambda client: client.get(link))
    assert_english(
        client, lambda client: client.post(f"/lacak/kode-baru/{access_link.make(case)}/")
    )


@pytest.mark.django_db
def test_an_expired_form_and_a_limit_are_english_throughout(settings):
    strict = Client(enforce_csrf_checks=True)
    settings.RATE_LIMIT_FACTOR = 0

    assert_english(strict, lambda client: client.post(TRACK))
    assert_english(
        Client(), lambda client: client.post(TRACK, {"reference": "PG-2026-000001", "code": "x"})
    )
    assert_english(Client(), lambda client: client.post("/tanya/pertanyaan/", {}))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "phrases"),
    [
        ("/", ("What would you like to tell us?", "Ask about a service", "Skip to content")),
        ("/pengaduan/pelapor/", ("Confidential: only the verifying officer", "Save and continue")),
        ("/permohonan/", ("foreign nationals", "Public information request")),
        ("/lacak/", ("Track your case", "Access code", "Lost your access code?")),
        ("/tidak-ada/", ("We cannot find this page",)),
    ],
)
def test_an_english_reader_finds_these_words(client, address, phrases):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(address).content.decode().lower()

    for phrase in phrases:
        assert phrase.lower() in page


@pytest.mark.django_db
def test_the_english_form_gives_an_english_case(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    receipt = send(client, "tanya").content.decode()

    assert "Thank you, we have received it" in receipt
    assert "5 working days, counted from the day after Tuesday, 24 November 2026." in receipt
    assert "Saturday, 28 November 2026: Saturday" in receipt


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "phrases"),
    [
        (
            "pengaduan",
            ("Complainant", "Where it happened", "14 working days", "28 Nov 2026 (Saturday)"),
        ),
        ("permohonan", ("Your rights as a requester", "How to get the information", "Get a copy")),
    ],
)
def test_the_receipt_of_an_english_case_is_english(kind, phrases):
    lodged = {"place": "Counter 3"} if kind == "pengaduan" else {}
    text = text_of(render_receipt(make_case(kind, at=NOW, language="en", **lodged)))

    for phrase in ("Received electronically by the information desk", *phrases):
        assert phrase in text
    assert not UNTRANSLATED_IN.search(text)


@pytest.mark.parametrize("status", [400, 500, 503])
def test_a_page_without_a_language_speaks_both(status):
    assert '<p lang="en">' in render_to_string(f"errors/{status}.html")


def test_every_letter_to_a_citizen_exists_in_english():
    letters = list((settings.BASE_DIR / "templates" / "cases" / "mail").glob("[a-z]*.id.txt"))
    to_citizens = [letter for letter in letters if "_kaki.id.txt" in letter.read_text()]

    assert len(to_citizens) >= 6
    for letter in to_citizens:
        assert letter.with_name(letter.name.replace(".id.", ".en.")).exists(), letter.name
