"""What is said about headers: the sentences of `followup.observe`."""

from followup.wording import add

add({
    "header.repeated": ("表头「{header}」重复表示「{column}」，只读前一列，这一列原样保留", "Header “{header}” names {column} a second time; the first column is read, this one is left alone"),
    "header.unit": ("「{header}」的表头写了单位，换算后的金额请确认一次", "The header of {header} names a unit; please confirm the converted amounts"),
    "header.missing": ("没有找到「{header}」这一列，按空白处理；如果改了名字，请在数据字典的表头别名里登记", "Column {header} was not found and counts as blank; if it was renamed, add the new name to 数据字典, 表头别名"),
    "cell.formula": ("这一格是公式，用的是它算出的值", "The cell holds a formula; its value is used"),
    "cell.formula_date": ("这一格的日期是公式，可能每天都变，请改成固定的日期", "The date is a formula and may change every day; please make it a fixed date"),
})  # fmt: skip
