"""What a figure is called, in words."""

from cases.workflow import Kind
from channels.vocabulary import ContactChannel
from infocontent.models import Topic
from office.models import Section

from .blocks import outcome_words
from .slices import NONE, Slice


def label_of(chosen: Slice) -> str:
    """Such as "Kontak · WhatsApp · Januari 2024"."""
    parts = [str(chosen.measure.label)]
    if chosen.channel:
        parts.append(str(ContactChannel(chosen.channel).label))
    if chosen.kind:
        parts.append(str(Kind(chosen.kind).label))
    if chosen.outcome:
        parts.append(outcome_words("" if chosen.outcome == NONE else chosen.outcome))
    if chosen.topic:
        parts.append(_name(Topic, chosen.topic) or "Tanpa topik")
    if chosen.section:
        parts.append(_name(Section, chosen.section) or "Belum diteruskan ke seksi")
    return " · ".join([*parts, str(chosen.period)])


def _name(kind: type[Topic] | type[Section], key: str) -> str:
    if key == NONE:
        return ""
    names = kind._default_manager.filter(pk=int(key)).values_list("name", flat=True)
    return names.first() or "?"
