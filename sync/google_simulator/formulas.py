"""What a formula shows: arithmetic, comparison of cells and a few functions; the rest is #NAME?, as for a typo."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_TOKENS = re.compile(
    r'\s*(?:(\d+\.?\d*(?:[eE][-+]?\d+)?)|"((?:[^"]|"")*)"|(\$?[A-Za-z]{1,3}\$?\d+)(?![\w(])|(\w+)|(.))'
)


class _Failed(Exception):
    """The formula shows an error."""


def evaluate(formula: str, look: Callable[[str], Any]) -> Any:
    """The value of `=…`: number, text, bool, or an error text such as `#DIV/0!`."""
    tokens = list(_TOKENS.finditer(formula[1:].strip()))
    parser = _Parser(tokens, look)
    try:
        value = parser.sum()
        return value if parser.done else "#ERROR!"
    except _Failed as failure:
        return str(failure)
    except RecursionError:
        return "#REF!"


class _Parser:
    def __init__(self, tokens: list[re.Match[str]], look: Callable[[str], Any]) -> None:
        self.tokens, self.at, self.look = tokens, 0, look

    @property
    def done(self) -> bool:
        return self.at == len(self.tokens)

    def peek(self) -> str:
        return "" if self.done else (self.tokens[self.at][5] or "")

    def take(self, text: str) -> bool:
        if self.peek() == text:
            self.at += 1
            return True
        return False

    def sum(self) -> Any:
        value = self.product()
        while self.peek() in ("+", "-", "&") and self.peek():
            sign = self.peek()
            self.at += 1
            other = self.product()
            if sign == "&":
                value = f"{value}{other}"
            else:
                value = _whole(_number(value) + _number(other) * (1 if sign == "+" else -1))
        return value

    def product(self) -> Any:
        value = self.atom()
        while self.peek() in ("*", "/") and self.peek():
            times = self.peek() == "*"
            self.at += 1
            other = _number(self.atom())
            if not times and other == 0:
                raise _Failed("#DIV/0!")
            value = _whole(_number(value) * other if times else _number(value) / other)
        return value

    def atom(self) -> Any:
        if self.done:
            raise _Failed("#ERROR!")
        if self.take("-"):
            return -_number(self.atom())
        if self.take("("):
            value = self.sum()
            if not self.take(")"):
                raise _Failed("#ERROR!")
            return value
        token = self.tokens[self.at]
        self.at += 1
        if token[1]:
            return _whole(float(token[1]))
        if token[2] is not None:
            return token[2].replace('""', '"')
        if token[3]:
            return self.cell(token[3])
        if token[4]:
            return self.function(token[4].upper())
        raise _Failed("#ERROR!")

    def cell(self, name: str) -> Any:
        value = self.look(name.replace("$", "").upper())
        if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A")):
            raise _Failed(value)
        return value if value is not None else 0

    def function(self, name: str) -> Any:
        if name in ("TRUE", "FALSE") and self.peek() != "(":
            return name == "TRUE"
        if not self.take("("):
            raise _Failed("#NAME?")
        arguments = []
        while not self.take(")"):
            arguments.append(self.sum())
            if not self.take(",") and self.peek() != ")":
                raise _Failed("#ERROR!")
        if name == "NA":
            raise _Failed("#N/A")
        if name == "SUM":
            return _whole(sum(_number(a) for a in arguments))
        if name == "HYPERLINK":
            return arguments[-1]
        raise _Failed("#NAME?")


def _number(value: Any) -> float:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int | float):
        return value
    raise _Failed("#VALUE!")


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) and abs(value) < 1e15 else value
