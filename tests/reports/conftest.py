from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from tests.factories import WIB

# The year of the reports is over, and its report is due.
LATER = datetime(2027, 2, 1, 9, 0, tzinfo=WIB)


@pytest.fixture
def _next_year() -> Iterator[None]:
    with time_machine.travel(LATER, tick=True):
        yield
