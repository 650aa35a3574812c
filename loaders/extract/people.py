"""Persons' names and posts: where a name ends and a post begins, which posts are in one body.

Names are told by surnames (百家姓 and the commoner ones outside it), posts by how titles end. Everything here works on
text without white space unless it says otherwise.
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.regions import short_named
from loaders.facts import Post

SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤"
    "滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧肖尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅"
    "盛林刁钟徐邱丘骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富"
    "巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲台从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳"
    "逄姬申扶堵冉宰郦雍璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东欧利蔚越隆师巩厍聂晁勾敖"
    "融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公付阳揭闫区佟佘佴伯仝邸仉逮付代岳帅种楚覃谌练冼邝麦丛修初由苟原侍闪卯木矫晋战门丑令"
    "鹿牟缑亢况尧展诚钦敬撒火信臧么才晓来信战宾迟楼展占苑乃线院荻阿拜呼哈税药来郎玄化伦朴泮庹仵占粟植肇召么薜腾敦庆雒冒续邰邬鄢瞻青盘蹇桢覃阙弋鲜忻涂隋阎綦漆亓郄禤佀妥"
)
COMPOUND = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠"
    " 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁"
    " 拓跋 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 第五 纳兰 完颜"
)
_COMPOUND = frozenset(COMPOUND.split())
HAN = "一-鿿"
_DOTS = frozenset("·•・‧．.")
_ETHNIC = re.compile(rf"[{HAN}]{{1,8}}(?:[·•・‧．.][{HAN}]{{1,8}})+")
_ALL_HAN = re.compile(rf"[{HAN}]+")
# Signs a given name does not end in, and words that begin like a surname and are no name.
_NO_NAME_END = "局委办部厅处署队站所院社室"
_NO_NAME = frozenset(
    [
        "单位",
        "成员",
        "常委",
        "党委",
        "党组",
        "安全",
        "方案",
        "项目",
        "计划",
        "金融",
        "高校",
        "高新",
        "应急",
        "商务",
        "水利",
        "水务",
        "林业",
        "农业",
        "司法",
        "公安",
        "文旅",
        "文化",
        "国土",
        "国资",
        "国企",
        "方面",
        "时间",
        "任务",
        "明确",
        "全面",
        "车辆",
        "宣传",
        "组织",
        "纪检",
        "河长",
        "林长",
        "田长",
        "路长",
        "段长",
        "关于",
        "全体",
        "常务",
        "相关",
        "有关",
        "全省",
        "全市",
        "全县",
        "全区",
        "和谐",
        "满意",
        "通知",
        "通报",
        "通讯",
        "双方",
        "家庭",
        "农村",
        "农户",
        "平台",
        "平安",
        "项目部",
        "党工委",
        "党支部",
        "能源",
        "石油",
        "广电",
        "和平",
        "成立",
        "成果",
        "管理",
        "管委会",
        "单独",
        "时限",
        "来源",
        "包括",
        "包保",
        "解决",
        "路线",
        "令人",
        "国家",
        "公司",
        "公路",
        "安排",
        "文件",
        "文明",
        "司机",
        "须知",
        "由于",
        "时任",
        "连任",
        "原任",
        "现任",
        "任命",
        "任职",
        "任免",
        "任期",
        "支行",
        "支部",
        "支队",
        "经济",
        "经信",
        "经理",
        "印发",
        "印章",
        "古城",
        "向阳",
        "向上",
        "全民",
        "全国",
        "种植",
        "种子",
        "信息",
        "信用",
        "信访",
        "牧业",
        "牧民",
        "沙化",
        "水库",
        "江河",
        "花卉",
        "青年",
        "青少年",
        "谷物",
        "云计算",
        "车站",
        "温室",
        "高速",
        "景区",
        "古镇",
        "石化",
        "盐业",
        "党校",
        "党建",
        "党群",
        "史志",
        "关工委",
        "广播",
        "都市",
        "房产",
        "房管",
        "房屋",
        "易地",
        "白酒",
        "毛纺",
        "钱款",
        "贺信",
        "乐园",
        "雷达",
        "江南",
        "江北",
        "江东",
        "国税",
        "地税",
        "粟米",
        "后勤",
        "后备",
        "边防",
        "能力",
        "项目库",
        "班子",
        "台办",
        "台湾",
        "应当",
        "应用",
        "应对",
        "召开",
        "召集人",
        "代表",
        "代理",
        "原则",
        "丰收",
        "简称",
        "简介",
        "占地",
        "占比",
        "展览",
        "展会",
        "来访",
        "战略",
        "战备",
        "益民",
        "信托",
        "红旗",
        "红十字",
        "公共",
        "公文",
        "公开",
        "公示",
        "公积金",
        "公益",
        "公证",
        "初级",
        "初审",
        "初步",
        "查处",
        "查询",
        "修订",
        "修改",
        "修缮",
        "木材",
        "门诊",
        "门户",
        "展示",
        "庆祝",
        "庆典",
        "利益",
        "利民",
        "利税",
        "干部",
        "干警",
        "游客",
        "游泳",
        "银行",
        "关键",
        "关爱",
        "盘点",
        "步骤",
        "满足",
        "向导",
        "解释",
        "强化",
        "强调",
        "温馨",
        "别墅",
        "居民",
        "居委会",
        "衡量",
        "原因",
        "和尚",
        "容量",
    ]
)

# --- posts ------------------------------------------------------------------------------------------------------

_RANK = (
    "第一|第二|常务|执行|专职|兼职|副|正|代理|代|原|总|首席|高级|中级|初级|[一二三四五]级|正高级|副高级|(?:正|副)?(?:科|处|县|厅|局|股|团|师)级|挂职|纪检监察|党|行政"
    "|助理|特邀|名誉|驻会|轮值|助勤|党员|安全|技术|业务|政治|纪检"
)
_CORE = (
    "书记|书记员|常委|委员|成员|党员|局长|厅长|部长|处长|科长|股长|主任|主任委员|主席|院长|所长|站长|队长|支队长|大队长|总队长|中队长|分队长|团长|师长|旅长|营长|连长|行长"
    "|校长|馆长|台长|社长|会长|理事长|理事|监事长|监事会主席|董事长|董事|监事|总经理|经理|总监|总裁|工程师|经济师|会计师|规划师|农艺师|畜牧师|兽医师|统计师|审计师|设计师|建筑师"
    "|药师|医师|护士长|督学|编辑|主编|秘书长|秘书|区长|县长|市长|省长|镇长|乡长|州长|旗长|盟长|苏木达|嘎查达|专员|巡视员|调研员|主任科员|科员|办事员|主办|督办|协办|督察专员|督察长|督察"
    "|政委|政治委员|参谋长|司令员|教导员|指导员|警长|警务技术主任|警务技术主管|警务专员|检察长|检察官|审判长|法官|庭长|助理|干部|负责人|负责同志|领导|代表|顾问|专家|教授"
    "|研究员|技术员|总干事|干事|组长|园长|厂长|矿长|段长|场长|井长|网格员|专业技术职务|职务|主管|专干|参事|馆员|署长|关长|监狱长|执行官|律师|发言人|联络员|社区主任|村主任|支书"
    "|局办主任|主任助理|局长助理|区长助理|县长助理|市长助理|行长助理|总经理助理|部长助理|主席助理|校长助理|总工|总师|总会计师|总经济师|总工程师|总规划师|总农艺师|总畜牧师|总编辑"
    "|总理|副总理|国务委员|总统计师|总审计师|总设计师|人员|工作人员|警员|民警|教师|医生|管委|首长|监察专员|巡察专员|组织员|信息员|审计长|行署专员|林长|河长|领队|人选|法定代表人"
)
POSTS = frozenset(_CORE.split("|"))
_CORE_SIZES = sorted({len(core) for core in POSTS})
_POST_BRACKET = re.compile(rf"(?:{_CORE})[（(][^()（）]{{1,16}}[)）]$")
_PARTY = r"(?:党组|党委|党总支|党支部|党工委|机关党委|党委会|党的?核心小组|分党组|领导班子|班子|董事会|理事会|监事会)"
_TITLE = re.compile(
    rf"(?P<body>.*?)(?P<party>{_PARTY}(?=[书副成委常专第]))?(?P<title>(?:(?:分管|主持|负责|协助)[^、，]{{0,14}}的?)?(?:{_RANK})*(?:{_CORE})"
    r"(?:[（(][^()（）]{1,16}[)）])?)$"
)
_BODY_END = re.compile(
    r"(?:局|委|办|部|厅|院|会|社|中心|公司|集团|队|行|政府|室|校|中学|小学|大学|所|站|处|科|股|组|厂|场|馆|台|政协|人大|工会|妇联|残联|科协|文联|侨联|工商联|联"
    r"|园|区|街道|镇|乡|县|市|省|村|社区|支行|支部|机关|庭|署|海关|税务|分局|旗|州|盟|专班|段|矿|库|网|林场|农场|牧场|水库|公署|党委|党工委|党组|大厦|银行|医院|协会|学会"
    r"|研究院|国务院|总局|总社|供电|移动|联通|电信|铁塔|邮政|烟草|石化|石油|燃气|水务|热力|检察院|法院)(?:[（(][^()（）]{1,20}[)）])?$"
)


def is_post(text: str) -> bool:
    """Whether a text ends like a post: 县教育局局长, 副县长（主持工作）; a line's end behind it counts for nothing."""
    if text[-1:] == "\n":
        text = text[:-1]
    if text[-1:] in ("）", ")"):
        return _POST_BRACKET.search(text) is not None
    return not POSTS.isdisjoint([text[-size:] for size in _CORE_SIZES])


