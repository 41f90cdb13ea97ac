"""The tree of topics as the shelves of the library: what stands on each."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count

from .models import Item, Topic


@dataclass
class Shelf:
    """A group of topics with its leaves, each with how many published items it holds."""

    group: Topic
    leaves: list[tuple[Topic, int]]

    @property
    def total(self) -> int:
        return sum(number for _leaf, number in self.leaves)


def topic_groups() -> list[tuple[Topic, list[Topic]]]:
    """Groups and their leaves in order, from memory."""
    tree = [(leaf.parent, leaf) for leaf in Topic.objects.tree() if leaf.parent]
    return [
        (group, [leaf for _group, leaf in pairs])
        for group, pairs in groupby(tree, key=lambda pair: pair[0])
    ]


def shelves() -> list[Shelf]:
    """Every shelf that is not empty; one query."""
    numbers = dict(
        Item.objects.published().values_list("topic").annotate(Count("pk")).order_by("topic")
    )
    filled = [
        Shelf(group, [(leaf, numbers[leaf.pk]) for leaf in leaves if leaf.pk in numbers])
        for group, leaves in topic_groups()
    ]
    return [shelf for shelf in filled if shelf.leaves]


def topic_by_code(code: str) -> tuple[Topic, list[Topic]] | None:
    """A group or a leaf, with the leaves whose items it shows."""
    for group, leaves in topic_groups():
        if group.code == code:
            return group, leaves
        for leaf in leaves:
            if leaf.code == code:
                return leaf, [leaf]
    return None
