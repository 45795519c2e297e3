"""What the commands say to people."""

from followup import wording

wording.add(
    {
        "workspace.exists": ("{path} 已经是一个工作区。", "{path} is a workspace already."),
        "workspace.exists.hint": (
            "请换一个新文件夹，或直接在那里运行 genjin check。",
            "Choose a new folder, or run genjin check there.",
        ),
        "edition.unknown": ("没有“{edition}”这个版本。", "There is no edition {edition}."),
        "edition.unknown.hint": (
            "请用 --edition starter 或 --edition full。",
            "Use --edition starter or --edition full.",
        ),
        "adopt.later": ("还不能采用现有的工作簿。", "Adopting a workbook of your own is not possible yet."),
        "adopt.later.hint": (
            "请先用 genjin init 生成标准工作簿，再把客户和跟进记录粘贴进去。",
            "Make a standard workbook with genjin init and paste your customers and follow-ups into it.",
        ),
        "workspace.none": ("{path} 里没有 genjin.toml。", "There is no genjin.toml in {path}."),
        "workspace.none.hint": (
            "请先运行 genjin init 文件夹，或用 --workspace 指定工作区。",
            "Run genjin init FOLDER first, or name the workspace with --workspace.",
        ),
        "settings.broken": ("{file} 第 {line} 行读不懂：{detail}。", "{file}, line {line} cannot be read: {detail}."),
        "settings.broken.hint": (
            '请改正这一行；文本要加引号，例如 host = "smtp.qq.com"。',
            'Mend that line; text needs quotes, for example host = "smtp.qq.com".',
        ),
        "settings.value": (
            "{file} 里 [{section}] {key} 的值不对：{detail}。",
            "[{section}] {key} in {file} is wrong: {detail}.",
        ),
        "settings.value.hint": ("请按 README 的“设置”一节改正。", "See the chapter on settings in the README."),
        "file.none": ("找不到文件 {file}。", "The file {file} is not there."),
        "file.none.hint": ("请检查文件名和文件夹。", "Check its name and folder."),
        "file.no_tables": (
            "{file} 里没有找到客户表或跟进表的表头。",
            "No customer or follow-up header was found in {file}.",
        ),
        "file.no_tables.hint": (
            "表头要在前 11 行，并且有“客户名称”等列；也可以先用 genjin init 生成标准表。",
            "The header must stand in the first 11 rows and name columns such as 客户名称; genjin init makes standard sheets.",
        ),
        "hub.off": ("这个工作区还没有设置共享表格。", "This workspace has no hub yet."),
        "hub.off.hint": (
            '请在 genjin.toml 的 [hub] 里写 kind = "google"，再运行 genjin hub setup。',
            'Set kind = "google" under [hub] in genjin.toml, then run genjin hub setup.',
        ),
        "hub.not_setup": ("共享表格里还没有“{sheet}”这张表。", "The shared sheet has no tab {sheet} yet."),
        "hub.not_setup.hint": ("请先运行 genjin hub setup。", "Run genjin hub setup first."),
        "hub.kind": ('[hub] kind = "{kind}" 还不支持。', '[hub] kind = "{kind}" is not supported yet.'),
        "hub.kind.hint": ('请用 "google" 或 "none"。', 'Use "google" or "none".'),
        "sync.no_meta": (
            "{file} 里没有隐藏的“_元数据”表，无法知道上次同步到哪里。",
            "{file} has no hidden sheet _元数据, so the last sync cannot be known.",
        ),
        "sync.no_meta.hint": (
            "请用 genjin init 生成的工作簿，或从备份里找回它。",
            "Use a workbook made by genjin init, or take it back from a backup.",
        ),
        "sync.stopped": ("为安全起见没有同步：{detail}", "For safety nothing was synced: {detail}"),
        "sync.stopped.hint": (
            "请先看一看；确实要这样做，就加上 --confirm {plan_id} 再运行一次。",
            "Have a look; to do it all the same, run again with --confirm {plan_id}.",
        ),
        "run.busy": ("另一个 genjin 正在这个工作区里运行。", "Another genjin is running in this workspace."),
        "run.busy.hint": ("请等它结束再试。", "Try again when it has ended."),
        "data.unwritable": ("不能写入 {path}。", "{path} cannot be written."),
        "data.unwritable.hint": (
            "请检查文件夹权限和磁盘空间，或把工作区放到自己的文件夹里。",
            "Check the folder's permissions and the disk, or move the workspace to a folder of your own.",
        ),
        "person.not_found": ("人员表里没有“{name}”。", "There is no {name} in 人员."),
        "person.not_found.hint": (
            "请检查姓名，或先把他加到“人员”表。",
            "Check the name, or add the person to the sheet 人员.",
        ),
        "undo.none": ("没有可以撤销的运行。", "There is no run to undo."),
        "undo.none.hint": ("只有改过工作簿的运行可以撤销。", "Only runs that changed a workbook can be undone."),
        "undo.unknown": ("没有编号为 {run} 的运行。", "There is no run {run}."),
        "undo.unknown.hint": ("运行编号在“运行日志”里。", "The run numbers stand in 运行日志."),
        "undo.gone": ("那次运行改的工作簿 {file} 已经不在了。", "The workbook {file} of that run is gone."),
        "undo.gone.hint": ("请把它放回原处再试。", "Put it back and try again."),
        "undo.edited": ("之后又被改过", "edited since"),
        "undo.missing": ("这一行已经不在了", "the row is gone"),
        "undo.colleague": (
            "来自同事，未撤销（要撤销请加 --with-colleagues）",
            "came from a colleague, kept (use --with-colleagues)",
        ),
        "cells.syntax": ("看不懂“{text}”。", "{text} cannot be read."),
        "cells.syntax.hint": (
            "写成 A1=文字、A1:n=5、A1:d=2024-05-05、A1:b=true 或 A1=（清空）。",
            "Write A1=text, A1:n=5, A1:d=2024-05-05, A1:b=true or A1= (blank).",
        ),
        "now.syntax": ("--now 看不懂：{text}。", "--now {text} cannot be read."),
        "now.syntax.hint": ("写成 2024-06-30T18:00:00。", "Write 2024-06-30T18:00:00."),
        "lang.unknown": ("--lang 只能是 zh 或 en。", "--lang is zh or en."),
        "lang.unknown.hint": ("例如 --lang en。", "For example --lang en."),
        "warn.columns": (
            "{file} 缺少 {count} 列由工具填写的内容（{columns}），已跳过；要补上请运行 genjin upgrade。",
            "{file} lacks {count} columns that the tool fills in ({columns}); they were skipped. genjin upgrade adds them.",
        ),
        "warn.calendar": (
            "{year} 年的节假日还不知道，按周一到周五计算；可以在“节假日”表里填写。",
            "The holidays of {year} are not known: Monday to Friday are taken as working days. Fill in the sheet 节假日.",
        ),
        "warn.network_folder": (
            "工作区在同步盘或网络盘上，运行数据改放在 {path}。",
            "The workspace lies on a synced or network folder; the tool's own data is kept in {path}.",
        ),
        "warn.deferred": (
            "{file} 正被打开，这次没有写入；关闭后下次运行会补上。",
            "{file} is open, so it was not written; the next run after it is closed will.",
        ),
        "warn.no_header": (
            "“{sheet}”里没有找到表头，这张表先跳过；表头要在前 11 行，写着“{headers}”等列名。",
            "No header was found in {sheet}, so it was skipped; the header stands in the first 11 rows and names columns such as {headers}.",
        ),
        "warn.header": ("{sheet}：{detail}", "{sheet}: {detail}"),
        "warn.copy": (
            "“{sheet}”第 {row} 行和另一行完全相同，可能是复制的，先不同步；请改动或删除它。",
            "{sheet}, row {row} is the same as another row, perhaps a copy: not synced until it is edited or deleted.",
        ),
        "internal": ("程序内部出错：{kind}。没有写入任何内容。", "Internal error: {kind}. Nothing was written."),
        "internal.hint": (
            "请把 {log} 发给管理员；里面没有客户数据。",
            "Please send {log} to your administrator; it holds no customer data.",
        ),
    }
)
