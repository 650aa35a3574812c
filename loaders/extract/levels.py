"""The level of government that issued a work: from its title, from who is named before it, from its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from graph.regions import CAPITALS, leading, named, parse, place, province_of_letter
from loaders.facts import Level

_SHORT_PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东"
    " 广西 海南 重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆"
)
_SHORT_PROVINCE = re.compile("(?:" + _SHORT_PROVINCES.replace(" ", "|") + ")")
_NATIONAL = re.compile(
    r"(?:中共中央|中央(?!厨房|空调|商务区)|国务院|中华人民共和国|全国|国家(?!级)|最高人民|我国|党中央|中[办组宣]部?|国办|军委|中纪委|共青团中央|团中央"
    r"|中国(?!共产党[一-鿿]{2,8}(?:省|市|县|区|州)委)|(?:教育|科学技术|科技|工业和信息化|工信|外交|公安|国家安全|民政|司法|财政|人社|人事"
    r"|人力资源和?社会保障|劳动(?:和社会保障)?|自然资源|国土资源|生态环境|环境保护|环保|建设|住房和?城乡建设|住建|交通(?:运输)?|铁道|水利|农业(?:农村)?"
    r"|商务|外经贸|信息产业|文化(?:和旅游)?|文旅|卫生|退役军人(?:事务)?|应急(?:管理)?|监察)部|[一-鿿]{2,12}总局|人民银行|审计署|海关总署"
    r"|发展和?改革委|发改委|卫生健康委|国资委|国防科工|粤港澳|京津冀|长江(?:经济带|三角洲|流域)|长三角|黄河流域|成渝|银监会|证监会|保监会|银保监会|网信办|中华全国)"
)
_ABOUT_NATION = re.compile(
    r"[一-鿿]{2,3}中国(?!共产党)|[^省市县区]{0,6}国家(?!级)|新时代|全民|国民|[^省市县区]{0,4}强国"
)
# A bare rank means the one of the document: 省政府, 市委, 县人民政府.
_RANK: tuple[tuple[re.Pattern[str], Level], ...] = (
    (re.compile(r"(?:省|自治区|直辖市|我省|全省)(?!级以上|外|内)"), "provincial"),
    (re.compile(r"(?:市|州|自治州|盟|地区|行署|我市|全市|地委)(?![场政民容])"), "municipal"),
    (re.compile(r"(?:县|区|旗|我县|我区|全县|全区)(?![域块位间])"), "district"),
    (re.compile(r"(?:镇|乡|街道|我镇|我乡|全镇)"), "township"),
)
_ISSUER_END = re.compile(
    r"(?:政府|委|办|厅|局|部|院|会|署|人大|省|市|县|区|州|国家|中央|社|组|部门|单位|全国|中国|总队|公司|令|党组)$"
)
_ISSUED = re.compile(
    r"(?:[(（][^()（）]*[)）])?(?:新?修订|印发|下发|制发|发布|出台|颁布|颁发|公布|制定|制订|批转|转发|批准|联合|最新|新|有关|相关|现行|文件|规定"
    r"|政策|的|了|等|等?(?:\d+|[一二三四五六七八九十]+)个?(?:部门|部委|单位|委局|厅局)|等部门)+$"
)
_CUT = re.compile(
    r".*(?:[，,。；;、:：》)）\n\s\"”]|根据|按照|依据|依照|遵照|参照|对照|贯彻落实|贯彻执行|贯彻|落实|执行|遵守|以及|结合|违反|学习|实施"
    r"|和|与|及|对)",
    re.DOTALL,
)
_ENDING = re.compile(r"(?:自治[区州县旗]|地区|街道|苏木|[省市县区州旗盟镇乡])$")
# Runs of characters that end like a place and are none: 智慧城市, 工业园区, 老旧小区.
_NO_PLACE = re.compile(
    r"[的和与及对等各全本我化加强建设促进推关于]|工作|管理|服务|发展|开展|实施|创建|农村|居民|公共|国土|现代|示范|试点|新型|智慧|乡村|..城$"
    r"|(?:社|园|景|灾|辖|地|小|老|牧|林|山|库|矿|校|院|厂|片|功能|保护|文明|卫生|文化|旅游|生态)$"
)


@dataclass(slots=True, frozen=True)
class Home:
    """Where the document itself is from: names from the top down, their levels, the place part of its number."""

    names: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    code: str | None = None  # 淄 of 淄政发

    @property
    def level(self) -> Level | None:
        """The document's own level."""
        return self.levels[-1] if self.levels else None


