from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from infocontent import actions, media
from infocontent.models import Kind, PublicInformation, Version
from office.roles import Role
from tests.factories import NOW, make_pdf, make_user

from .files import (
    MP4,
    VTT,
    body,
    infographic,
    read,
    rendition_address,
    take,
    take_pdf,
    take_picture,
    take_video,
)
from .items import make_draft, make_item, put_out

pytestmark = pytest.mark.django_db


def test_everybody_gets_what_a_published_item_shows(client):
    row = take_picture()
    infographic(row)

    whole = client.get(row.get_absolute_url())
    small = client.get(rendition_address(row, 480))

    assert whole["Content-Type"] == "image/jpeg"
    assert whole["Content-Disposition"] == 'inline; filename="foto.jpg"'
    assert body(whole) == read(row.file)
    assert small["Content-Type"] == "image/webp"
    assert small["Content-Disposition"] == 'inline; filename="foto-480.webp"'
    assert body(small) == read(row.renditions[0]["file"])
    for response in (whole, small):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert response["Cache-Control"] == "public, max-age=3600"
        assert "Cookie" not in response.get("Vary", "")


def test_a_document_is_a_download_under_its_clean_name(client):
    row = take_pdf("brosur – “baru”.pdf")
    make_item(kind=Kind.BROCHURE, document=row)

    response = client.get(row.get_absolute_url())

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename")
    assert body(response) == make_pdf()


def test_the_video_its_captions_and_the_document_of_a_listed_row_are_public(client):
    video, captions = take_video(), take(media.take_captions, "a.vtt", VTT.encode())
    make_item(kind=Kind.VIDEO, video=video, captions=captions, transcript="Selamat datang.")
    listed = take_pdf()
    row = make_dip(listed)

    found = [client.get(file.get_absolute_url()) for file in (video, captions, listed)]

    assert [response.status_code for response in found] == [200, 200, 200]
    assert [response["Content-Type"] for response in found] == [
        "video/mp4",
        "text/vtt",
        "application/pdf",
    ]
    PublicInformation.objects.filter(pk=row.pk).update(is_listed=False)
    assert client.get(listed.get_absolute_url()).status_code == 404


def make_dip(document):
    words = ("summary", "holder", "responsible", "made", "available_as", "retention")
    return PublicInformation.objects.create(
        number=9001,
        category=PublicInformation.Category.PERIODIC,
        document=document,
        **dict.fromkeys(words, "Laporan"),
    )


def draft_only(row):
    make_draft(kind=Kind.INFOGRAPHIC, picture=row, alt="x")


def later(row):
    item = make_draft(
        kind=Kind.INFOGRAPHIC, picture=row, alt="x", plan={"publish_at": NOW + timedelta(days=1)}
    )
    put_out(item)


def archived(row):
    actions.archive(infographic(row), actor=make_user(Role.PPID), reason="Usang.")


def replaced(row):
    item = infographic(row)
    content = {"picture": take_picture("baru.jpg"), "topic": item.topic, "title": item.title}
    actions.save(item, actor=make_user(Role.HUMAS), content=content)
    put_out(item)


def expired(row):
    item = make_draft(
        kind=Kind.INFOGRAPHIC,
        picture=row,
        alt="x",
        at=NOW - timedelta(days=2),
        plan={"expires_at": NOW - timedelta(days=1)},
    )
    put_out(item, at=NOW - timedelta(days=2))


def used_by_nothing(row):
    pass


@pytest.mark.parametrize("state", [draft_only, later, archived, replaced, expired, used_by_nothing])
def test_what_nothing_published_shows_is_for_staff_alone(client, state):
    row = take_picture()
    state(row)
    addresses = [row.get_absolute_url(), rendition_address(row, 480)]
    client.force_login(make_user(Role.OFFICER))
    stranger, visitor = Client(), Client()
    visitor.force_login(make_user(Role.ADMINISTRATOR))

    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "no-store, private"
        assert stranger.get(address).status_code == 404
        assert visitor.get(address).status_code == 404


