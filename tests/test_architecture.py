"""Rules of the house that no linter of ours can see."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
APPS = [
    "kanim_portal",
    "office",
    "infocontent",
    "cases",
    "complaints",
    "inforequests",
    "yankomas",
    "channels",
    "surveys",
    "dataprotection",
    "reports",
]
SKIPPED = {".git", ".venv", "var", "node_modules", "__pycache__", "migrations"}
SKIPPED |= {".ruff_cache", ".mypy_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
TEXT = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".js",
    ".css",
    ".toml",
    ".json",
    ".svg",
    ".po",
    ".yml",
    ".sh",
}
TEXT |= {".conf", ".service", ".example", ""}


def files(*suffixes: str, under: list[str] | None = None) -> list[Path]:
    """The repository's own files, without what others wrote or a program made."""
    starts = [ROOT / name for name in under] if under else [ROOT]
    return [
        path
        for start in starts
        for path in sorted(start.rglob("*"))
        if path.is_file()
        and path.suffix in (suffixes or TEXT)
        and not SKIPPED & set(path.relative_to(ROOT).parts)
    ]


def lines(paths: list[Path], pattern: str) -> list[str]:
    """Every line in which the pattern occurs, as file:line."""
    found = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:300]}"
        for path in paths
        for number, line in enumerate(
            path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1
        )
        if found.search(line)
    ]


def test_there_is_something_to_look_at():
    assert len(files(".py", under=APPS)) > 50
    assert len(files(".html")) > 10


def test_no_module_is_longer_than_four_hundred_lines():
    long = {
        str(path.relative_to(ROOT)): count
        for path in files(".py")
        if (count := len(path.read_text().splitlines())) > 400
    }

    assert long == {}


def test_a_module_is_named_after_what_is_in_it():
    vague = {"utils", "helpers", "services", "selectors", "managers", "signals", "common", "misc"}

    found = [str(path) for path in files(".py") if vague & {path.stem, path.parent.name}]

    assert found == []


def test_only_the_first_settings_file_reads_the_environment():
    others = [path for path in files(".py", under=APPS) if path.name != "settings.py"]

    assert lines(others, r"\bos\.environ\b(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")") == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\bmark_safe\b",
        r"\bcsrf_exempt\b",
        r"\bSafeString\b",
        r"\.extra\(",
        r"\.raw\(",
        r"\bpickle\b",
        r"\b(eval|exec)\(",
        r"shell=True",
        r"verify=False",
        r"\brandom\.(choice|randint|random|sample)\(.*(code|token|secret|key)",
        r"from django\.db\.models\.signals import",
        r"\bprint\(",
        r"@method_decorator\(csrf",
    ],
)
def test_what_opens_holes_is_not_used(pattern):
    assert lines(files(".py", under=APPS), pattern) == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"\|\s*safe\b",
        r"\{%\s*autoescape\s+off",
        r"\|\s*safeseq\b",
        r"\sstyle\s*=\s*[\"']",
        r"\son[a-z]+\s*=\s*[\"']",
        r"<script(?![^>]*\ssrc=)[^>]*>",
        r"<style\b",
        r"javascript:",
        r"hx-on",
        r"hx-vals\s*=\s*[\"']js:",
    ],
)
def test_no_template_goes_round_the_content_security_policy(pattern):
    # What crispy has rendered already reaches its own templates as ready HTML; the printed receipt
    # goes to the PDF writer and never to a browser.
    pages = [path for path in files(".html") if not path.name.endswith(".pdf.html")]
    rendered = re.compile(r"\{\{ fields(_output)?\|safe \}\}")

    found = [line for line in lines(pages, pattern) if not rendered.search(line)]

    assert found == []


def test_every_posted_form_of_a_template_carries_the_token():
    missing = []
    for path in files(".html", under=["templates"]):
        for form in re.findall(r"<form\b[^>]*>.*?</form>", path.read_text(), re.S):
            opening = form[: form.index(">")]
            if re.search(r"method\s*=\s*[\"']post", opening, re.I) and "csrf_token" not in form:
                missing.append(f"{path.relative_to(ROOT)}: {opening}")

    assert missing == []


def test_nothing_is_fetched_from_anybody_else():
    sent = files(".html", ".css", ".js", ".svg", under=["templates", "static"])
    address = r"\s*[\"']?(?:https?:)?//"
    # A link that a person may follow is not a request; everything else with an address is one.
    foreign = rf"(?:src|action|srcset|data|poster)\s*={address}|<link[^>]*href\s*={address}"

    assert lines(sent, rf"{foreign}|url\({address}|@import") == []
    assert lines(files(".js", under=["static"]), r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}/") == []


def test_every_variable_that_the_settings_read_is_listed_for_the_operator():
    read = set(
        re.findall(
            r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (ROOT / "kanim_portal/settings.py").read_text()
        )
    )
    listed = set(re.findall(r"^#?\s?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read
    assert read - listed == set()
    assert listed - read == set()


def test_the_repository_speaks_of_nothing_but_itself():
    words = ["/" + "work/", "/tmp/" + "scratch", "issue" + "s show", "help" + "er session"]
    words += ["pypi" + ".org", "files.python" + "hosted", "T" + "ODO", "FIX" + "ME", "XX" + "X:"]
    pattern = "|".join(re.escape(word) for word in words)

    assert lines(files(), pattern) == []


def test_every_pinned_package_has_one_version():
    for name in ("requirements.txt", "requirements-dev.txt"):
        required = [
            line
            for line in (ROOT / name).read_text().splitlines()
            if line and not line.startswith(("#", "-r"))
        ]
        assert required
        assert [line for line in required if not re.fullmatch(r"[\w.,\[\]-]+==[\w.]+", line)] == []


def test_no_test_is_skipped_by_a_mark():
    tests = [path for path in files(".py", under=["tests"]) if path.name != Path(__file__).name]

    assert lines(tests, r"pytest\.(mark\.)?(skip|xfail|skipif)\b") == []


def test_every_test_folder_mirrors_an_app():
    folders = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir()} - SKIPPED

    assert folders <= {*APPS, "e2e", "access", "blackbox"}


def test_models_are_protected_from_silent_deletion():
    allowed = {"SavedFilter", "DraftFile"}
    cascades = []
    for path in files(".py", under=APPS):
        model = ""
        for line in path.read_text().splitlines():
            if found := re.match(r"class (\w+)", line):
                model = found[1]
            if "on_delete=models.CASCADE" in line and model not in allowed:
                cascades.append(f"{path.name}: {model}")

    assert cascades == []


def test_only_the_verbs_write_a_case():
    outside = [
        path
        for path in files(".py", under=["cases", "complaints", "inforequests", "kanim_portal"])
        if "actions" not in path.parts and path.name != "actions.py"
    ]

    assert lines(outside, r"\.status\s*=\s*Status\.|\bcase\.status\s*=[^=]") == []
    assert lines(outside, r"Case\.objects[^#]*\.(update|create|bulk_create)\(") == []
    assert lines(outside, r"(?<!class )CaseEvent(\.objects\.(create|bulk_create)|\()") == []
