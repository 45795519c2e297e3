"""Sentences of the Excel templates."""

from followup import wording

wording.add(
    {
        "template.too_many_rows": (
            "「{sheet}」有 {rows} 行，超过一个工作表能放下的 1048576 行。",
            "{sheet} has {rows} rows, more than the 1,048,576 a sheet can hold.",
        ),
        "template.too_many_rows.hint": (
            "请按人或按年份分成几个文件，或把共享表换成数据库。",
            "Split the data by person or year, or use a database as hub.",
        ),
        "template.too_long": (
            "「{sheet}」第 {row} 行「{column}」的内容超过一个单元格能放下的 32767 个字。",
            "{sheet} row {row}, {column}: longer than the 32,767 characters a cell can hold.",
        ),
        "template.too_long.hint": ("请把长文放进附件，这里只写摘要。", "Keep the long text as an attachment."),
    }
)
