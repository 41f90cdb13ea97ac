"""Items made by the real verbs."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count

from infocontent import actions, search
from infocontent.models import (
    Announcement,
    Exclusion,
    Item,
    Kind,
    Posting,
    PublicInformation,
    Tariff,
    Term,
    Topic,
)
from office.models import User
from office.roles import Role
from tests.factories import NOW, make_user


def content(topic: str = "paspor-baru", **more: Any) -> dict[str, Any]:
    """What an editor has typed: enough of everything for any kind of item."""
    return {
        "topic": Topic.objects.get(code=topic),
        "title": "Syarat paspor baru",
        "body": "Isi pertama.\n\nIsi kedua.",
        **more,
    }


def make_draft(
    slug: str = "syarat-paspor",
    topic: str = "paspor-baru",
    kind: str = Kind.FAQ,
    *,
    author: User | None = None,
    at: datetime | None = None,
    plan: dict[str, Any] | None = None,
    **more: Any,
) -> Item:
    """An item that one person has written and nobody else has seen."""
    return actions.create(
        actor=author or make_user(Role.HUMAS),
        kind=kind,
        slug=slug,
        content=content(topic, **{"title": f"Judul {slug}", **more}),
        at=at,
        **(plan or {}),
    )


def put_out(item: Item, *, at: datetime | None = None) -> Item:
    """Hand in the open version and let a second person approve it."""
    actions.submit(item, actor=make_user(Role.HUMAS), at=at)
    actions.approve(item, actor=make_user(Role.PPID), at=at)
    return item


def make_item(
    slug: str = "syarat-paspor", topic: str = "paspor-baru", is_published: bool = True, **more: Any
) -> Item:
    item = make_draft(slug, topic, **more)
    return put_out(item, at=more.get("at")) if is_published else item


def stored_counts() -> dict[str, int]:
    """In how many documents the index says that each stem is."""
    return dict(Term.objects.filter(documents__gt=0).values_list("text", "documents"))


def true_counts() -> dict[str, int]:
    """The same, counted."""
    held = Posting.objects.values_list("term__text").annotate(Count("document"))
    return dict(held.order_by())


def codes(thing: Item | Announcement) -> list[str]:
    """What happened to it, in order."""
    return [str(code) for code in thing.events.values_list("code", flat=True)]


def make_announcement(title: str = "Gangguan sistem", **more: Any) -> Announcement:
    """Out, put there by one head alone."""
    return actions.announce_now(actor=make_user(Role.OFFICE_HEAD), title=title, **more)


def make_information(number: int = 9001, **more: Any) -> PublicInformation:
    """A row of the DIP, in the search as the admin puts it there."""
    row = PublicInformation.objects.create(
        **{
            "number": number,
            "category": PublicInformation.Category.PERIODIC,
            "summary": f"Laporan nomor {number}",
            "holder": "Subbagian Tata Usaha",
            "responsible": "Kepala Subbagian Tata Usaha",
            "made": "Januari 2026, Bandung",
            "available_as": "Cetak dan elektronik",
            "retention": "5 tahun",
            "updated_at": NOW,
            **more,
        }
    )
    search.index_information(row)
    return row


def make_exclusion(**more: Any) -> Exclusion:
    """A decision with its consequence test, in force for all of 2026."""
    return Exclusion.objects.create(
        **{
            "title": "Berkas penyidikan",
            "ground": Exclusion.Ground.LAW_ENFORCEMENT,
            "legal_basis": "UU 14/2008 Pasal 17 huruf a",
            "if_opened": "Menghambat penyidikan.",
            "if_closed": "Penyidikan berjalan.",
            "holder": "Seksi Inteldakim",
            "decree_number": "SK-1/2026",
            "decree_on": date(2026, 1, 1),
            "tested_on": date(2025, 12, 15),
            "tested_at_place": "Bandung",
            "participants": "Kepala Seksi Inteldakim",
            "starts_on": date(2026, 1, 1),
            "ends_on": date(2026, 12, 31),
            **more,
        }
    )


def make_tariff(amount: int, valid_from: date, code: str = "uji", **more: Any) -> Tariff:
    return Tariff.objects.create(
        code=code,
        amount=amount,
        valid_from=valid_from,
        **{"group": "kelompok-uji", "name": "Layanan uji", "source": "PP Uji", **more},
    )