def read_home(region: str | None, title: str | None = None, doc_number: str | None = None) -> Home:
    """The document's own region as a chain of names, 岚江省宁溪市青禾县."""
    found = re.match(r"([一-鿿]{1,3}?)(?:政|府|委|人|办|发)", doc_number or "")
    code = found.group(1) if found else None
    place_ = parse(re.sub(r"[\s>›/·]", "", region)) if region else place(title=title, doc_number=doc_number)
    if place_.level == "national":
        return Home((), ("national",), code)
    levels: list[Level] = []
    for name in place_.names:
        levels.append(_rank(name, levels, None))
    if levels:
        levels[-1] = place_.level
    return Home(place_.names, tuple(levels), code)


def level_of_title(title: str, before: str, home: Home, drafted: bool = False) -> Level | None:
    """Level of the work called `title`, with `before` standing right before its mark; None when nothing tells it.

    A work that the document itself has `drafted` (制定《…》) is of the document's level unless it says otherwise.
    """
    level = _level_of_name(title, home)
    if level:
        return level
    issuer = _issuer(before)
    if issuer and (level := _level_of_name(issuer, home)):
        return level
    if drafted:
        return home.level
    bare = re.sub(r"[(（][^()（）]{1,12}[)）]$", "", title)
    if re.fullmatch(r"(?:(?:19|20)\d\d年)?政府工作报告", bare):  # every government has its own
        return home.level
    if bare.startswith("关于"):
        return None
    if _ABOUT_NATION.match(title.lstrip('“"')) or bare.endswith("纲要"):
        return "national"
    # 立法法: a local law or rule carries the name of its place, so one without is national.
    if re.search(r"(?:法典|(?<!办)法)$", bare) or (re.search(r"(?:条例|规定|细则|规则)$", bare) and len(bare) >= 4):
        return "national"
    return "national" if bare.endswith("办法") and len(bare) >= 7 else None


def _issuer(before: str) -> str | None:
    """The body named right before a title: 根据省政府印发的《…》."""
    stripped = _ISSUED.sub("", before[-60:].rstrip(' “"\u3000'))
    name = _behind_cut(stripped) or _behind_cut(stripped[:-1])  # 中共中央、国务院《…》
    return name if 1 <= len(name) <= 24 and _ISSUER_END.search(name) else None


def _behind_cut(words: str) -> str:
    cut = _CUT.match(words)
    return words[cut.end() :] if cut else words


@lru_cache(maxsize=4096)
def _level_of_name(name: str, home: Home) -> Level | None:
    """Level of a name that begins with a place, a rank or a national body."""
    name = name.lstrip("“”\"'‘《〈< ")
    name = re.sub(
        r"^(?:(?:19|20)\d\d(?:[-—–]\d{4})?年?度?|[“\"]?十[一二三四五六][”\"]?五[”\"]?(?:时期|期间)?)", "", name
    )
    name = re.sub(r"^中共(?!中央)|^中国共产党(?=[一-鿿]{2,8}(?:省|市|县|区|州)委)", "", name.lstrip('“”"'))
    if name.startswith("关于"):
        return None
    if _NATIONAL.match(name):
        return "national"
    level = _level_of_place(name, home)
    if level:
        return level
    for pattern, rank in _RANK:
        if pattern.match(name):
            if rank != "municipal":
                return rank
            own = next(
                (i for i in reversed(range(len(home.names))) if home.names[i].endswith(("市", "州", "盟", "地区"))),
                None,
            )
            return home.levels[own] if own is not None else "municipal"
    return None


