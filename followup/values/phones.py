"""Which telephone numbers, addresses and ids a contact cell holds (CASES 1.2)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from followup.grid import Raw
from followup.values import reading as r
from followup.values.cleaning import as_text, is_error_value, plain, read_text
from followup.values.reading import Reading, Verdict

_SPLIT = re.compile(r"[/、,;；，|\n\r]|和|或|以及|&")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WECHAT = re.compile(
    r"(?:微信号?|wechat|weixin|wx|vx|v信)(?:id|号)?\s*[::]?\s*([a-z][\w-]{5,19})\b|\b(wx(?:id)?_[\w-]{2,})", re.I
)
_RUN = re.compile(r"(?:\+ ?)?[(\d][\d ().-]*\d")
_EXTENSION = re.compile(r" ?(?:转|分机|ext\.?|#|-) ?(\d{1,5})$", re.I)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.I)
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:010|02\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_HOTLINE = re.compile(r"[48]00\d{7}|95\d{3,4}|100\d{2}|123\d{2}")
_LOST_ZERO = re.compile(r"\(?(?:10|2\d)[)\- ] ?\d{4} ?\d{4}|\(?[3-9]\d{2}[)\- ] ?\d{7,8}")
_FULL_WIDTH = re.compile("[０-９＋]")


@dataclass(frozen=True)
class Token:
    """One way to reach a person: kind mobile, landline, hotline, foreign, email, wechat or unknown."""

    kind: str
    text: str
    sure: bool = True


def tokens(text: str) -> list[Token]:
    """What a contact cell names, in the order it stands there; what is not understood is kept as `unknown`."""
    found = [token for part in _SPLIT.split(text) for token in _part(plain(part))]
    return list(dict.fromkeys(found))


def _part(text: str) -> list[Token]:
    if not text:
        return []
    if _SCIENTIFIC.fullmatch(text):
        return [Token("unknown", text)]
    found = [Token("email", m) for m in _EMAIL.findall(text)]
    rest = _EMAIL.sub(" ", text)
    found += [Token("wechat", a or b) for a, b in _WECHAT.findall(rest)]
    rest = _WECHAT.sub(" ", rest)
    numbers = [token for run in _RUN.findall(rest) for token in _numbers(run)]
    extension = re.search(r"(?:转|分机|ext\.?|#) ?(\d{1,5})$", rest, re.I)
    if extension and len(numbers) == 2 and numbers[0].kind == "landline":
        numbers = [Token("landline", f"{numbers[0].text}-{extension[1]}")]
    found += [token for token in numbers if token.kind != "unknown"]
    return found or [Token("unknown", text)]


def _numbers(run: str) -> list[Token]:
    """One number, or several that only spaces keep apart."""
    token = _number(run)
    if token.kind != "unknown" or " " not in run:
        return [token]
    parts = [_number(part) for part in run.split()]
    return parts if all(part.kind != "unknown" for part in parts) else [token]


def _number(run: str) -> Token:
    if decimal := re.fullmatch(r"(\d+)\.(\d{1,2})", run):  # a number cell that went through text
        if decimal[2].strip("0"):
            return Token("unknown", run)
        run = decimal[1]
    digits = re.sub(r"\D", "", run)
    abroad = run.startswith("+") or digits.startswith("00")
    digits = digits.removeprefix("00") if abroad else digits
    if digits.startswith("86") and (abroad or _MOBILE.fullmatch(digits[2:])):
        digits, abroad = digits[2:], False
        if not digits.startswith("0") and _LANDLINE.fullmatch("0" + digits) and not _MOBILE.fullmatch(digits):
            digits = "0" + digits
    if abroad:
        return Token("foreign", "+" + digits) if 7 <= len(digits) <= 15 else Token("unknown", run)
    if _MOBILE.fullmatch(digits) or _MOBILE.fullmatch(digits.removeprefix("0")):
        return Token("mobile", digits[-11:])
    if _HOTLINE.fullmatch(digits):
        return Token("hotline", digits)
    if _LANDLINE.fullmatch(digits):
        return Token("landline", digits)
    if re.fullmatch(r"85[23]\d{8}|886\d{8,9}", digits):
        return Token("foreign", "+" + digits, sure=False)
    if _LOST_ZERO.fullmatch(run):
        return Token("landline", "0" + digits, sure=False)
    if (extension := _EXTENSION.search(run)) and _LANDLINE.fullmatch(re.sub(r"\D", "", run[: extension.start()])):
        return Token("landline", re.sub(r"\D", "", run[: extension.start()]) + "-" + extension[1])
    return Token("unknown", run)


def _wrong_length(text: str) -> str:
    """The code of what is wrong with digits that are no number; "" where there is more than digits."""
    if not re.fullmatch(r"[\d ().+-]+", plain(text)):
        return ""
    return "phone.no_area" if len(re.sub(r"\D", "", text)) in (7, 8) else "phone.digits"


def read_phone(raw: Raw) -> Reading:
    """A contact cell as its tokens, `mobile 13800138000; mobile 13900139000` (`genjin value phone`)."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    found = tokens(text)
    value = "; ".join(f"{token.kind} {token.text}" for token in found)
    if not found:
        return r.warned(text, r.FORMAT, "phone.none")
    unknown = [token for token in found if token.kind == "unknown"]
    if any(_SCIENTIFIC.fullmatch(token.text) for token in unknown):
        return r.error("phone.scientific", value=value)
    if unknown and len(unknown) == len(found):
        if code := _wrong_length(text):
            return Reading(value, Verdict.AMBIGUOUS, r.say(code), None, r.FORMAT, r.WARNING)
        return r.warned(value, r.FORMAT, "phone.none")
    if unknown:
        return r.warned(value, r.FORMAT, "phone.partly")
    if not all(token.sure for token in found):
        return r.suggested(value, "phone.lost_zero")
    typed = raw if isinstance(raw, str) else ""
    return r.ok(value) if [typed] == [token.text for token in found] else r.fixed(value, "phone.tidied")


