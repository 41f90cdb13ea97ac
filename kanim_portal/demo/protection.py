"""What the PPID keeps about personal data: a request that was settled, a laptop that got lost, and
papers that are old enough to be destroyed.
"""

from datetime import datetime, timedelta

from cases.models import Case
from cases.workflow import Kind, Status
from dataprotection import actions
from dataprotection.models import AffectedCase
from dataprotection.retaining import figures
from dataprotection.workflow import RequestKind
from office.calendar import today
from office.models import User


def protect_data(now: datetime) -> None:
    ppid = User.objects.get(username="ppid")
    requests = Case.objects.filter(kind=Kind.INFORMATION_REQUEST).order_by("received_at")
    _settle(requests.filter(status=Status.DONE).latest("closed_at"), ppid, now)
    _lose_laptop(list(requests.filter(status=Status.IN_PROGRESS)[:6]), ppid, now)
    if any(count for _rule, count in figures(today(now))):
        # The second signature is left to whoever tries the demo.
        batch = actions.make_batch(actor=ppid, at=now)
        actions.sign_batch(batch, actor=ppid, at=now)


def _settle(case: Case, ppid: User, now: datetime) -> None:
    """Asked after the case was closed, answered within the hours of the law."""
    assert case.closed_at is not None  # noqa: S101 - it was chosen by its closing
    asked_at = case.closed_at + (now - case.closed_at) / 4
    wish = actions.ask(
        case,
        kind=RequestKind.ACCESS,
        detail="Saya ingin tahu data apa tentang saya yang disimpan, dan siapa yang membukanya.",
        at=asked_at,
    )
    hour = min(timedelta(hours=1), (now - asked_at) / 3)
    actions.take(wish, actor=ppid, at=asked_at + hour)
    actions.fulfil(
        wish,
        actor=ppid,
        answer="Salinan data Anda dapat diunduh di halaman ini, termasuk daftar siapa yang membuka "
        "identitas Anda dan kapan.",
        at=asked_at + 2 * hour,
    )


def _lose_laptop(cases: list[Case], ppid: User, now: datetime) -> None:
    """Still open: some letters are out, the authority has not been told."""
    breach = actions.open_breach(
        actor=ppid,
        title="Laptop petugas hilang dalam perjalanan dinas",
        known_at=now - timedelta(hours=20),
        what="Nama, alamat, dan nomor telepon pemohon informasi pada berkas kerja.",
        how="Laptop tertinggal di kereta pada sore hari. Diska laptopnya terenkripsi.",
        handling="Akun dikunci, sandi diganti, dan kehilangan dilaporkan kepada pihak kereta api.",
        at=now - timedelta(hours=19),
    )
    actions.add_cases(
        breach, actor=ppid, cases=cases, source="daftar", at=now - timedelta(hours=18)
    )
    told = breach.affected.order_by("pk").values_list("pk", flat=True)[:2]
    via = AffectedCase.Via.POST
    actions.mark_sent(breach, actor=ppid, affected=list(told), via=via, at=now - timedelta(hours=2))