def _level_of_place(name: str, home: Home) -> Level | None:
    """Level of the deepest place that a name begins with."""
    levels: list[Level] = []
    for own, level in zip(home.names, home.levels, strict=False):  # what the document is about goes first
        if name.startswith(own):
            name = name[len(own) :]
            levels.append(level)
    region, _ = leading(name)
    for part in region.names if region else ():
        if part in ("城区", "郊区") or (not named(part) and not _is_place(part, bool(levels))):
            break
        levels.append(_rank(part, levels, home))
    if levels:
        return levels[-1]
    return "provincial" if _SHORT_PROVINCE.match(name) and not re.match(r"..(?:高新|经开|路|街)", name) else None


def _rank(name: str, above: list[Level], home: Home | None) -> Level:
    """Level of one place name below those `above`; of a city not in the table the document's own region tells it."""
    if home and name in home.names:
        return home.levels[home.names.index(name)]
    known = {r.level for r in named(name)}
    if len(known) == 1:
        return known.pop()
    if name in CAPITALS or name.endswith(("省", "自治区", "兵团")):
        return "provincial"
    if name.endswith(("镇", "乡", "街道", "苏木")):
        return "township"
    if name.endswith(("州", "盟", "地区")) or (name.endswith("市") and "municipal" not in above):
        return "municipal"
    return "district"


def _is_place(name: str, below: bool) -> bool:
    """Whether a run of characters that ends like a place is one: 宁溪市, but not 智慧城市, 工业园区."""
    stem = _ENDING.sub("", name)
    return (1 if below else 2) <= len(stem) <= 7 and not _NO_PLACE.search(stem)


# Codes of national bodies: 国发, 国办发, 发改, 财, 教, 建 … as they stand first in a number.
_NATIONAL_CODE = re.compile(
    r"中[发办纪组宣央]|厅字|厅[发函]|发改|全国|[国教财建民科工公司人自环住交水农商文卫退应安审税市体林银证保能气汇署邮广计劳食质残妇法高总]"
)
_LOCAL_CODE = re.compile(r"[一-鿿]{1,3}?(?:政|府|委|市|县|区)")


def level_of_number(number: str, home: Home) -> Level | None:
    """Level of the body that a document number names: 国发 national, 鲁政发 provincial, the own code the own level."""
    if re.match(
        r"国务院|主席|中华人民共和国|(?:GB|JGJ|CJJ?|HJ|SL|NY|TD|AQ|WS|MZ|GA|JT|YY|LY|TSG|MH|XF)\b", number
    ) or re.match(r"GB|JGJ", number):
        return "national"
    if number.startswith("DB"):
        return "municipal" if re.match(r"DB\d{3}", number) else "provincial"
    if "令" in number or "公告" in number:
        return _level_of_name(number, home)
    if re.match(r"国[发办函令]", number):
        return "national"
    if number[0] in "省市县区州":
        return _level_of_name(number, home)
    local = _LOCAL_CODE.match(number) is not None
    if home.code and number.startswith(home.code) and re.match(r"[政府委人办发]", number[len(home.code) :]):
        return home.level
    province = province_of_letter(number[0])
    if local:
        places = [*zip(reversed(home.names), reversed(home.levels), strict=True)]
        for name, level in sorted(places, key=lambda place: not place[0].startswith(number[0])):
            if number[0] in name[:-1] and (level == "provincial" or province is None or province not in home.names[0]):
                return level
    if province and not re.match(r"[国工]", number):
        return "provincial"
    if not local and _NATIONAL_CODE.match(number):
        return "national"
    code = re.match(r"[一-鿿]{1,3}?(?=[政府委])", number)
    return "municipal" if local and code and len(code.group()) == 1 else None
