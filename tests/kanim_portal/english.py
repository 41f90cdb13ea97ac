"""The English catalogue, and what a page says to an Indonesian and to an English reader."""

import re
from html.parser import HTMLParser

from babel.messages.pofile import read_po
from django.conf import settings

from cases.models import Message
from infocontent.models import Topic
from office.models import Office
from tests.cases.intake import FORMS
from tests.factories import IDENTITY

FOLDER = settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES"
with (FOLDER / "django.po").open("rb") as source:
    CATALOGUE = read_po(source, locale="en")
MESSAGES = [message for message in CATALOGUE if message.id]


def ids(message):
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def strings(message):
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def pairs():
    """Every translated text with its original, singular and plural."""
    for message in MESSAGES:
        for original, translation in zip(ids(message), strings(message), strict=True):
            if translation:
                yield original, translation


TRANSLATED = {original for original, _translation in pairs()}
UNTRANSLATED = {original for message in MESSAGES for original in ids(message)} - TRANSLATED
SAME_WORD = {original for original, translation in pairs() if original == translation}
UNTRANSLATED_IN = re.compile(
    rf"(?<!\w)({'|'.join(map(re.escape, sorted(UNTRANSLATED, key=len, reverse=True)))})(?!\w)"
)

# What the builders write into a case, and what the tests type: no reader's language changes it.
OF_THE_CASE = {
    "Antrean loket terlalu lama",
    "Saya menunggu empat jam di loket pengambilan paspor.",
    "Loket kedua sudah dibuka.",
    "Kapan kejadiannya?",
    "Dinas Perhubungan",
    "Dinas Perhubungan: Bukan wewenang kantor imigrasi.",
    "tanpa alamat",
    "nol",
    "Hello",
    "x",
}
# Dates, hours, sizes, file names, references, colours, grades and what a script is set to can look
# alike in both languages.
ALIKE = re.compile(
    r"[\d.,: –]+( \w+ \d{4}(, [\d.]+)?)?( (bytes?|KB|MB|WIB))?"
    r"|[\w -]+\.(jpg|pdf|txt)( \(.*\))?|[A-Z]{2}-2026-\d{6}|([0-9A-Z]{4}-?){1,4}"
    r"|[A-D]|(Jan|Feb|Mar|Apr|April|Jun|Jul|Sep|September|Nov|November)( \d{4})?"
    r"|Rp[\d.]+|[0-9a-f]{64}"
    r'|width=.*|#[0-9a-f]{6}|\{"include.*\}'
)
VOID = {"br", "hr", "img", "input", "link", "meta"}
SPOKEN = {"alt", "aria-label", "content", "placeholder", "title"} | {
    f"data-{word}" for word in ("copied", "sending", "left", "over", "too-big", "too-many")
}


class _Page(HTMLParser):
    """Hears text and spoken attributes, outside elements that name a language of their own."""

    def __init__(self):
        super().__init__()
        self.said = set()
        self._open = []

    def handle_starttag(self, tag, attrs):
        is_silent = bool(self._open) and self._open[-1][1]
        if tag not in VOID:
            has_own_language = tag != "html" and "lang" in dict(attrs)
            self._open.append((tag, is_silent or has_own_language))
        if not is_silent:
            for name, value in attrs:
                if name in SPOKEN:
                    self._hear(value)

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and not self._open[-1][1]:
            self._hear(data)

    def _hear(self, text):
        text = " ".join(text.split())
        # An address belongs to no language.
        if re.search(r"[^\W\d_]", text) and not re.fullmatch(r"https?://\S+", text):
            self.said.add(text)


def _said(html):
    page = _Page()
    page.feed(html)
    return page.said


def _written_by_people():
    office = Office.objects.current()
    typed = {
        str(value)
        for form in FORMS.values()
        for answers in form.values()
        for value in answers.values()
    }
    names = {office.name, office.short_name, office.ministry, office.address, office.city}
    topics = {topic.name for topic in Topic.objects.all() if topic.name_en == topic.name}
    return typed | names | topics | OF_THE_CASE | {IDENTITY.full_name, IDENTITY.address}


def assert_english(client, visit):
    """Visit a page in both languages: every word differs, and none is left in Indonesian."""
    pages = {}
    for language in ("id", "en"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        pages[language] = visit(client).content.decode()
        assert f'<html lang="{language}">' in pages[language]
    known = _written_by_people() | SAME_WORD
    # A letter speaks the language in which the case was filed.
    letters = "\n".join(
        Message.objects.filter(attachments__letter__isnull=False).values_list("body", flat=True)
    )
    said = {text for text in _said(pages["en"]) - known if text not in letters}
    alike = {text for text in said & _said(pages["id"]) if not ALIKE.fullmatch(text)}
    untranslated = {text for text in said if UNTRANSLATED_IN.search(text)}

    assert not alike, f"the same in Indonesian and in English: {sorted(alike)}"
    assert not untranslated, f"not translated: {sorted(untranslated)}"
