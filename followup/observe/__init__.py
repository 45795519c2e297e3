"""What a workbook says: find the tables by their headers, read whole columns (CASES 1, 3, 4)."""

from followup.observe import wording as _wording  # noqa: F401  (registers the sentences)
from followup.observe.locate import HeaderProblem, Located, locate, locate_all
from followup.observe.observe import Observed, observe

__all__ = ["HeaderProblem", "Located", "Observed", "locate", "locate_all", "observe"]
