"""The built-in 地区: provinces and prefecture-level cities of China with their short names (MODEL 3)."""

from __future__ import annotations

from followup.team.dictionary import Entry

# 省级：标准名 → 别名
# fmt: off
_PROVINCES: dict[str, str] = {
    "北京市": "BJ 北京 Beijing 京 帝都", "天津市": "TJ 天津 Tianjin 津", "上海市": "SH 上海 Shanghai 沪 魔都", "重庆市": "CQ 重庆 Chongqing 渝",
    "河北省": "河北 Hebei 冀", "山西省": "山西 Shanxi 晋", "内蒙古自治区": "内蒙古 内蒙 InnerMongolia 蒙",
    "辽宁省": "辽宁 Liaoning 辽", "吉林省": "吉林 Jilin 吉", "黑龙江省": "黑龙江 Heilongjiang 黑",
    "江苏省": "江苏 Jiangsu 苏", "浙江省": "浙江 Zhejiang 浙", "安徽省": "安徽 Anhui 皖", "福建省": "福建 Fujian 闽",
    "江西省": "江西 Jiangxi 赣", "山东省": "山东 Shandong 鲁", "河南省": "河南 Henan 豫", "湖北省": "湖北 Hubei 鄂",
    "湖南省": "湖南 Hunan 湘", "广东省": "广东 Guangdong 粤 GD", "广西壮族自治区": "广西 Guangxi 桂", "海南省": "海南 Hainan 琼",
    "四川省": "四川 Sichuan 川 蜀", "贵州省": "贵州 Guizhou 黔 贵", "云南省": "云南 Yunnan 滇 云", "西藏自治区": "西藏 Tibet Xizang 藏",
    "陕西省": "陕西 Shaanxi 陕 秦", "甘肃省": "甘肃 Gansu 甘 陇", "青海省": "青海 Qinghai 青", "宁夏回族自治区": "宁夏 Ningxia 宁",
    "新疆维吾尔自治区": "新疆 Xinjiang 新", "香港特别行政区": "香港 HongKong HK 港", "澳门特别行政区": "澳门 Macau Macao 澳", "台湾省": "台湾 Taiwan 台 臺灣",
}
# 地级：省 → 城市；「全称=别名…」之外，别名是去掉市、地区、盟的短名
_CITIES: dict[str, str] = {
    "河北省": "石家庄市 唐山市 秦皇岛市 邯郸市 邢台市 保定市 张家口市 承德市 沧州市 廊坊市 衡水市 雄安新区=雄安",
    "山西省": "太原市 大同市 阳泉市 长治市 晋城市 朔州市 晋中市 运城市 忻州市 临汾市 吕梁市",
    "内蒙古自治区": "呼和浩特市=呼和浩特,呼市 包头市 乌海市 赤峰市 通辽市 鄂尔多斯市 呼伦贝尔市 巴彦淖尔市 乌兰察布市 兴安盟 锡林郭勒盟 阿拉善盟",
    "辽宁省": "沈阳市=沈阳,Shenyang 大连市=大连,Dalian,DL 鞍山市 抚顺市 本溪市 丹东市 锦州市 营口市 阜新市 辽阳市 盘锦市 铁岭市 朝阳市= 葫芦岛市",
    "吉林省": "长春市=长春,Changchun 吉林市=吉林 四平市 辽源市 通化市 白山市 松原市 白城市 延边朝鲜族自治州=延边,延边州",
    "黑龙江省": "哈尔滨市=哈尔滨,Harbin 齐齐哈尔市 鸡西市 鹤岗市 双鸭山市 大庆市 伊春市 佳木斯市 七台河市 牡丹江市 黑河市 绥化市 大兴安岭地区",
    "江苏省": "南京市=南京,Nanjing,NJ 无锡市=无锡,Wuxi 徐州市=徐州,Xuzhou 常州市=常州,Changzhou 苏州市=苏州,Suzhou 南通市=南通,Nantong 连云港市 淮安市 盐城市 扬州市 镇江市 泰州市 宿迁市",
    "浙江省": "杭州市=杭州,Hangzhou,HZ 宁波市=宁波,Ningbo,NB 温州市=温州,Wenzhou 嘉兴市 湖州市 绍兴市 金华市 衢州市 舟山市 台州市 丽水市",
    "安徽省": "合肥市=合肥,Hefei 芜湖市 蚌埠市 淮南市 马鞍山市 淮北市 铜陵市 安庆市 黄山市 滁州市 阜阳市 宿州市 六安市 亳州市 池州市 宣城市",
    "福建省": "福州市=福州,Fuzhou 厦门市=厦门,Xiamen,XM 莆田市 三明市 泉州市=泉州,Quanzhou 漳州市 南平市 龙岩市 宁德市",
    "江西省": "南昌市=南昌,Nanchang 景德镇市 萍乡市 九江市 新余市 鹰潭市 赣州市 吉安市 宜春市 抚州市 上饶市",
    "山东省": "济南市=济南,Jinan 青岛市=青岛,Qingdao,QD 淄博市 枣庄市 东营市 烟台市 潍坊市 济宁市 泰安市 威海市 日照市 临沂市 德州市 聊城市 滨州市 菏泽市",
    "河南省": "郑州市=郑州,Zhengzhou,ZZ 开封市 洛阳市 平顶山市 安阳市 鹤壁市 新乡市 焦作市 濮阳市 许昌市 漯河市 三门峡市 南阳市 商丘市 信阳市 周口市 驻马店市 济源市",
    "湖北省": "武汉市=武汉,Wuhan,WH 黄石市 十堰市 宜昌市 襄阳市=襄阳,襄樊 鄂州市 荆门市 孝感市 荆州市 黄冈市 咸宁市 随州市 恩施土家族苗族自治州=恩施,恩施州 仙桃市 潜江市 天门市 神农架林区=神农架",
    "湖南省": "长沙市=长沙,Changsha,CS 株洲市 湘潭市 衡阳市 邵阳市 岳阳市 常德市 张家界市 益阳市 郴州市 永州市 怀化市 娄底市 湘西土家族苗族自治州=湘西,湘西州",
    "广东省": "广州市=广州,Guangzhou,GZ,羊城,穗 深圳市=深圳,Shenzhen,SZ,鹏城 珠海市=珠海,Zhuhai,ZH 汕头市 韶关市 佛山市=佛山,Foshan,FS 江门市 湛江市 茂名市 肇庆市 惠州市=惠州,Huizhou 梅州市 汕尾市 河源市 阳江市 清远市 东莞市=东莞,Dongguan,DG 中山市=中山,Zhongshan 潮州市 揭阳市 云浮市",
    "广西壮族自治区": "南宁市=南宁,Nanning 柳州市 桂林市 梧州市 北海市 防城港市 钦州市 贵港市 玉林市 百色市 贺州市 河池市 来宾市 崇左市",
    "海南省": "海口市=海口,Haikou 三亚市=三亚,Sanya 三沙市 儋州市",
    "四川省": "成都市=成都,Chengdu,CD,蓉城 自贡市 攀枝花市 泸州市 德阳市 绵阳市=绵阳,Mianyang 广元市 遂宁市 内江市 乐山市 南充市 眉山市 宜宾市 广安市 达州市 雅安市 巴中市 资阳市 阿坝藏族羌族自治州=阿坝,阿坝州 甘孜藏族自治州=甘孜,甘孜州 凉山彝族自治州=凉山,凉山州",
    "贵州省": "贵阳市=贵阳,Guiyang 六盘水市 遵义市 安顺市 毕节市 铜仁市 黔西南布依族苗族自治州=黔西南,黔西南州 黔东南苗族侗族自治州=黔东南,黔东南州 黔南布依族苗族自治州=黔南,黔南州",
    "云南省": "昆明市=昆明,Kunming 曲靖市 玉溪市 保山市 昭通市 丽江市 普洱市 临沧市 楚雄彝族自治州=楚雄,楚雄州 红河哈尼族彝族自治州=红河州 文山壮族苗族自治州=文山州,文山 西双版纳傣族自治州=西双版纳 大理白族自治州=大理,大理州 德宏傣族景颇族自治州=德宏,德宏州 怒江傈僳族自治州=怒江州 迪庆藏族自治州=迪庆,迪庆州",
    "西藏自治区": "拉萨市=拉萨,Lhasa 日喀则市 昌都市 林芝市 山南市 那曲市 阿里地区=阿里地区",
    "陕西省": "西安市=西安,Xian,Xi'an,XA 铜川市 宝鸡市 咸阳市 渭南市 延安市 汉中市 榆林市 安康市 商洛市",
    "甘肃省": "兰州市=兰州,Lanzhou 嘉峪关市 金昌市 白银市 天水市 武威市 张掖市 平凉市 酒泉市 庆阳市 定西市 陇南市 临夏回族自治州=临夏,临夏州 甘南藏族自治州=甘南,甘南州",
    "青海省": "西宁市=西宁,Xining 海东市 海北藏族自治州=海北州 黄南藏族自治州=黄南州 海南藏族自治州=海南州 果洛藏族自治州=果洛,果洛州 玉树藏族自治州=玉树,玉树州 海西蒙古族藏族自治州=海西州",
    "宁夏回族自治区": "银川市=银川,Yinchuan 石嘴山市 吴忠市 固原市 中卫市",
    "新疆维吾尔自治区": "乌鲁木齐市=乌鲁木齐,乌市,Urumqi 克拉玛依市 吐鲁番市 哈密市 昌吉回族自治州=昌吉,昌吉州 博尔塔拉蒙古自治州=博州,博尔塔拉 巴音郭楞蒙古自治州=巴州,巴音郭楞 阿克苏地区 克孜勒苏柯尔克孜自治州=克州 喀什地区 和田地区 伊犁哈萨克自治州=伊犁,伊犁州 塔城地区 阿勒泰地区 石河子市",
    "台湾省": "台北市=台北,Taipei 新北市 桃园市 台中市=台中,Taichung 台南市 高雄市=高雄,Kaohsiung",
}
# fmt: on


def _city(text: str, province: str, order: int) -> Entry:
    name, equals, aliases = text.partition("=")
    short = name.removesuffix("市").removesuffix("地区").removesuffix("盟")
    names = tuple(filter(None, aliases.split(","))) if equals else (short,)
    return Entry("地区", name, names, province, order)


def entries() -> tuple[Entry, ...]:
    """Provinces first, then their cities, in the official order."""
    provinces = [
        Entry("地区", name, tuple(aliases.split()), order=i) for i, (name, aliases) in enumerate(_PROVINCES.items(), 1)
    ]
    pairs = [(city, province) for province, cities in _CITIES.items() for city in cities.split()]
    return (*provinces, *(_city(city, province, 100 + i) for i, (city, province) in enumerate(pairs)))
