"""Role x object x page: the same world through the doors that a browser can try."""

import re
from io import BytesIO

import openpyxl
import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse

from cases.models import AccessLog, Attachment, Case, CaseEvent
from cases.workflow import Privacy, Status
from tests.access.world import (
    ASSIGNERS,
    EVERYBODY,
    EXPORTERS,
    OVERSEERS,
    READERS,
    SEES,
    WORD,
    World,
    marker,
    sees,
)
from tests.factories import IDENTITY, make_pdf

pytestmark = pytest.mark.django_db

CELLS = [(who, what) for who in EVERYBODY for what in SEES]
LIST = "/admin/cases/case/"
CLOSED = {302, 403, 404}


def text(response: HttpResponse) -> str:
    return response.content.decode()


def page(world: World, who: str, address: str) -> HttpResponse:
    """A page that shows many cases at once; fetched once for each person."""
    if (who, address) not in world.pages:
        world.pages[who, address] = world.client(who).get(address)
    return world.pages[who, address]


def shows(response: HttpResponse, world: World, what: str) -> bool:
    """Whether anything on the page gives the case away."""
    words = text(response)
    return world.cases[what].reference in words or marker(what) in words


LISTS = [
    LIST,
    f"{LIST}?q={WORD}",
    f"{LIST}?status=terbuka&kind=pengaduan",
    f"{LIST}?received_from=2026-01-01&o=due_on",
    # A lookup that is not offered is ignored; it must not become a question to other tables.
    f"{LIST}?section__code=lantaskim&assignee__password__startswith=a",
]
WITH_A_LIST = READERS | {"officer_without_section", "reported_officer", "head_of_reported"}


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_list_its_search_and_its_filters(world, who, what):
    for address in LISTS:
        response = page(world, who, address)

        assert shows(response, world, what) is sees(who, what), address
        assert (response.status_code == 200) is (who in WITH_A_LIST), address
        assert response.status_code == 200 or response.status_code in CLOSED


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_search_by_reference(world, who, what):
    response = world.client(who).get(LIST, {"q": world.cases[what].reference})

    assert (marker(what) in text(response)) is sees(who, what)


@pytest.mark.parametrize("who", sorted(READERS))
def test_the_count_above_the_list(world, who):
    response = page(world, who, f"{LIST}?q={WORD}")

    assert response.context["count"] == str(len([what for what in SEES if sees(who, what)]))


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_case_page(world, who, what):
    response = world.client(who).get(f"{LIST}{world.cases[what].pk}/change/")

    assert (response.status_code == 200) is sees(who, what)
    assert (marker(what) in text(response)) is sees(who, what)
    assert IDENTITY.full_name not in text(response)
    if not sees(who, what):
        assert response.status_code in CLOSED


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_stock_pages_of_the_admin(world, who, what):
    client = world.client(who)

    for door in ("history/", "delete/", "", "../add/"):
        response = client.get(f"{LIST}{world.cases[what].pk}/{door}")
        assert response.status_code in CLOSED
        assert not shows(response, world, what)


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_a_verb_by_its_address(world, who, what):
    case = world.cases[what]
    events = CaseEvent.objects.count()

    response = world.client(who).post(
        f"{LIST}{case.pk}/lakukan/catatan/", {"text": "Catatan", "version": case.version}
    )

    assert response.status_code in CLOSED
    assert CaseEvent.objects.count() - events == sees(who, what)
    assert sees(who, what) or not shows(response, world, what)


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_identity_by_its_address(world, who, what):
    case = world.cases[what]
    for_two = case.privacy != Privacy.CONFIDENTIAL or who in {"verifier", "office_head"}
    may = sees(who, what) and what != "anonymous" and for_two

    response = world.client(who).post(
        f"{LIST}{case.pk}/identitas/", {"purpose": "Menelepon pelapor untuk janji temu"}
    )

    assert (IDENTITY.full_name in text(response)) is may
    assert AccessLog.objects.filter(what="identitas").count() == may
    if not may:
        assert response.status_code in CLOSED


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_forged_numbers_in_a_bulk_step(world, who, what):
    response = world.client(who).post(
        LIST, {"action": "disposisi", "_selected_action": [c.pk for c in world.cases.values()]}
    )

    assert shows(response, world, what) is (sees(who, what) and who in ASSIGNERS)


