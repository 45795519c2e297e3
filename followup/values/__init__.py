"""One cell as typed by a person: value, verdict and reason (CASES 1).

`read_value` reads a cell of a declared column, `read_as` a text by its type name.
"""

from followup.values import wording as _wording  # noqa: F401  (registers the sentences)
from followup.values.names import name_key
from followup.values.read import read_as, read_value
from followup.values.reading import Reading, Verdict

__all__ = ["Reading", "Verdict", "name_key", "read_as", "read_value"]