# Bodies inside another one; named bare they belong to the body before them.
_INSIDE = re.compile(
    rf"(?:机关|离退休|直属|局|委|厅)?(?:{_PARTY}|工会|团委|团支部|纪委|纪检组|纪检监察组|妇委会|办公室|综合[科股处室]|[{HAN}]{{2,6}}[科股]|[{HAN}]{{2,6}}处室?|人事处|办公厅)"
)
_HEAD_OF_GOVERNMENT = re.compile(
    r"(?:常务副|第一副|副|代理?)?(?:区长|县长|市长|省长|州长|旗长|盟长|镇长|乡长|专员)(?:[（(][^()（）]{1,16}[)）])?"
)


_ALSO = re.compile(r"[（(]兼任?([^()（）]{2,30})[)）]")  # 县水利局局长（兼指挥部副主任）


def split_posts(text: str) -> list[Post]:
    """The posts of one person as written, one Post for each body; `text` may hold white space.

    Posts in one body joined by 、 are one post (党组书记、局长); commas, gaps and another body's name part them.
    """
    posts: list[str] = []
    text = _ALSO.sub(r"，\1", text) if "兼" in text else text
    for chunk in _chunks(text):
        last: str | None = None  # the body of the post before
        for part in _parts(chunk):
            body, government = _own_body(part)
            if last is None or not posts:
                posts.append(part)
                last = body or ("政府" if government else "")
            elif (body and body != last) or (government and not last.endswith(("政府", "政府党组"))):
                posts.append(part)
                last = body or "政府"
            else:
                posts[-1] += "、" + part
    return [Post(title=p, body=body_of(p)) for p in posts]


