"""The waiting room in three browsers: kiosk, counter, board."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page, Response, expect

Visitor = Callable[..., Page]

# blackbox/prepare.py leaves it free.
COUNTER = 7
# A look is made every 1.5 s and may wait 4 s for a silent line; a busy machine is slower.
BACK = 15_000
LONG_SENTENCE = 20_000


@pytest.fixture
def counter(visitor: Visitor) -> Iterator[Page]:
    """An officer at a counter. Nobody is left there afterwards, so that every test begins alike."""
    page = visitor(staff="yankomas")
    page.goto("/yankomas/loket/")
    page.select_option("[name=counter]", label=f"Loket {COUNTER}")
    page.get_by_role("button", name="Buka loket").click()
    yield page
    page.goto("/yankomas/loket/")
    # Twice away, and the number is closed.
    for _ in range(2):
        if page.get_by_role("button", name="Panggil berikutnya").is_visible():
            call(page)
        page.get_by_role("button", name="Tidak datang").click()
        expect(page.get_by_role("button", name="Panggil berikutnya")).to_be_visible()
    page.get_by_role("button", name="Tutup loket").click()
    expect(page.get_by_role("button", name="Buka loket")).to_be_visible()


def take_number(visitor: Visitor) -> str:
    kiosk = visitor()
    kiosk.goto("/yankomas/ambil/")
    kiosk.get_by_role("button", name=re.compile("Paspor")).click()
    return kiosk.inner_text("#nomor")


def call(page: Page) -> None:
    page.get_by_role("button", name="Panggil berikutnya").click()


def open_board(visitor: Visitor) -> Page:
    board = visitor()
    with board.expect_response("**/yankomas/layar/isi/"):
        board.goto("/yankomas/layar/")
    return board


def test_a_call_comes_on_the_board_and_is_told_to_readers(visitor: Visitor, counter: Page):
    board = open_board(visitor)
    number = take_number(visitor)
    expect(board.locator("#berikut")).to_contain_text(number, timeout=BACK)

    call(counter)
    line = board.locator("#loket li.memanggil", has_text=number)
    line.wait_for(timeout=BACK)

    expect(line).to_contain_text(f"Loket {COUNTER}")
    region = board.locator("[aria-live]#panggilan")
    expect(region).to_have_text(f"Nomor {number}, silakan ke loket {COUNTER}")
    # It is said once and goes away by itself.
    expect(region).to_have_text("", timeout=LONG_SENTENCE)
    board.wait_for_timeout(2_000)
    expect(region).to_have_text("")


def test_a_call_is_spoken_word_by_word_from_the_portal_itself(visitor: Visitor, counter: Page):
    board = visitor()
    # Notes when each sound begins and ends on the clock of the sound card.
    board.add_init_script("""
        window.spoken = [];
        const start = AudioBufferSourceNode.prototype.start;
        AudioBufferSourceNode.prototype.start = function (at) {
            window.spoken.push([at, at + this.buffer.duration]);
            start.call(this, at);
        };
    """)
    sounds: list[Response] = []
    board.on("response", lambda answer: answer.url.endswith(".wav") and sounds.append(answer))
    with board.expect_response("**/yankomas/layar/isi/"):
        board.goto("/yankomas/layar/")
    button = board.get_by_role("button", name="Nyalakan suara")
    if button.is_visible():
        button.click()
    expect(button).to_be_hidden()
    number = take_number(visitor)

    call(counter)
    expect(board.locator("#panggilan")).to_contain_text(number, timeout=BACK)
    # Called again while the first call is still being spoken.
    counter.get_by_role("button", name="Panggil lagi").click()
    words = len(sounds_of(board, at_least=2))
    spoken = sounds_of(board, at_least=2 * words)

    assert len(spoken) == 2 * words
    assert all(end <= begin + 0.001 for (_, end), (begin, _) in pairwise(spoken))
    assert [answer.status for answer in sounds] == [200] * len(sounds)
    names = {re.sub(r".*/suara/|\.wav", "", answer.url) for answer in sounds}
    assert {"nomor-antrean", "huruf-a", "silakan-ke-loket", "tujuh"} <= names


def sounds_of(board: Page, at_least: int) -> list[list[float]]:
    board.wait_for_function("least => window.spoken.length >= least", arg=at_least)
    return board.evaluate("window.spoken")


def test_without_a_line_the_board_says_so_and_goes_on_by_itself(visitor: Visitor, counter: Page):
    board = open_board(visitor)
    lost = board.get_by_text("Sambungan terputus")
    expect(lost).to_be_hidden()

    board.context.set_offline(True)
    expect(lost).to_be_visible(timeout=BACK)
    number = take_number(visitor)
    call(counter)
    expect(counter.locator("[data-number]")).to_have_text(number)
    board.context.set_offline(False)

    expect(lost).to_be_hidden(timeout=BACK)
    expect(board.locator("#loket li.memanggil")).to_contain_text(number)
    expect(board.locator("#panggilan")).to_have_text(f"Nomor {number}, silakan ke loket {COUNTER}")


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({"status": 502, "body": "Bad Gateway"}, id="server-away"),
        pytest.param({"status": 200, "body": "<title>Masuk Wi-Fi</title>"}, id="a-strangers-page"),
    ],
)
def test_a_wrong_answer_is_no_answer(visitor: Visitor, answer):
    board = open_board(visitor)
    lost = board.get_by_text("Sambungan terputus")
    board.route("**/yankomas/layar/isi/", lambda route: route.fulfill(**answer))
    expect(lost).to_be_visible(timeout=BACK)
    # The same wrong page a second time is still wrong.
    for _ in range(2):
        with board.expect_response("**/yankomas/layar/isi/"):
            pass
    board.wait_for_timeout(200)
    expect(lost).to_be_visible()

    board.unroute("**/yankomas/layar/isi/")

    expect(lost).to_be_hidden(timeout=BACK)


def test_a_call_from_before_the_board_was_opened_is_shown_and_not_repeated(
    visitor: Visitor, counter: Page
):
    number = take_number(visitor)
    call(counter)
    expect(counter.locator("[data-number]")).to_have_text(number)

    board = open_board(visitor)
    expect(board.locator("#loket li.memanggil")).to_contain_text(number)
    board.wait_for_timeout(3_500)

    expect(board.locator("#panggilan")).to_have_text("")
