"""Who is doing this: `--as`, else GENJIN_USER, else the login name found in 人员.别名, else nobody (ARCHITECTURE)."""

from __future__ import annotations

import getpass
import os

from followup.errors import Wrong
from followup.team import Team


def who(given: str | None, team: Team, *, strict: bool) -> str:
    """The name in 人员 of the person who runs this; blank when nobody is known.

    Raises Wrong `person.not_found` when a name was given and 人员 lists people but not this one.
    """
    for text in (given, os.environ.get("GENJIN_USER")):
        if text:
            names = team.people.resolve(text)
            if len(names) == 1:
                return names[0]
            if strict and team.people.by_name:
                raise Wrong("person.not_found", name=text)
            return text if not team.people.by_name else ""
    try:
        login = getpass.getuser()
    except (OSError, KeyError):
        return ""
    names = team.people.resolve(login)
    return names[0] if len(names) == 1 else ""
