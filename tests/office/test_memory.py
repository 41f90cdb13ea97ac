"""What a process keeps in memory, its threads have in common."""

from threading import Thread

import time_machine
from django.core.cache import cache

from tests.factories import NOW


def in_another_thread(step):
    thread = Thread(target=step)
    thread.start()
    thread.join()


def test_what_one_thread_keeps_every_thread_has():
    kept = ["a"]
    in_another_thread(lambda: cache.set("list", kept, 60))

    assert cache.get("list") is kept


def test_what_one_thread_forgets_every_thread_has_forgotten():
    cache.set("list", ["a"], 60)
    in_another_thread(lambda: cache.delete("list"))

    assert cache.get("list") is None


def test_nothing_is_kept_longer_than_said():
    with time_machine.travel(NOW, tick=False) as clock:
        cache.set("list", ["a"], 60)
        clock.shift(59)
        assert cache.get("list") == ["a"]
        clock.shift(2)
        assert cache.get("list") is None
