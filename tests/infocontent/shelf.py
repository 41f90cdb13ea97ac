"""A library of any size."""

from infocontent.starter import publish_starter
from tests.factories import NOW

TOPICS = ["paspor-baru", "paspor-hilang", "itas", "antrean", "permohonan-informasi"]


def fill(number: int, prefix: str = "bahan", **more: object) -> None:
    """Publish so many questions about passports, over five topics."""
    publish_starter(
        [
            {
                "slug": f"{prefix}-{index:03}",
                "kind": "faq",
                "topic": TOPICS[index % len(TOPICS)],
                "title": f"Pertanyaan paspor nomor {index:03}",
                "body": "Tarifnya [[tarif paspor-biasa-10]], atau [[tarif paspor-biasa-5]].",
                **more,
            }
            for index in range(number)
        ],
        at=NOW,
    )


def text(response):
    return response.content.decode()