@pytest.mark.parametrize("who", EVERYBODY)
def test_forged_numbers_in_the_last_bulk_step(world, who):
    section = world.people["officer"].section
    picked = ",".join(f"{case.pk}:{case.version}" for case in world.cases.values())

    world.client(who).post(
        LIST, {"action": "disposisi", "picked": picked, "to": f"seksi-{section.pk}", "note": ""}
    )

    moved = {
        what
        for what, case in world.cases.items()
        if Case.objects.get(pk=case.pk).version != case.version
    }
    allowed = {w for w in SEES if sees(who, w) and w != "unverified"} if who in ASSIGNERS else set()
    assert moved <= allowed


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_export(world, who, what):
    response = page(world, who, f"{LIST}ekspor/")

    may_export = who in EXPORTERS | {"head_of_reported"}
    assert (response.status_code == 200) is may_export
    if may_export:
        key = (who, "rows")
        if key not in world.pages:
            world.pages[key] = rows(b"".join(response.streaming_content))
        assert (world.cases[what].reference in world.pages[key]) is sees(who, what)
        assert IDENTITY.full_name not in world.pages[key]
    else:
        assert not shows(response, world, what)


def rows(content: bytes) -> str:
    sheet = openpyxl.load_workbook(BytesIO(content)).active
    return "\n".join(str(row) for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_attachment(world, who, what):
    file = Attachment.objects.get(token=world.tokens[what])
    default_storage.save(file.file, ContentFile(make_pdf()))

    response = world.client(who).get(f"/berkas/{file.token}/")

    assert response.status_code == (200 if sees(who, what) else 404)
    if not sees(who, what):
        assert marker(what) not in text(response)


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_counts_of_the_start_page(world, who):
    response = page(world, who, "/admin/")
    mine = [what for what in SEES if sees(who, what)]

    if response.status_code == 200:
        counts = {status: count for status, count, _ in response.context.get("by_status") or []}
        expected = len([what for what in mine if what != "unverified"])
        assert int(counts.get(Status.IN_PROGRESS, 0)) == expected
        assert int(counts.get(Status.RECEIVED, 0)) == (who in OVERSEERS) * 2
    else:
        assert response.status_code == 302
        assert not mine


@pytest.mark.parametrize(("who", "what"), CELLS)
def test_the_start_page_and_the_tables_beside_the_cases(world, who, what):
    for address in ("/admin/", "/admin/cases/notice/", "/admin/cases/accesslog/"):
        response = page(world, who, address)

        assert sees(who, what) or not shows(response, world, what)
        if who not in OVERSEERS and address != "/admin/":
            assert response.status_code in CLOSED


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_stock_addresses_that_answer_about_any_row(world, who):
    kind = ContentType.objects.get_for_model(Case)
    client = world.client(who)

    for what, case in world.cases.items():
        for address in (
            f"/admin/r/{kind.pk}/{case.pk}/",
            f"/admin/autocomplete/?app_label=cases&model_name=case&field_name=duplicate_of"
            f"&term={WORD}",
            f"/admin/jsi18n/?q={case.pk}",
            f"/admin/cases/caseevent/{case.pk}/change/",
            f"/admin/cases/applicant/{case.pk}/change/",
        ):
            response = client.get(address)
            assert response.status_code in CLOSED or "jsi18n" in address
            assert not shows(response, world, what)


@pytest.mark.parametrize("who", ["officer", "head", "officer_elsewhere", "colleague_of_reported"])
def test_naming_another_case_as_the_original_tells_nothing_about_it(world, who):
    own = next(what for what in SEES if sees(who, what))
    hidden = next(what for what in SEES if not sees(who, what))
    client, case = world.client(who), world.cases[own]

    def answer(reference: str) -> str:
        response = client.post(
            f"{LIST}{case.pk}/lakukan/duplikat/",
            {"original": reference, "reason": "", "confirm": "on", "version": case.version},
        )
        return re.sub(r'value="[^"]*"', "", text(response)).replace(reference, "")

    assert answer(world.cases[hidden].reference) == answer("PG-2026-999999")
    assert Case.objects.get(pk=case.pk).status == Status.IN_PROGRESS


@pytest.mark.parametrize("what", SEES)
def test_a_citizen_sees_the_own_case_and_no_other(world, what):
    response = world.client("citizen").get("/lacak/kasus/")

    assert world.citizens_case.reference in text(response)
    assert not shows(response, world, what)


@pytest.mark.parametrize("who", ["visitor", "officer", "office_head"])
def test_nobody_enters_the_tracking_page_without_the_code(world, who):
    response = world.client(who).get("/lacak/kasus/")

    assert response.status_code in {302, 403, 404}
    assert world.citizens_case.subject not in text(response)


@pytest.mark.parametrize("who", EVERYBODY)
def test_reaching_for_a_case_out_of_sight_is_put_on_record(world, who):
    hidden = [what for what in SEES if not sees(who, what)]
    client = world.client(who)

    for what in hidden:
        client.get(f"{LIST}{world.cases[what].pk}/change/")

    logged = AccessLog.objects.filter(what="ditolak").count()
    is_staff = who not in {"visitor", "citizen", "left"}
    assert logged == (len(hidden) if is_staff else 0)
