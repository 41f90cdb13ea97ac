"""Which decisions and answers to objections wait for one person's word."""

from django.db.models import Q

from cases.kinds import Approval
from office.models import User

from ..models import Decision, ObjectionAnswer


def _decisions(user: User) -> Q:
    """Three hands: who drafted does not check, and neither of the two signs."""
    turn = Q(pk__in=[])
    if user.may("check_decision"):
        turn |= Q(checked_by=None)
    if user.may("sign_decision"):
        turn |= Q(checked_by__isnull=False) & ~Q(checked_by=user)
    drafts = Decision.objects.in_the_making().filter(turn).exclude(author=user)
    return Q(pk__in=drafts.values("case"))


def _answers(user: User) -> Q:
    """UU 14/2008 Ps 36: the superior, and never who signed the decision objected to."""
    if not user.may("decide_objection"):
        return Q(pk__in=[])
    drafts = ObjectionAnswer.objects.filter(signed_at=None).exclude(author=user)
    return Q(pk__in=drafts.exclude(decision_signer=user).values("case"))


DECISIONS = Approval(frozenset({"check_decision", "sign_decision"}), _decisions)
ANSWERS = Approval(frozenset({"decide_objection"}), _answers)
