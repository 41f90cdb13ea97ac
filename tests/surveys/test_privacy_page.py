"""What the privacy page says of the survey is what the survey keeps."""

import pytest

from surveys.models import Invitation, Response, SpentKey, Trace

pytestmark = pytest.mark.django_db
LANGUAGES = [
    ("id", ["Survei kepuasan", "satu kali", "Nama Anda tidak ditanyakan", "bulannya"]),
    ("en", ["Satisfaction survey", "works once", "not asked for your name", "the month"]),
]


def columns(model) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


@pytest.mark.parametrize(("language", "said"), LANGUAGES)
def test_the_privacy_page_tells_of_the_survey(client, language, said):
    client.cookies["bahasa"] = language

    page = client.get("/privasi/").content.decode()

    assert all(words in page for words in said)


def test_nothing_more_is_kept_than_the_page_says():
    about = {"sex", "age", "education", "occupation", "hours"}
    judged = {"is_flagged", "flag_reason", "comment_topic"}

    assert columns(Response) == {
        "id", "instrument", "month", "source", "service", "comment", *about, *judged,
    }  # fmt: skip
    assert columns(Invitation) == {"id", "digest", "after", "service", "created_on", "expires_on"}
    assert columns(SpentKey) == {"digest", "spent_on"}
    assert columns(Trace) == {"response", "device", "place", "at"}
