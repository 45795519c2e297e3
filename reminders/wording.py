"""What can go wrong with mails, for people."""

from followup import wording

wording.add(
    {
        "mail.auth": (
            "邮件服务器 {host} 不接受用户名或密码。",
            "The mail server {host} refused the user name or password.",
        ),
        "mail.auth.hint": (
            "QQ、163、企业邮箱要用“授权码”而不是登录密码：在邮箱设置里开启 SMTP 并生成授权码，放进环境变量 GENJIN_MAIL_PASSWORD。",
            "QQ, 163 and Exmail want an authorisation code (授权码), not the login password: make one in the mailbox settings and set GENJIN_MAIL_PASSWORD.",
        ),
        "mail.sender": (
            "邮件服务器 {host} 不接受这个发件人（{detail}）。",
            "The mail server {host} does not accept this sender ({detail}).",
        ),
        "mail.sender.hint": (
            "发件人要和登录的邮箱一致：请核对 genjin.toml 里 [mail] 的 sender 和 user；没发出的提醒下次运行会补发。",
            "The sender must be the mailbox that logs in: check sender and user under [mail] in genjin.toml; what was not sent goes out with the next run.",
        ),
        "mail.unreachable": (
            "连不上邮件服务器 {host}:{port}（{detail}）。",
            "The mail server {host}:{port} cannot be reached ({detail}).",
        ),
        "mail.unreachable.hint": (
            "请检查网络和 genjin.toml 里 [mail] 的 host、port、security；没发出的提醒下次运行会补发。",
            "Check the network and host, port, security under [mail] in genjin.toml; what was not sent goes out with the next run.",
        ),
        "mail.tls": (
            "邮件服务器 {host} 的安全连接失败（{detail}）。",
            "The secure connection to {host} failed ({detail}).",
        ),
        "mail.tls.hint": (
            '465 端口用 security = "ssl"，587 端口用 "starttls"；自签证书请设置 ca_file。',
            'Port 465 wants security = "ssl", port 587 "starttls"; for a certificate of your own set ca_file.',
        ),
        "mail.insecure": (
            "不加密的邮件只能发给本机，不能发给 {host}。",
            "Mail without encryption is for this machine only, not for {host}.",
        ),
        "mail.insecure.hint": (
            '请把 [mail] security 改成 "ssl" 或 "starttls"。',
            'Set [mail] security to "ssl" or "starttls".',
        ),
        "mail.address": (
            "邮箱地址或发件人写得不对，没有发送：请核对“人员”表的邮箱和 [mail] sender。",
            "The address or the sender is not valid, so nothing was sent: check 邮箱 in 人员 and [mail] sender.",
        ),
        "mail.refused": ("邮件服务器拒收：{detail}", "The mail server refused it: {detail}"),
        "mail.later": (
            "邮件服务器说稍后再试，下次运行会重发：{detail}",
            "The mail server said later; the next run tries again: {detail}",
        ),
        "mail.uncertain": (
            "发出后连接断了，不确定是否送达，为避免重复不再重发。",
            "The connection broke after it was handed over; whether it arrived is not known, so it is not sent again.",
        ),
        "outbox.unwritable": ("不能写入 {path}（{detail}）。", "{path} cannot be written ({detail})."),
        "outbox.unwritable.hint": ("请检查磁盘空间和文件夹权限。", "Check the disk and the folder's permissions."),
    }
)