_BETWEEN = re.compile(r"([，,；;]|\s+)")


def _chunks(text: str) -> list[str]:
    """Pieces between commas and gaps; a gap inside a post (broken line) is none."""
    chunks: list[str] = []
    open_ = False
    for piece in _BETWEEN.split(text.strip(" \t\n\u3000、，,；;。.|")):
        if not piece:
            continue
        if piece in "，,；;":
            open_ = False
        elif piece.isspace():
            open_ = open_ and not is_post(chunks[-1])
        elif open_:
            chunks[-1] += piece
        else:
            chunks.append(piece)
            open_ = True
    return chunks


_PARTS = re.compile(r"(?:[^、（(]|[（(][^()（）]*(?:[)）]|$))+")


def _parts(chunk: str) -> list[str]:
    """Pieces between 、 outside brackets."""
    if "（" not in chunk and "(" not in chunk:
        return [part for part in chunk.split("、") if part]
    return _PARTS.findall(chunk)


def _own_body(part: str) -> tuple[str, bool]:
    """The body a part names itself ('' when it goes with the part before), and whether it heads a government."""
    if _HEAD_OF_GOVERNMENT.fullmatch(part):
        return "", True
    body = body_of(part)
    if not body or _INSIDE.fullmatch(body):
        return "", False
    return body, False


