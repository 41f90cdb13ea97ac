"""How many pages a PDF has.

A PDF can be made to keep its reader busy for hours or to fill the memory, so it is counted in a
process of its own that ends after a few seconds, come what may.
"""

import subprocess
import sys

SECONDS = 5
MEMORY_BYTES = 768 * 1024 * 1024
MAX_PAGES = 20_000
COUNTER = f"""
import io, logging, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_BYTES}, {MEMORY_BYTES}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
logging.disable()
from pypdf import PdfReader
sys.stdout.write(str(len(PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages)))
"""


def count_pages(content: bytes) -> int | None:
    """The number of pages, or None where it cannot be told in time."""
    try:
        counted = subprocess.run(  # noqa: S603 - nothing of the file is in the command
            [sys.executable, "-I", "-c", COUNTER],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        pages = int(counted.stdout[:20])
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
    return pages if 0 < pages <= MAX_PAGES else None
