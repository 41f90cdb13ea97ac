"""Many threads at the same moment, each with a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

T = TypeVar("T")


def at_once(times: int, work: Callable[[int], T]) -> list[T | Exception]:
    """What each of the runs returned or raised, in the order of their numbers."""
    barrier = Barrier(times)

    def run(number: int) -> T | Exception:
        try:
            barrier.wait(timeout=20)
            return work(number)
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def split(results: list[T | Exception]) -> tuple[list[T], list[Exception]]:
    """The good results and the errors."""
    good = [result for result in results if not isinstance(result, Exception)]
    return good, [result for result in results if isinstance(result, Exception)]
