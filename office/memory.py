"""What every request reads and hardly anybody changes, kept in the process for a minute."""

import time
from threading import Lock
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache

MOST_ENTRIES = 1000
Entries = dict[str, tuple[Any, float | None]]
# Django makes a cache for each thread; what one forgets, all of the process have to forget.
_shared: dict[str, tuple[Entries, Lock]] = {}


class SharedMemory(BaseCache):
    """A cache that hands out the very object it was given.

    Django's own makes a copy with every look: on a page that needs the topics, the office
    and the law rules this was a sixth of its time. So nobody may change what comes from here.
    """

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._entries, self._lock = _shared.setdefault(name, ({}, Lock()))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        key = self.make_and_validate_key(key, version)
        value, expires = self._entries.get(key, (default, None))
        return default if expires is not None and expires <= time.time() else value

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> None:
        with self._lock:
            if len(self._entries) >= MOST_ENTRIES:
                self._entries.clear()
            key = self.make_and_validate_key(key, version)
            self._entries[key] = value, self.get_backend_timeout(timeout)

    def add(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: int | None = None,
    ) -> bool:
        missing = object()
        if self.get(key, missing, version) is not missing:
            return False
        self.set(key, value, timeout, version)
        return True

    def delete(self, key: str, version: int | None = None) -> bool:
        with self._lock:
            return self._entries.pop(self.make_and_validate_key(key, version), None) is not None

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