def read_contact(raw: Raw) -> Reading:
    """A contact column: the text stays as typed, only a number cell or full-width digits are rewritten."""
    text = as_text(raw)
    if not text:
        return r.BLANK
    if is_error_value(text):
        return r.error("cell.error", r.FORMULA, value=text)
    if _SCIENTIFIC.fullmatch(plain(text)):
        return r.error("phone.scientific", value=text)
    if not isinstance(raw, str):
        base = r.fixed(text, "phone.number") if isinstance(raw, int | float) else read_text(raw)
    elif _FULL_WIDTH.search(text):
        text = _FULL_WIDTH.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
        base = r.fixed(text, "text.full_width")
    elif re.fullmatch(r"\d{7,}\.0+", text):
        text = text.partition(".")[0]
        base = r.fixed(text, "phone.number")
    else:
        base = read_text(raw)
    found = tokens(text)
    if all(token.kind == "unknown" for token in found):
        code = _wrong_length(text) or "phone.none"
        return Reading(base.value, base.verdict, r.say(code), None, r.FORMAT, r.WARNING)
    return base


def read_mobile(raw: Raw) -> Reading:
    """A column of mobile numbers: one mobile is stored as its 11 digits, everything else as a contact."""
    found = tokens(as_text(raw))
    if len(found) == 1 and found[0].kind == "mobile" and found[0].text != raw:
        bare = re.sub(r"[\d ().+-]", "", plain(as_text(raw)))
        if not bare:
            return r.fixed(found[0].text, "phone.tidied")
    return read_contact(raw)


def read_email(raw: Raw) -> Reading:
    """One e-mail address; anything else is kept with a warning."""
    base = read_text(raw)
    if not isinstance(base.value, str) or base.verdict is Verdict.BLANK:
        return base
    if _EMAIL.fullmatch(base.value):
        return base
    address = plain(base.value).replace(" ", "").replace("。", ".").removeprefix("mailto:").strip("<>")
    if _EMAIL.fullmatch(address):
        return r.fixed(address, "text.full_width")
    return r.warned(base.value, r.FORMAT, "email.none")