def test_the_secret_address_of_a_draft_opens_its_files_and_no_others(client):
    row, other = take_picture(), take_picture("lain.jpg")
    item = make_draft(kind=Kind.INFOGRAPHIC, picture=row, alt="x")
    token = item.open_version.preview_token

    found = client.get(f"{row.get_absolute_url()}?pratinjau={token}")
    small = client.get(f"{rendition_address(row, 480)}?pratinjau={token}")

    assert (found.status_code, small.status_code) == (200, 200)
    assert found["Cache-Control"] == "no-store, private"
    assert client.get(f"{row.get_absolute_url()}?pratinjau={token}x").status_code == 404
    assert client.get(f"{row.get_absolute_url()}?pratinjau=").status_code == 404
    assert client.get(f"{row.get_absolute_url()}?pratinjau=%00").status_code == 404
    assert client.get(f"{other.get_absolute_url()}?pratinjau={token}").status_code == 404


def test_a_discarded_draft_opens_nothing_any_more(client):
    row = take_picture()
    item = make_draft(kind=Kind.INFOGRAPHIC, picture=row, alt="x")
    actions.discard(item, actor=make_user(Role.HUMAS))

    token = Version.objects.get(item=item).preview_token

    assert client.get(f"{row.get_absolute_url()}?pratinjau={token}").status_code == 404


def test_addresses_that_nothing_belongs_to_do_not_exist(client):
    row = take_picture()
    infographic(row)
    below = f"/informasi/berkas/{row.token}"

    for address in (
        f"{below}/lain.jpg",
        f"{below}/481.webp",
        f"{below}/480.png",
        f"{below}/{'9' * 40}.webp",
        "/informasi/berkas/tidak-ada/foto.jpg",
        "/informasi/berkas/tidak-ada/480.webp",
        "/informasi/berkas/%00/480.webp",
    ):
        assert client.get(address).status_code == 404
    assert client.post(row.get_absolute_url()).status_code == 405


def test_a_row_whose_file_was_lost_is_not_found(client):
    row = take_picture()
    infographic(row)
    default_storage.delete(row.file)

    assert client.get(row.get_absolute_url()).status_code == 404


def test_a_file_that_the_browser_has_is_not_sent_again(client):
    row = take_picture()
    infographic(row)
    first = client.get(row.get_absolute_url())

    again = client.get(row.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    smaller = client.get(rendition_address(row, 480), headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again["Cache-Control"] == "public, max-age=3600"
    assert smaller.status_code == 200


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, None),
        ("bytes=-50", -50, None),
        ("bytes=-999999", 0, None),
        ("bytes=7-7", 7, 8),
        ("bytes=10-999999", 10, None),
    ],
)
def test_a_video_is_sent_in_the_stretch_that_was_asked_for(client, asked, start, end):
    row = take_video()
    make_item(kind=Kind.VIDEO, video=row, transcript="x")

    response = client.get(row.get_absolute_url(), headers={"Range": asked})

    piece = body(response)
    first = len(MP4) + start if start < 0 else start
    assert response.status_code == 206
    assert piece == MP4[start:end]
    assert response["Content-Length"] == str(len(piece))
    assert response["Content-Range"] == f"bytes {first}-{first + len(piece) - 1}/{len(MP4)}"
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=999999-1000000", "bytes=-0"])
def test_a_stretch_that_is_not_there_is_refused(client, asked):
    row = take_video()
    make_item(kind=Kind.VIDEO, video=row, transcript="x")

    response = client.get(row.get_absolute_url(), headers={"Range": asked})

    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(MP4)}"


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=",
        "bytes=-",
        "bytes=9-3",
        "bytes=0-1,5-6",
        "lines=1-2",
        "bytes=a-b",
        "bytes=" + "9" * 99,
    ],
)
def test_a_stretch_that_makes_no_sense_is_the_whole(client, asked):
    row = take_video()
    make_item(kind=Kind.VIDEO, video=row, transcript="x")

    response = client.get(row.get_absolute_url(), headers={"Range": asked})

    assert response.status_code == 200
    assert body(response) == MP4


def test_a_stretch_of_another_version_of_the_file_is_the_whole(client):
    row = take_video()
    make_item(kind=Kind.VIDEO, video=row, transcript="x")
    headers = {"Range": "bytes=0-9"}

    changed = client.get(row.get_absolute_url(), headers={**headers, "If-Range": '"lain"'})
    same = client.get(row.get_absolute_url(), headers={**headers, "If-Range": changed["ETag"]})

    assert (changed.status_code, same.status_code) == (200, 206)


def test_a_public_file_costs_one_query(client, django_assert_num_queries):
    row = take_picture()
    infographic(row)

    with django_assert_num_queries(1):
        body(client.get(rendition_address(row, 480)))