@lru_cache(maxsize=16384)
def body_of(post: str) -> str | None:
    """The body a post is in, as written: 区民政局党组书记、局长 → 区民政局; None when it can't be told."""
    first = next(iter(_parts(post)), "").partition("兼")
    found = _TITLE.match(first[0] if first[1] and is_post(first[0]) else "".join(first))
    body = found["body"] if found else ""
    if found and found["party"] and re.search(r"(?:[省市县区州旗镇乡村]|街道|社区)$", body):
        body += found["party"]  # a place has no party group, its party committee is a body
    return body if body and _BODY_END.search(body) else None


# --- names ------------------------------------------------------------------------------------------------------

# How a post begins right after a name: with a rank of place, a party or people's body, a rank, or a trade of bodies.
_ADMIN = re.compile(
    rf"(?:中共)?(?:本|我|原|驻)?(?:省|市|区|县|州|旗|盟|镇|乡|村|街道|地区|自治区|自治州)(?:委|政府|人民政府|人大|政协|纪委|监委|直|级|属|长|人武部|武装部"
    rf"|[{HAN}“”\"（()）]{{0,24}}?(?:局|委|办|部|厅|中心|院|会|公司|队|处|社|站|所|室|行|馆|台|校|园|协|联|组|集团|大学|中学|街道|镇|分局|法院))"
)
_RANKED = re.compile(r"副|驻|原|代|侨|港")
_WORDS = re.compile(
    r"党[组委总支工建校史群政]|团[省市区县州旗中委]|常务|中共|中央|中国|国家|国务院|全国|人民|人大|政协|政府|纪委|监委|纪检|公安|法院|检察|国网|国电|国税|国土|国资|农[业发商村机行]|工行|建行"
    r"|中行|邮储|信用社|移动|联通|电信|铁塔|邮政|烟草|税务|气象|消防|武警|分管|主持|负责|总[工经会规编]|办公|公司|书记|局长|主任|秘书|工会|第一|[一二三四]级|正[科处县厅]|财政"
    r"|教[育体]|科[技协学]|民[政宗族]|司法|人社|人力|自然资源|生态|环[保境]|住[建房]|城[管建乡市]|交[通警运]|水[利务]|林[业草]|商务|文[化旅广]|卫[生健计]|应急|审计|统计|市场|体育|信访|发[改展]|经[信济贸]|工[信商]"
    r"|医[保疗院]|退役|乡村|扶贫|供[销电]|招商|大数据|行政|综合|融媒|网信|宣传|组织|统战|政法|机[关构]|编办|老干|档案|史志|残联|妇联|文联|红十字|人[武行事防]|军分区|街道|开发区|高新区|经开区|管委会|园区"
    r"|房[管产]|规划|质[监检]|食药|安监|粮食|畜牧|水产|渔业|海洋|公路|铁路|民航|港[航口]|银[监保]|证监|金融|地震|外[事办经汇]|侨[联办]|台办|接待|政研|研究|督查|法制|食品|药[监品]|知识产权|体[改育]|计[生委划]|建[设委]|广[电播]"
)


def is_name(text: str) -> bool:
    """Whether a string that stands by itself is a person's name: surname and one or two given signs, or with ·."""
    size = len(text)
    if not 2 <= size <= 4 or "·" in text or "•" in text or "・" in text:
        if size > 16 or _DOTS.isdisjoint(text):
            return False
        return bool(_ETHNIC.fullmatch(text)) and not is_post(text) and not _BODY_END.search(text)
    compound = size >= 3 and text[:2] in _COMPOUND
    if not compound and text[0] not in SURNAMES:
        return False
    if text in _NO_NAME or text[-1] in _NO_NAME_END or not _ALL_HAN.fullmatch(text):
        return False
    if compound:
        return True
    if text in POSTS or (size >= 3 and text[-1] in "省市县区镇乡村"):
        return False
    return size <= 3 or text[1] in SURNAMES  # 4: two surnames


