"""What texts of the office may name of the law's lengths: `[[tenggat permohonan jawaban]]`."""

from datetime import date

from django.utils.translation import gettext as _

from office.calendar import today

from .deadlines import Step, Unit, rule_for
from .models.deadline import DeadlineRule

# Not steps of a case that the office counts but what a citizen has to keep, as the statute has it
# since it came into force: length, law.
CITIZENS_TERMS: dict[tuple[str, str], tuple[int, str]] = {
    ("keberatan", "diajukan"): (30, "UU 14/2008 Pasal 36 ayat (1)"),
    ("sengketa", "diajukan"): (14, "UU 14/2008 Pasal 37 ayat (2)"),
}


def length(words: str, on: date | None = None) -> str:
    """ "10 hari kerja", for kind, step and, where wanted, class and unit; empty if no rule says."""
    if term := CITIZENS_TERMS.get(_kind_and_step(words)):
        return _("%(days)s hari kerja") % {"days": term[0]}
    rule = _rule(words, on or today())
    return f"{rule.days} {rule.get_unit_display()}" if rule else ""


def law(words: str, on: date | None = None) -> str:
    """Which law says so: "UU 14/2008 Pasal 22 ayat (7)"."""
    if term := CITIZENS_TERMS.get(_kind_and_step(words)):
        return term[1]
    rule = _rule(words, on or today())
    return rule.law if rule else ""


def _rule(words: str, on: date) -> DeadlineRule | None:
    kind, step = _kind_and_step(words)
    more = words.split()[2:]
    units = [word for word in more if word in Unit.values] or Unit.values
    classes = [word for word in more if word not in Unit.values]
    if step not in Step.values or len(more) > 2 or len(classes) > 1:
        return None
    for unit in units:
        rule = rule_for(kind, step, unit, on, "".join(classes))
        # A class without a rule of its own is a slip of the pen rather than a wish.
        if rule and (not classes or rule.service_class):
            return rule
    return None


def _kind_and_step(words: str) -> tuple[str, str]:
    kind, step, *_rest = [*words.split(), "", ""]
    return kind, step
