"""Which sentences a person reads when an Excel file cannot be read or written?"""

from __future__ import annotations

from followup import wording

from .. import wording as _stores  # noqa: F401

wording.add(
    {
        "file.missing": ("找不到文件“{file}”。", "The file {file} is not there."),
        "file.missing.hint": ("请检查文件名和文件夹是否正确。", "Check the name and the folder."),
        "file.empty": ("文件“{file}”是空的(0 字节)。", "The file {file} is empty (0 bytes)."),
        "file.empty.hint": (
            "它可能还没有下载完,或保存时中断了。请从备份里取回一份。",
            "It may still be downloading, or a save was cut off. Take a copy from the backups.",
        ),
        "file.not_workbook": (
            "“{file}”不是 Excel 工作簿(.xlsx 或 .xlsm)。",
            "{file} is not a workbook (.xlsx or .xlsm).",
        ),
        "file.not_workbook.hint": (
            "请用 Excel 或 WPS 打开它,另存为“Excel 工作簿 (.xlsx)”后再试。",
            "Open it in Excel or WPS and save it as an Excel workbook (.xlsx).",
        ),
        "file.old_format": ("“{file}”是旧的 .xls 格式。", "{file} is in the old .xls format."),
        "file.old_format.hint": (
            "请用 Excel 或 WPS 打开它,另存为“Excel 工作簿 (.xlsx)”后再试。",
            "Open it in Excel or WPS and save it as an Excel workbook (.xlsx).",
        ),
        "file.encrypted": (
            "“{file}”设置了打开密码,无法读取。",
            "{file} is protected by a password and cannot be read.",
        ),
        "file.encrypted.hint": (
            "请在 Excel 里去掉打开密码(文件 → 信息 → 保护工作簿)后再试。",
            "Take the password off in Excel (File → Info → Protect Workbook).",
        ),
        "file.damaged": (
            "文件“{file}”已损坏,无法读取({detail})。",
            "The file {file} is damaged and cannot be read ({detail}).",
        ),
        "file.damaged.hint": (
            "请用 Excel 打开并修复,或从备份里取回一份。",
            "Open and repair it in Excel, or take a copy from the backups.",
        ),
        "file.unsafe": (
            "“{file}”里有不安全的内容({detail}),没有打开。",
            "{file} holds unsafe content ({detail}); it was not opened.",
        ),
        "file.unsafe.hint": (
            "Excel 和 WPS 保存的文件不会这样。请向给您文件的人确认来源。",
            "Excel and WPS do not save such files. Ask whoever sent it where it comes from.",
        ),
        "file.too_big": (
            "“{file}”展开后太大({detail}),没有打开。",
            "{file} is too large when unpacked ({detail}); it was not opened.",
        ),
        "file.too_big.hint": (
            "请把旧数据移到另一个工作簿,或删除多余的空白格式后再试。",
            "Move old rows to another workbook, or delete superfluous blank formatting.",
        ),
        "file.no_sheet": ("“{file}”里没有可以填写的工作表。", "{file} has no worksheet with cells."),
        "file.no_sheet.hint": ("请确认选对了文件。", "Check that this is the right file."),
        "file.unreadable": ("读不了文件“{file}”({detail})。", "The file {file} cannot be read ({detail})."),
        "file.unreadable.hint": (
            "请检查网络盘或权限;OneDrive 的文件请先右键“始终保留在此设备上”。",
            "Check the share and your rights; for OneDrive, choose “Always keep on this device” first.",
        ),
        "file.changing": (
            "读取时“{file}”正在被别的程序改写。",
            "{file} was being written by another program while it was read.",
        ),
        "file.changing.hint": ("请稍等一分钟再试。", "Try again in a minute."),
        "file.locked": ("“{file}”正被{who}打开,没有写入。", "{file} is open by {who}; nothing was written."),
        "file.locked.hint": (
            "请保存并关闭该文件后再运行;自动运行会在下一小时再试。",
            "Save and close it, then run again; the hourly run tries again next hour.",
        ),
        "file.read_only": (
            "“{file}”或它所在的文件夹是只读的,没有写入。",
            "{file} or its folder is read-only; nothing was written.",
        ),
        "file.read_only.hint": (
            "请在文件属性里去掉“只读”,或检查文件夹的写入权限。",
            "Take the read-only mark off, or check the folder's rights.",
        ),
        "file.signed": (
            "“{file}”带有数字签名,改动会使签名失效,没有写入。",
            "{file} is digitally signed; editing would break the signature. Nothing was written.",
        ),
        "file.signed.hint": (
            "请先在 Excel 里删除签名(文件 → 信息 → 查看签名)。",
            "Remove the signature in Excel first (File → Info → View Signatures).",
        ),
        "file.revisions": (
            "“{file}”开启了“共享工作簿/修订”记录,没有写入。",
            "{file} keeps a revision log (shared workbook); nothing was written.",
        ),
        "file.revisions.hint": (
            "请在 Excel 的“审阅”里关闭共享工作簿后再试。",
            "Turn off Shared Workbook under Review in Excel.",
        ),
        "file.odd_xml": (
            "“{file}”的内部写法特殊({detail}),不能保证安全改写,没有写入。",
            "{file} is written in an unusual way ({detail}) that cannot be edited safely; nothing was written.",
        ),
        "file.odd_xml.hint": (
            "请用 Excel 打开并另存一次后再试。",
            "Open it in Excel and save it once.",
        ),
        "file.verify": (
            "写好的新文件读回来不一致({detail}),原文件没有动。",
            "The new file did not read back as written ({detail}); the original was left alone.",
        ),
        "file.verify.hint": (
            "请把这条信息发给维护者;原文件完好。",
            "Please report this; the original file is intact.",
        ),
        "file.disk": (
            "写入“{file}”失败({detail}),原文件没有动。",
            "Writing {file} failed ({detail}); the original was left alone.",
        ),
        "file.disk.hint": ("请检查磁盘空间和网络盘连接。", "Check the disk space and the share."),
        "sheet.missing": ("“{file}”里没有工作表“{sheet}”。", "{file} has no worksheet {sheet}."),
        "sheet.missing.hint": ("请检查工作表名字;现有:{sheets}。", "Check the name; there are: {sheets}."),
        "sheet.array_formula": (
            "工作表“{sheet}”的 {cell} 在数组公式或模拟运算表 {area} 里,不能单独改写。",
            "{cell} on sheet {sheet} lies in the array formula or data table {area} and cannot be set alone.",
        ),
        "sheet.array_formula.hint": ("请在 Excel 里改写或先删除该公式。", "Edit or delete that formula in Excel."),
        "sheet.table_header": (
            "工作表“{sheet}”的 {cell} 是表格的标题,不能由程序改写。",
            "{cell} on sheet {sheet} is a table's header and is not for a program to change.",
        ),
        "sheet.table_header.hint": ("请在 Excel 里改标题。", "Rename the header in Excel."),
        "sheet.totals_row": (
            "工作表“{sheet}”的 {cell} 在表格的汇总行里,不能写入数据。",
            "{cell} on sheet {sheet} lies in a table's totals row.",
        ),
        "sheet.totals_row.hint": (
            "请在 Excel 里先取消“汇总行”,或在它上面留出空行。",
            "Switch off Total Row in Excel, or leave blank rows above it.",
        ),
        "sheet.merged": (
            "工作表“{sheet}”的 {cell} 在合并单元格 {area} 里面,写进去看不见。",
            "{cell} on sheet {sheet} lies inside the merged area {area}, where it would not be seen.",
        ),
        "sheet.merged.hint": ("请取消该处的合并单元格。", "Unmerge these cells."),
        "sheet.pivot": (
            "工作表“{sheet}”的 {cell} 在数据透视表 {area} 里,不能写入。",
            "{cell} on sheet {sheet} lies in the pivot table {area}.",
        ),
        "sheet.pivot.hint": ("请写在数据透视表以外的地方。", "Write outside the pivot table."),
        "sheet.occupied": (
            "工作表“{sheet}”的 {cell} 已有内容,不能在那里追加新行。",
            "{cell} on sheet {sheet} already holds something; a new row cannot go there.",
        ),
        "sheet.occupied.hint": (
            "请把表格下方的内容移到别处,给新行留出位置。",
            "Move what stands below the table elsewhere, to make room for new rows.",
        ),
        "sheet.full": (
            "工作表“{sheet}”已到 1,048,576 行的上限。",
            "Sheet {sheet} has reached the limit of 1,048,576 rows.",
        ),
        "sheet.full.hint": ("请把旧数据归档到另一个工作簿。", "Archive old rows to another workbook."),
        "sheet.row_delete": (
            "工作表“{sheet}”第 {row} 行不能安全删除({detail})。",
            "Row {row} of sheet {sheet} cannot be deleted safely ({detail}).",
        ),
        "sheet.row_delete.hint": ("请在 Excel 里手工删除该行。", "Delete the row by hand in Excel."),
        "cell.too_long": (
            "工作表“{sheet}”的 {cell} 要写入 {length} 个字,超过 Excel 的 32,767 字上限。",
            "{cell} on sheet {sheet} would hold {length} characters, more than Excel's 32,767.",
        ),
        "cell.too_long.hint": ("请缩短内容,或拆成几条记录。", "Shorten it, or split it into several records."),
        "cell.date_too_early": (
            "工作表“{sheet}”的 {cell} 的日期 {date} 太早,Excel 不能表示。",
            "The date {date} for {cell} on sheet {sheet} is too early for Excel.",
        ),
        "cell.date_too_early.hint": ("请检查年份,或按文字填写。", "Check the year, or keep it as text."),
        "cell.not_a_value": (
            "工作表“{sheet}”的 {cell} 的值不是 Excel 能保存的数。",
            "The value for {cell} on sheet {sheet} is not a number Excel can hold.",
        ),
        "cell.not_a_value.hint": ("请检查来源数据。", "Check where it comes from."),
        "someone": ("其他人", "someone"),
        "this.computer": ("本机的 {app}", "{app} on this computer"),
    }
)
