import pytest

from cases.receipt import render_receipt
from office import pdf
from tests.factories import make_case

from .paper import accessibility_of


@pytest.mark.parametrize("address", ["http://example.com/x.png", "file:///etc/passwd", "data:,x"])
def test_a_page_on_paper_fetches_nothing(address):
    with pytest.raises(ValueError, match="fetches nothing"):
        pdf._fetcher().fetch(address)


def test_the_own_font_is_at_hand():
    assert pdf._fetcher().fetch(pdf.FONT_URL).read()[:4] == b"wOF2"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title"), [("id", "Tanda bukti penerimaan"), ("en", "Receipt")]
)
def test_what_is_printed_can_be_read_by_a_screen_reader(language, title):
    case = make_case("permohonan", language=language)

    said = accessibility_of(render_receipt(case))

    assert said["is_tagged"]
    assert said["claims_ua"]
    assert said["language"] == language
    assert said["pages"] >= 1
    assert said["title"] == f"{title} {case.reference}"
