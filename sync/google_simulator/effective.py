"""How a cell looks in the end: the spreadsheet's default, the cell's own format, the conditional formats it meets."""

from __future__ import annotations

from sync.google_simulator.book import Book, Json, Sheet
from sync.google_simulator.cells import Cell


def effective_format(book: Book, sheet: Sheet, row: int, column: int, cell: Cell) -> Json:
    """The effectiveFormat of a cell."""
    shown = _merged(book.properties["defaultFormat"], cell.get("userEnteredFormat", {}))
    if "numberFormat" in cell.get("userEnteredFormat", {}):
        shown["numberFormat"] = cell["userEnteredFormat"]["numberFormat"]
    for rule in reversed(sheet.lists.get("conditionalFormats", ())):  # the first rule wins, so it comes last
        boolean = rule.get("booleanRule") or {}
        here = any(_inside(span, row, column) for span in rule["ranges"])
        if boolean and here and meets(sheet.value(row, column), boolean.get("condition", {})):
            shown = _merged(shown, boolean.get("format", {}))
    return shown


def _merged(below: Json, above: Json) -> Json:
    out = dict(below)
    for name, held in above.items():
        out[name] = _merged(out[name], held) if isinstance(held, dict) and isinstance(out.get(name), dict) else held
    return out


def _inside(span: Json, row: int, column: int) -> bool:
    return bool(
        span.get("startRowIndex", 0) <= row < span.get("endRowIndex", row + 1)
        and span.get("startColumnIndex", 0) <= column < span.get("endColumnIndex", column + 1)
    )


def meets(value: Json | None, condition: Json) -> bool:
    """Whether a value meets a BooleanCondition of texts, numbers or blanks; formulas and dates never do here."""
    kind = str(condition.get("type", ""))
    wanted = [str(v.get("userEnteredValue", "")) for v in condition.get("values", [])]
    if kind in ("BLANK", "NOT_BLANK"):
        return (value is None) == (kind == "BLANK")
    if value is None:
        return False
    held: str | float | bool = next(iter(value.values()))
    if kind.startswith("TEXT_") and wanted:
        text, part = str(held).casefold(), wanted[0].casefold()
        tests: dict[str, bool] = {
            "TEXT_CONTAINS": part in text,
            "TEXT_NOT_CONTAINS": part not in text,
            "TEXT_STARTS_WITH": text.startswith(part),
            "TEXT_ENDS_WITH": text.endswith(part),
            "TEXT_EQ": text == part,
        }
        return tests.get(kind, False)
    if kind.startswith("NUMBER_") and "numberValue" in value:
        return _number(float(held), kind, wanted)
    return False


def _number(held: float, kind: str, wanted: list[str]) -> bool:
    try:
        bounds = [float(text) for text in wanted]
    except ValueError:
        return False
    first, last = bounds[0], bounds[-1]
    return {
        "NUMBER_GREATER": held > first,
        "NUMBER_GREATER_THAN_EQ": held >= first,
        "NUMBER_LESS": held < first,
        "NUMBER_LESS_THAN_EQ": held <= first,
        "NUMBER_EQ": held == first,
        "NUMBER_NOT_EQ": held != first,
        "NUMBER_BETWEEN": first <= held <= last,
        "NUMBER_NOT_BETWEEN": not first <= held <= last,
    }.get(kind, False)
