"""Sixteen people, seven cases, and who of them may know of which: the office in small."""

from dataclasses import dataclass, field

from django.test import Client

from cases import access_code, actions
from cases.actions.intake import attach
from cases.models import Case
from cases.workflow import Kind, Privacy, Status
from office.models import User
from office.roles import Role
from tests.factories import Desk, make_case, make_desk, make_stored_file, make_user

DESK, OTHER, THIRD = "tikkim", "lantaskim", "intaltuskim"

# Who sees a case of each sort. Everybody who is not named sees nothing of it.
OVERSEERS = {"verifier", "ppid", "office_head"}
SEES: dict[str, set[str]] = {
    "own": {"officer", "head", *OVERSEERS},
    "other_section": {"officer_elsewhere", "head_elsewhere", *OVERSEERS},
    "confidential": {"officer", "head", *OVERSEERS},
    "anonymous": {"officer", "head", *OVERSEERS},
    "names_an_officer": {"colleague_of_reported", *OVERSEERS},
    "names_the_ppid": {"officer", "head", "verifier", "office_head"},
    "unverified": OVERSEERS,
}
STAFF = [
    "officer",
    "officer_elsewhere",
    "officer_without_section",
    "head",
    "head_elsewhere",
    "reported_officer",
    "head_of_reported",
    "colleague_of_reported",
    "verifier",
    "ppid",
    "office_head",
    "humas",
    "administrator",
    "superuser",
    "without_role",
    "left",
]
OUTSIDE = ["visitor", "citizen"]
EVERYBODY = STAFF + OUTSIDE
# What each role may do with a case that it sees.
READERS = {"officer", "officer_elsewhere", "head", "head_elsewhere", "colleague_of_reported"}
READERS |= OVERSEERS
EXPORTERS = {"head", "head_elsewhere", *OVERSEERS}
ASSIGNERS = {"head", "head_elsewhere", *OVERSEERS}
WORD = "penanda"


def sees(who: str, what: str) -> bool:
    return who in SEES[what]


@dataclass
class World:
    people: dict[str, User]
    cases: dict[str, Case]
    code: str
    citizens_case: Case
    tokens: dict[str, str]
    # Pages that hold all cases at once are fetched once for each person.
    pages: dict[tuple[str, str], object] = field(default_factory=dict)

    def marker(self, what: str) -> str:
        return marker(what)

    def client(self, who: str) -> Client:
        client = Client()
        if who == "citizen":
            client.post("/lacak/", {"reference": self.citizens_case.reference, "code": self.code})
        elif who != "visitor":
            client.force_login(self.people[who])
        return client


def marker(what: str) -> str:
    return f"Ciri{what.title().replace('_', '')}"


def build() -> World:
    desk, elsewhere, third = make_desk(DESK), make_desk(OTHER), make_desk(THIRD)
    people = _people(desk, elsewhere, third)
    cases = {
        "own": _case("own", desk),
        "other_section": _case("other_section", elsewhere),
        "confidential": _case("confidential", desk, privacy=Privacy.CONFIDENTIAL),
        "anonymous": _case("anonymous", desk, privacy=Privacy.ANONYMOUS),
        "names_an_officer": _case("names_an_officer", third, reported=[people["reported_officer"]]),
        "names_the_ppid": _case("names_the_ppid", desk, reported=[people["ppid"]]),
        "unverified": make_case(Kind.COMPLAINT, **_texts("unverified")),
    }
    tokens = {}
    for what, case in cases.items():
        attach(case, [make_stored_file(f"{marker(what)}.jpg")], at=case.received_at)
        tokens[what] = case.attachments.get().token
    code = access_code.make_access_code()
    citizens_case = make_case(
        Kind.QUESTION, subject="Kasus warga", narrative="Milik saya", code=code
    )
    # Something to read in the tables of notices and of accesses.
    for case in cases.values():
        actions.note(case, actor=people["office_head"], text=f"Catatan {case.subject}")
    return World(people, cases, code, citizens_case, tokens)


def _people(desk: Desk, elsewhere: Desk, third: Desk) -> dict[str, User]:
    return {
        "officer": desk.officer,
        "officer_elsewhere": elsewhere.officer,
        "officer_without_section": make_user(Role.OFFICER),
        "head": desk.head,
        "head_elsewhere": elsewhere.head,
        "reported_officer": make_user(Role.OFFICER, section=THIRD),
        "head_of_reported": third.head,
        "colleague_of_reported": third.officer,
        "verifier": desk.verifier,
        "ppid": desk.ppid,
        "office_head": desk.office_head,
        "humas": make_user(Role.HUMAS, section=DESK),
        "administrator": make_user(Role.ADMINISTRATOR, section=DESK),
        "superuser": make_user(section=DESK, is_superuser=True),
        "without_role": make_user(section=DESK),
        "left": make_user(Role.OFFICE_HEAD, is_staff=False),
    }


def _case(what: str, desk: Desk, **more: object) -> Case:
    return make_case(Kind.COMPLAINT, Status.IN_PROGRESS, desk=desk, **_texts(what), **more)


def _texts(what: str) -> dict[str, str]:
    return {"subject": f"{marker(what)} {WORD}", "narrative": f"Uraian {marker(what)}"}
