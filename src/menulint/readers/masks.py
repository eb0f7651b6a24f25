"""Stand-ins for what a template language writes among copy, one for each of its characters, so that offsets hold.

They are noncharacters: no text means them, and no scanner takes them for white space, a letter or markup. What a reader
shows for a stretch of them is the same everywhere (``shown_mask``).
"""

from __future__ import annotations

import re

from menulint.readers.base import GAP

MASK = "\ufdd0"
"""Nothing is shown: ``treatment{% if many %}s{% endif %}``."""
GAP_MASK = "\ufdd1"
"""Something is shown that is not known yet: ``{{ treatment }}``."""
SPACE_MASK = "\ufdd2"
"""Parts two words: ``{% else %}``, ``{{> card }}``."""

MASKED = re.compile(f"{MASK}+|{GAP_MASK}+|{SPACE_MASK}+")
ANY_MASK = f"[{MASK}-{SPACE_MASK}]"
"""One character of a mask, as a regular expression."""
HAS_MASK = re.compile(ANY_MASK)
_SHOWN = {MASK: "", GAP_MASK: GAP, SPACE_MASK: " "}


def shown_mask(mask: str) -> str:
    """What a visitor reads for a stretch of one of the masks."""
    return _SHOWN[mask[0]]
