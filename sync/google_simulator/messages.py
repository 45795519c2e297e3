"""Which request bodies are well-formed: strict parsing against the messages of the API (`messages.txt`).

One line of the table is one message: its name and `field=type`, a type being another message, `int`,
`number`, `string`, `bool`, `mask`, `any`, `map` or `enum:A|B`; a `*` marks a list. The table follows the
public discovery document of Sheets v4, limited to what the stand-in serves.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from sync.google_simulator.errors import ApiError

_PROTO = {"int": "TYPE_INT32", "number": "TYPE_DOUBLE", "string": "TYPE_STRING", "bool": "TYPE_BOOL"}


@cache
def messages() -> dict[str, dict[str, str]]:
    """Message name → field → type."""
    table: dict[str, dict[str, str]] = {}
    for line in (Path(__file__).parent / "messages.txt").read_text(encoding="utf-8").splitlines():
        name, *fields = line.split(" ")
        table[name] = dict(field.split("=", 1) for field in fields if field)
    return table


def snake(name: str) -> str:
    """`updateCells` → `update_cells`: how error messages name a field."""
    return re.sub(r"[A-Z]", lambda m: "_" + m[0].lower(), name)


def camel(name: str) -> str:
    """`update_cells` → `updateCells`: both spellings are accepted."""
    return re.sub(r"_([a-z])", lambda m: m[1].upper(), name)


Way = tuple[Any, str] | None  # the way to a field: (the way before, a name or an index); worded only when wrong


def parse(message: str, value: Any, path: Way = None) -> dict[str, Any]:
    """`value` as a `message`: nulls dropped, names in camelCase, every field known and of its type.

    Raises ApiError 400 worded as Google words it.
    """
    if not isinstance(value, dict):
        raise _invalid(path, f"type.googleapis.com/google.apps.sheets.v4.{message}", value)
    fields = messages().get(message)
    if fields is None:  # a part of the API that nothing here reads (pivot tables, data sources)
        return value
    parsed: dict[str, Any] = {}
    for name, given in value.items():
        key = name if name in fields else camel(name)
        kind = fields.get(key)
        if kind is None:
            raise _unknown(name, path)
        if given is not None:
            parsed[key] = _parse(kind, given, (path, key))
    return parsed


def _parse(kind: str, value: Any, path: Way) -> Any:
    if kind == "string" and isinstance(value, str):
        return value
    if kind[-1] == "*":
        if not isinstance(value, list):
            if kind == "any**":
                raise _invalid(path, "type.googleapis.com/google.protobuf.ListValue", value)
            raise _invalid(path, _PROTO.get(kind[:-1], kind[:-1]), value)
        inner = kind[:-1]
        if inner[-1] not in "*y" and any(isinstance(item, list) for item in value):
            value = [
                part for item in value for part in (item if isinstance(item, list) else [item])
            ]  # as Google reads it
        return [_parse(inner, item, (path, f"[{i}]")) for i, item in enumerate(value)]
    if kind in ("any", "map"):
        return value
    if kind in ("int", "number"):
        return _number(kind, value, path)
    if kind in ("string", "mask"):
        if not isinstance(value, str):
            raise _invalid(path, "TYPE_STRING", value)
        return value
    if kind == "bool":
        if not isinstance(value, bool):
            raise _invalid(path, "TYPE_BOOL", value)
        return value
    if kind.startswith("enum:"):
        if value not in kind[5:].split("|"):
            raise _invalid(path, "type.googleapis.com/google.apps.sheets.v4", value)
        return value
    return parse(kind, value, path)


def _number(kind: str, value: Any, path: Way) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _invalid(path, _PROTO[kind], value)
    try:
        number = float(value)
    except ValueError:
        raise _invalid(path, _PROTO[kind], value) from None
    if kind == "int":
        if number != int(number) or abs(number) >= 2**31:
            raise _invalid(path, _PROTO[kind], value)
        return int(number)
    return value if isinstance(value, int) else number


def _words(path: Way) -> str:
    """`requests[0].update_cells`"""
    if path is None:
        return ""
    before, name = path
    shown = _words(before)
    return shown + name if name.startswith("[") else f"{shown}.{snake(name)}" if shown else snake(name)


def _invalid(way: Way, kind: str, value: Any) -> ApiError:
    path = _words(way)
    shown = json.dumps(value, ensure_ascii=False) if not isinstance(value, dict | list) else ""
    text = f"Invalid value at '{path}' ({kind})" + (f", {shown}" if shown else "")
    return ApiError(400, text, field=path, violation=text)


def _unknown(name: str, way: Way) -> ApiError:
    path = _words(way)
    at = f" at '{path}'" if path else ""
    text = f'Invalid JSON payload received. Unknown name "{name}"{at}: Cannot find field.'
    return ApiError(400, text, field=path, violation=text)
