"""Which sentences a person reads when any store refuses?"""

from __future__ import annotations

from followup import wording

wording.add(
    {
        "store.moved": (
            "“{file}”在读取之后又被改过，没有写入。",
            "{file} changed after it was read; nothing was written.",
        ),
        "store.moved.hint": (
            "程序会按新的内容重新计算后再写。",
            "The plan is made again on the new content.",
        ),
    }
)
