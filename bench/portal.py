"""What has to be in the database before a portal can be measured; the queries a page needs."""

import json
import os
import random
import secrets
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "kanim_portal.settings"

import django  # noqa: E402 - the path comes first

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import Group  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from cases import access_code, drafts  # noqa: E402
from cases.models import Case, IntakeDraft  # noqa: E402
from kanim_portal.seeding.lives import code_of  # noqa: E402
from office.models import Section, User  # noqa: E402
from office.roles import Role  # noqa: E402

from .client import CSRF, Request, desk_list, open_case, send_draft, tracked_case  # noqa: E402

COMPLAINT = {
    "peristiwa": {
        "topic": "antrean",
        "subject": "Antrean loket terlalu lama",
        "narrative": "Saya menunggu empat jam di loket pengambilan paspor tanpa penjelasan. " * 5,
        "happened_on": "2026-03-02",
        "place": "Loket 3",
        "about_whom": "",
    },
    "harapan": {"loss": "Setengah hari kerja", "requested_remedy": "Jadwal baru dan penjelasan"},
    "pelapor": {"privacy": "anonim"},
}

# As the check page stored it.
CHECKED = {name: answer for step in COMPLAINT.values() for name, answer in step.items()}


def drafts_to_send(count: int) -> list[dict[str, str]]:
    """The cookies of so many citizens who have only "Kirim" left to press."""
    now = timezone.now()
    made, sessions = [], []
    for _ in range(count):
        token, store = secrets.token_urlsafe(32), SessionStore()
        key = secrets.token_hex(16)
        made.append(
            IntakeDraft(
                token=token,
                kind="pengaduan",
                data=COMPLAINT,
                checked=CHECKED,
                started_at=now - timedelta(minutes=5),
                expires_at=now + timedelta(hours=20),
            )
        )
        data = store.encode({drafts.SESSION_KEY: {"pengaduan": token}})
        sessions.append(
            Session(session_key=key, session_data=data, expire_date=now + timedelta(hours=8))
        )
    IntakeDraft.objects.bulk_create(made, batch_size=1000)
    Session.objects.bulk_create(sessions, batch_size=1000)
    return [{"sessionid": session.session_key} for session in sessions]


def desk_cookies(role: Role, section: str | None = None) -> dict[str, str]:
    """A member of staff who is logged in."""
    user, _ = User.objects.get_or_create(
        username=f"bench.{role.value}",
        defaults={
            "is_staff": True,
            "section": Section.objects.get(code=section) if section else None,
        },
    )
    user.groups.set([Group.objects.get(name=role.value)])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "office.auth.StaffBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return {"sessionid": session.session_key}


def followed_cases(seed: int, numbers: range, count: int) -> list[tuple[str, str]]:
    """Reference and access code of some seeded cases, from all over the table."""
    rng = random.Random(7)
    found = []
    while len(found) < count:
        codes = [code_of(seed, number) for number in rng.sample(numbers, min(count, len(numbers)))]
        digests = {access_code.digest(code): code for code in codes}
        rows = Case.objects.filter(access_digest__in=digests).values_list(
            "reference", "access_digest"
        )
        found += [(reference, digests[digest]) for reference, digest in rows]
    return found[:count]


def tracking_cookies(reference: str) -> dict[str, str]:
    """A citizen who has just opened this case."""
    session = SessionStore()
    pk = Case.objects.only("pk").get(reference=reference).pk
    session["lacak"] = {"case": pk, "until": int(time.time()) + 20 * 60}
    session.create()
    return {"sessionid": session.session_key}


def queries_of(request: Request) -> int:
    """How many statements one request needs, without BEGIN, COMMIT and savepoints."""
    client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=False)
    client.cookies.load({**request.cookies, "csrftoken": CSRF})
    with CaptureQueriesContext(connection) as captured:
        if request.method == "POST":
            response = client.post(request.path, request.form)
        else:
            response = client.get(request.path)
    if not request.expect(response.status_code, response.headers.get("Location", "")):
        raise SystemExit(
            f"{request.path}: {response.status_code} {response.headers.get('Location')}"
        )
    ends = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return sum(not query["sql"].lstrip().startswith(ends) for query in captured.captured_queries)


def main() -> None:
    """Prints as JSON what the measuring process needs: cookies, numbers, codes, query counts."""
    seed, numbers, draft_count = (int(argument) for argument in sys.argv[1:])
    followed = followed_cases(seed, range(numbers), 60)
    desk = {
        "seluruh kantor": desk_cookies(Role.OFFICE_HEAD),
        "satu seksi": desk_cookies(Role.SECTION_HEAD, "lantaskim"),
    }
    ready = drafts_to_send(draft_count)
    tracked = [tracking_cookies(reference) for reference, _ in followed]
    queries = {
        "intake POST": queries_of(send_draft(ready.pop())),
        "tracking: open by code": queries_of(open_case(*followed[0])),
        "tracking: the page": queries_of(tracked_case(tracked[0])),
        **{f"desk list, {who}": queries_of(desk_list(cookies)) for who, cookies in desk.items()},
    }
    json.dump(
        {
            "drafts": ready,
            "followed": followed,
            "tracked": tracked,
            "desk": desk,
            "queries": queries,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
