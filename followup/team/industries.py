"""The built-in 行业, two levels: 大类 and its 细分 (MODEL 3.1, 所属行业)."""

from __future__ import annotations

from followup.team.dictionary import Entry

# fmt: off
_INDUSTRIES: dict[str, tuple[str, str]] = {
    "制造业": ("制造 生产制造 工业制造", "汽车零部件 汽车整车 机械设备 电子电器 半导体 仪器仪表 化工 金属制品 纺织服装 食品饮料 医疗器械 医药 家具建材 包装印刷 新能源 航空航天 塑料橡胶 工业自动化 家电 其他制造"),
    "信息技术": ("IT 互联网 软件 信息技术业 TMT 信息传输", "软件开发 互联网平台 系统集成 云计算 人工智能 大数据 网络安全 通信 游戏 电子商务 物联网 企业服务 其他信息技术"),
    "金融业": ("金融", "银行 保险 证券 基金 信托 融资租赁 支付 消费金融 其他金融"),
    "批发零售": ("零售 批发 贸易 批发和零售业 零售业", "商超 连锁零售 跨境电商 批发贸易 汽车销售 医药流通 快消品 进出口 其他零售"),
    "房地产建筑": ("房地产 建筑 建筑业 地产 房地产业", "房地产开发 建筑施工 装修装饰 物业管理 工程设计 园林市政 其他建筑"),
    "交通物流": ("物流 运输 交通运输 物流业", "快递 仓储 公路运输 航运 航空 铁路 供应链 冷链 其他物流"),
    "教育培训": ("教育 培训", "高等教育 基础教育 职业教育 企业培训 在线教育 留学 其他教育"),
    "医疗健康": ("医疗 健康 医疗卫生", "医院 诊所 体检 养老 生物技术 互联网医疗 其他医疗"),
    "能源环保": ("能源 环保 电力", "电力 石油天然气 煤炭 光伏 风电 储能 水务 环保工程 其他能源"),
    "文化传媒": ("传媒 文化 广告", "广告营销 影视 出版 会展 体育 文旅 其他文化"),
    "商务服务": ("服务业 专业服务 咨询", "咨询 法律 财税 人力资源 检测认证 知识产权 其他服务"),
    "餐饮住宿": ("餐饮 酒店 住宿", "连锁餐饮 酒店 旅游 食品加工 其他餐饮"),
    "农林牧渔": ("农业", "种植 养殖 农资 农产品加工 林业 渔业 其他农业"),
    "政府公用": ("政府 事业单位 公共服务 政务", "政府机关 事业单位 公共安全 社会组织 国防 其他公用"),
    "其他": ("其它 其他行业", ""),
}
# fmt: on


def entries() -> tuple[Entry, ...]:
    """大类 first, then 细分 with their 大类 as 上级; a 细分 that two 大类 share is written `大类-细分`."""
    mains = [
        Entry("行业", name, tuple(aliases.split()), order=i)
        for i, (name, (aliases, _)) in enumerate(_INDUSTRIES.items(), 1)
    ]
    seen = {entry.value for entry in mains}
    details: list[Entry] = []
    for main, (_, names) in _INDUSTRIES.items():
        for name in names.split():
            value = f"{main}-{name}" if name in seen else name
            seen.add(value)
            details.append(Entry("行业", value, parent=main, order=100 + len(details)))
    return (*mains, *details)