@lru_cache(maxsize=16384)
def cut_name(text: str, places: frozenset[str] = frozenset()) -> tuple[int, float]:
    """Length of the name that `text` begins with, a post following without a gap, and how sure that is (0 to 3).

    `places` are short names of places near: 青禾 in 周芹青禾医保分局局长. (0, 0) when it begins with no name.
    """
    if _ADMIN.match(text) or _WORDS.match(text):
        return 0, 0
    ethnic = _ETHNIC.match(text)
    if ethnic:
        head = text.rfind("·", 0, ethnic.end()) + 1
        sizes = [head + n for n in (2, 3, 4, 1, 5) if head + n <= len(text)]
    elif text[:2] in _COMPOUND:
        sizes = [n for n in (3, 4) if n < len(text)]
    elif text[:1] in SURNAMES:
        sizes = [n for n in (3, 2) if n < len(text)]
    else:
        return _unknown_surname(text, places)
    best, sure = 0, 0.0
    for size in sizes:
        name, rest = text[:size], text[size:]
        if not ethnic and not is_name(name):
            continue
        score = begins_post(rest, places)
        # the last sign belongs to what follows: a rank, or a place as in 李明 宁州市
        if name[-1] in "省市区县州旗镇乡副党团人" or short_named(text[size - 1 : size + 1]):
            score -= 1.6
        if score > sure:
            best, sure = size, score
    if sure < 2.7 and MANY_PEOPLES in places:
        size, other = _unknown_surname(text, places)
        if other > sure and size > 3:
            return size, other
    if best and (text[:2] in _NO_NAME or text[:3] in _NO_NAME):
        return 0, 0
    return best, sure


# Stands among the places of a text in which names without a Chinese surname are common.
MANY_PEOPLES = "多民族"


def _unknown_surname(text: str, places: frozenset[str]) -> tuple[int, float]:
    """Length of a name with an unknown surname before a post that begins with a rank of place: 额尔敦旗财政局局长."""
    if MANY_PEOPLES not in places:
        return 0, 0
    for size in range(2, min(7, len(text) - 2)):
        if _ADMIN.match(text, size):
            name = text[:size]
            known = name in places or name in _NO_NAME or bool(short_named(name))
            return (0, 0) if known or _BODY_END.search(name) or is_post(name) else (size, 2.5)
    return 0, 0


_IN_PLACE = re.compile(rf"[{HAN}]{{2,4}}?(?:省|市|县|区|州|旗|镇|乡|街道)(?:委|政府|[{HAN}]{{1,20}}(?:{_CORE}))")


def begins_post(rest: str, places: frozenset[str] = frozenset()) -> float:
    """How much `rest` looks like the beginning of a post (0 to 3)."""
    if _ADMIN.match(rest):
        return 3.0
    if rest[:2] in places or rest[:3] in places:
        return 2.7
    if _WORDS.match(rest) or _RANKED.match(rest):
        return 2.4
    if _IN_PLACE.match(rest):
        return 2.3
    if rest[:2] and (short_named(rest[:2]) or short_named(rest[:3])):
        return 2.2
    return 1.0 if body_of(rest) else 0.0


_ETHNIC_END = re.compile(rf"[{HAN}]{{1,6}}(?:[·•・][{HAN}]{{1,6}})+$")


def name_at_end(text: str) -> int:
    """Length of the name a post is followed by without a gap: 副市长王小江 → 3; 0 when there is none."""
    for size in (3, 2, 4):
        if size < len(text) and is_name(text[-size:]) and is_post(text[:-size]):
            return size
    found = _ETHNIC_END.search(text) if "·" in text or "•" in text or "・" in text else None
    if found:
        for begin in range(found.start(), found.end() - 2):
            if is_post(text[:begin]):
                return len(text) - begin
    return 0
