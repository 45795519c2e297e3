"""Which parts of an answer are wanted: the `fields` parameter, `a,b(c,d/e)` and `a.b` alike."""

from __future__ import annotations

from typing import Any

from sync.google_simulator.errors import ApiError

Mask = dict[str, "Mask"]  # an empty mask under a name wants everything below it


def parse(text: str) -> Mask:
    """A mask as a tree; `*` is everything. Raises ApiError 400."""
    mask, rest = _list(text, text)
    if rest:
        raise _wrong(text)
    return {} if "*" in mask else mask


def _list(text: str, whole: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while True:
        end = next((i for i, c in enumerate(text) if c in ",()"), len(text))
        path = [part for part in text[:end].replace(".", "/").split("/") if part]
        if not path:
            raise _wrong(whole)
        text = text[end:]
        below: Mask = {}
        if text.startswith("("):
            below, text = _list(text[1:], whole)
            if not text.startswith(")"):
                raise _wrong(whole)
            text = text[1:]
        place = mask
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = place.get(path[-1], {}) | below
        if not text.startswith(","):
            return mask, text
        text = text[1:]


def select(value: Any, mask: Mask) -> Any:
    """`value` without what the mask does not want; lists are gone through item by item."""
    if not mask or "*" in mask:
        return value
    if isinstance(value, list):
        return [select(item, mask) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: select(held, mask[name]) for name, held in value.items() if name in mask}


def update(target: dict[str, Any], source: dict[str, Any], mask: Mask) -> dict[str, Any]:
    """`target` with the masked fields of `source`; a masked field that the source lacks is cleared."""
    if not mask or "*" in mask:
        return dict(source)
    out = dict(target)
    for name, below in mask.items():
        if below and (source.get(name) is None or isinstance(source[name], dict)):
            held = update(out.get(name, {}), source.get(name) or {}, below)
            if held:
                out[name] = held
            else:
                out.pop(name, None)
        elif name in source:
            out[name] = source[name]
        else:
            out.pop(name, None)
    return out


def wants(mask: Mask, *path: str) -> bool:
    """Whether anything under `path` is wanted."""
    for part in path:
        if not mask or "*" in mask:
            return True
        if part not in mask:
            return False
        mask = mask[part]
    return True


def _wrong(text: str) -> ApiError:
    return ApiError(400, f"Request contains an invalid argument. Error expanding 'fields' parameter: {text}")
