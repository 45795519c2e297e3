"""Which sentences a person reads when the shared Google sheet cannot be reached, read or written."""

from __future__ import annotations

from followup import wording
from sync.stores import wording as _stores  # noqa: F401  (store.moved)

wording.add(
    {
        "hub.no_key": ("找不到谷歌的密钥文件“{file}”。", "The Google key file {file} is not there."),
        "hub.no_key.hint": (
            "请把服务账号的 JSON 密钥文件放到这个位置，或在 genjin.toml 的 [hub] credentials 里写对它的路径。",
            "Put the service account's JSON key there, or correct [hub] credentials in genjin.toml.",
        ),
        "hub.bad_key": (
            "密钥文件“{file}”不能用：{detail}。",
            "The key file {file} cannot be used: {detail}.",
        ),
        "hub.bad_key.hint": (
            "请在 Google Cloud 控制台的“服务账号 → 密钥”里新建一个 JSON 密钥，替换这个文件。",
            "Create a new JSON key under Service accounts → Keys in the Google Cloud console and replace the file.",
        ),
        "hub.key.not_json": ("不是 JSON 文件", "it is not a JSON file"),
        "hub.key.not_account": ("不是服务账号的密钥", "it is not the key of a service account"),
        "hub.key.incomplete": ("缺少 {names}", "it lacks {names}"),
        "hub.no_permission": (
            "没有权限使用共享表格（服务账号 {email}）。",
            "The shared sheet may not be used by the service account {email}.",
        ),
        "hub.no_permission.hint": (
            "请打开共享表格，点“共享”，把它共享给 {email}，权限选“编辑者”。",
            "Open the shared sheet, press Share, and share it with {email} as an editor.",
        ),
        "hub.api_disabled": (
            "谷歌项目还没有启用 Google Sheets API。",
            "The Google Sheets API is not enabled in the Google project.",
        ),
        "hub.api_disabled.hint": (
            "请在 Google Cloud 控制台里启用“Google Sheets API”，几分钟后再试。",
            "Enable the Google Sheets API in the Google Cloud console and try again in a few minutes.",
        ),
        "hub.not_found": (
            "找不到共享表格（编号 {spreadsheet}）。",
            "There is no shared sheet with the id {spreadsheet}.",
        ),
        "hub.not_found.hint": (
            "请检查 genjin.toml 里 [hub] spreadsheet 的编号（网址中 /d/ 和 /edit 之间的部分），并确认表格没有被删除。",
            "Check [hub] spreadsheet in genjin.toml (the part between /d/ and /edit of the address); was it deleted?",
        ),
        "hub.unreachable": ("连不上谷歌表格（{detail}）。", "Google Sheets cannot be reached ({detail})."),
        "hub.unreachable.hint": (
            "请检查网络或代理。什么都没有写入，恢复后下次运行会自动继续。",
            "Check the network or proxy. Nothing was written; the next run goes on by itself.",
        ),
        "hub.unavailable": (
            "谷歌表格暂时出错（代码 {status}）。",
            "Google Sheets is failing for the moment (code {status}).",
        ),
        "hub.unavailable.hint": (
            "请过几分钟再试；自动运行会在下一小时再试。",
            "Try again in a few minutes; the hourly run does.",
        ),
        "hub.quota": (
            "对谷歌表格的请求太多，已达到每分钟上限。",
            "Too many requests: Google's limit a minute is reached.",
        ),
        "hub.quota.hint": (
            "请过几分钟再试；自动运行会在下一小时再试。",
            "Try again in a few minutes; the hourly run does.",
        ),
        "hub.unknown_outcome": (
            "写入共享表格时连接断了，不知道谷歌是否已经写入。",
            "The connection broke while writing to the shared sheet; whether Google wrote is not known.",
        ),
        "hub.unknown_outcome.hint": (
            "不用重做：下次运行会先查清结果再继续，不会重复写入。",
            "Nothing to redo: the next run finds out first and does not write twice.",
        ),
        "hub.refused": ("谷歌表格拒绝了这次写入：{detail}", "Google Sheets refused the write: {detail}"),
        "hub.refused.hint": (
            "什么都没有写入。请运行 genjin doctor,并把这句话发给管理员。",
            "Nothing was written. Run genjin doctor and send this sentence to whoever looks after it.",
        ),
        "hub.busy": (
            "有人正在不停地移动共享表格里的行，暂时无法写入。",
            "People keep moving rows of the shared sheet; it cannot be written at the moment.",
        ),
        "hub.busy.hint": ("请等大家编辑完再运行一次。", "Run again when they have finished."),
        # The words every store uses for this code (`sync.stores.contract`).
    }
)
