"""The ways in to each kind, entered by the kinds' own apps at start-up.

The walk-in desk fills in the same forms for a visitor and may import none of the kinds.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .intake.wizard import Intake

INTAKES: "dict[str, Intake]" = {}
