"""The planner's sentences (SYNC A, B, C, G)."""

from followup import wording

wording.add(
    {
        "plan.A8": (
            "「{sheet}」{record} 的「{column}」：Excel 里清空了，但共享表里刚改过，保留共享表的值。要清空请再清一次。",
            "{sheet} {record}, {column}: cleared in Excel but just edited in the shared sheet, whose value stays. Clear it again to clear it.",
        ),
        "plan.A9": (
            "「{sheet}」{record} 的「{column}」：共享表里清空了，但 Excel 里刚改过，保留 Excel 的值。要清空请再清一次。",
            "{sheet} {record}, {column}: cleared in the shared sheet but just edited in Excel, whose value stays. Clear it again to clear it.",
        ),
        "plan.A15": (
            "「{sheet}」里找不到「{column}」这一列，这一列这次没有同步，原来的值都还在。请检查表头有没有被改名或删除。",
            "{sheet} has no column {column} any more; it was not synced and no value was lost. Check whether its header was renamed or deleted.",
        ),
        "plan.A16": (
            "「{sheet}」{record} 的「{column}」：共享表里改过，但 Excel 这一格读不懂，没有覆盖。请改好这一格。",
            "{sheet} {record}, {column}: edited in the shared sheet, but the Excel cell cannot be read and was left alone. Please mend it.",
        ),
        "plan.A18": (
            "「{sheet}」{record} 的「{column}」：共享表里改过，但 Excel 这一格是公式，没有覆盖。要用新值请删掉公式。",
            "{sheet} {record}, {column}: edited in the shared sheet, but the Excel cell is a formula and was left alone. Delete the formula to take the value.",
        ),
        "plan.A17": (
            "「{sheet}」{record} 的「{column}」：这个内容 Excel 放不下（超过 32767 字，或早于 1900-03-01 的日期），只留在共享表里。",
            "{sheet} {record}, {column}: Excel cannot hold it (over 32,767 characters, or a day before 1900-03-01); it stays in the shared sheet.",
        ),
        "plan.B12": (
            "「{sheet}」{record}：Excel 里删掉了，但共享表里刚改过，这一行放了回来。确实要删请再删一次。",
            "{sheet} {record}: deleted in Excel but just edited in the shared sheet; the row is back. Delete it again to delete it.",
        ),
        "plan.B16": (
            "「{sheet}」{record}：共享表里删掉了，但 Excel 里刚改过，这一行放了回来。确实要删请再删一次。",
            "{sheet} {record}: deleted in the shared sheet but just edited in Excel; the row is back. Delete it again to delete it.",
        ),
        "plan.group": (
            "「{sheet}」{record}：删掉了，但它名下还有刚新增或改过的记录，所以连同名下的记录都保留。",
            "{sheet} {record}: deleted, but records that belong to it were just added or edited, so all of them stay.",
        ),
        "plan.C2.new": (
            "「{sheet}」第 {row} 行：编号 {shown} 已经是另一行的，这一行当作新记录，编号 {record}。",
            "{sheet} row {row}: the id {shown} is another row's; this row is a new record, {record}.",
        ),
        "plan.C3": (
            "「{sheet}」第 {row} 行：编号不见了，按内容找回 {record}。",
            "{sheet} row {row}: its id was missing; by its content it is {record} again.",
        ),
        "plan.C5": (
            "「{sheet}」第 {row} 行和 {record} 完全一样，先不同步。是新的记录请改一改内容，多余的请删掉。",
            "{sheet} row {row} equals {record} in every cell and is not synced. Edit it if it is a new record, delete it if not.",
        ),
        "plan.C8": (
            "「{sheet}」第 {row} 行：编号列里写的「{shown}」不是系统的编号，已按内容认这一行。编号请不要手改。",
            "{sheet} row {row}: {shown} in the id column is no id of this system; the row is told by its content. Please do not edit ids.",
        ),
        "plan.C9": (
            "「{sheet}」第 {row} 行：编号 {shown} 是别的工作区的，这里另给编号。",
            "{sheet} row {row}: {shown} is an id of another workspace; the row gets one of this workspace.",
        ),
        "plan.B0": (
            "Excel 和共享表第一次见面，两边都已有记录：{count} 条对上了号。请先看预览，确认后再写入。",
            "The workbook and the shared sheet meet for the first time and both hold records; {count} were matched. See the preview, then confirm it.",
        ),
        "plan.G2": (
            "「{sheet}」在{side}里一次删掉了 {count} 行（共 {total} 行），超过一成，删除先不执行，其余照常同步。",
            "{sheet}: {count} of {total} rows were deleted in {side}, over 10 %; the deletions wait, the rest is synced.",
        ),
        "plan.G2.stop": (
            "「{sheet}」在{side}里一次删掉了 {count} 行（共 {total} 行），超过一半，这次什么都没有写。",
            "{sheet}: {count} of {total} rows were deleted in {side}, over half; nothing was written.",
        ),
        "plan.G3": (
            "「{sheet}」在{side}里是空的，上次还有 {count} 行，这次什么都没有写。请检查是不是误删或筛选出错。",
            "{sheet} is empty in {side} and had {count} rows last time; nothing was written. Check whether it was emptied by mistake.",
        ),
        "plan.G6": (
            "「{sheet}」的表头认不出来（关键列缺失或重复），这张表这次没有同步，其他表照常。",
            "The header of {sheet} cannot be understood (a key column is missing or doubled); this sheet was not synced, the others were.",
        ),
        "plan.G7": (
            "「{sheet}」的「{column}」在{side}里一次改了 {count} 格，超过三成，这一列先不同步，其余照常。",
            "{sheet}, {column}: {count} cells changed at once in {side}, over 30 %; this column waits, the rest is synced.",
        ),
        "plan.G8": (
            "「{sheet}」的「{column}」在{side}里好像单独排过序：{count} 格的值只是换了行。这次什么都没有写，请撤销排序。",
            "{sheet}, {column}: it seems to have been sorted alone in {side}; {count} values only changed rows. Nothing was written; undo the sort.",
        ),
        "plan.G9": (
            "「{sheet}」的编号列里有 {count} 个编号一下子不见或重复了，这次什么都没有写。请撤销对编号列的改动。",
            "{sheet}: {count} ids vanished or were doubled at once; nothing was written. Undo the change to the id column.",
        ),
        "plan.H": (
            "「{sheet}」{record} 的「{column}」：Excel 和共享表里选得不一样，按共享表的处理。",
            "{sheet} {record}, {column}: chosen differently in Excel and in the shared sheet, whose choice counts.",
        ),
        "plan.decision.gone": ("那条记录或那一列已经没有了，未采用", "the record or column is gone; not applied"),
        "plan.decision.unread": (
            "自定义值读不懂，未采用，请直接改那一格",
            "the text cannot be read; not applied, please edit the cell itself",
        ),
        "plan.decision.moved": (
            "之后又有人改过那一格，未采用，请直接改那一格",
            "edited since; not applied, please edit the cell itself",
        ),
        "plan.row": ("第 {row} 行", "row {row}"),
        "plan.side.local": ("Excel", "Excel"),
        "plan.side.hub": ("共享表", "the shared sheet"),
    }
)
