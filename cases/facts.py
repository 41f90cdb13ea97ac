"""What texts of the office may name of the law's lengths: `[[tenggat permohonan jawaban]]`."""

from datetime import date

from office.calendar import today

from .deadlines import Step, Unit, rule_for
from .models.deadline import DeadlineRule
from .workflow import Kind

# What a dispute's term is called in texts; its rule is a step of the objection before it.
ALIASES = {("sengketa", "diajukan"): (str(Kind.OBJECTION), str(Step.DISPUTE))}


def length(words: str, on: date | None = None) -> str:
    """ "10 hari kerja", for kind, step and, where wanted, class and unit; empty if no rule says."""
    rule = _rule(words, on or today())
    return f"{rule.days} {rule.get_unit_display()}" if rule else ""


def law(words: str, on: date | None = None) -> str:
    """Which law says so: "UU 14/2008 Pasal 22 ayat (7)"."""
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
    return ALIASES.get((kind, step), (kind, step))
