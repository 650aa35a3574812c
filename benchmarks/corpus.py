"""Invented corpora of any size: `python benchmarks/corpus.py FOLDER --documents 10000`; about 10 kB a document.

A province, its ten cities and ninety counties for every 40,000 documents, each with a government, bureaus and people.
Documents are lists of tasks, schemes, opinions, plans, tables, groups, appointments, divisions of duties and plain
notices, as text, Markdown, HTML and Word; they cite those of the places above them and works that nobody holds, and
one in fifty is reprinted on a second page. How much each says (tasks, bodies, numbers, dates for 10 kB) follows what
was counted in gazettes. A document depends on the seed and its number alone: corpora of one seed are beginnings of
each other, whoever writes them and in whatever order.
"""

# ruff: noqa: SIM905  (word lists read better as text)

from __future__ import annotations

import argparse
import html
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from graph import regions  # noqa: E402

PER_PROVINCE = 40_000
CITIES, COUNTIES = 10, 9  # of a province, of a city
BLOCK = 20  # documents: one of the province, four of cities, fifteen of counties
PER_FOLDER = 1_000
LENGTH = 3_150  # characters a document has on average, without the markup of its format
REPRINTED = 50  # one in so many stands on a second page

SIGNS = "岚澜霁砚榆汀蘅桐栖枫芦苇荻菱茗桑柘梓槿葵萱莘芷兰沁沅泠洵淇涟湄溯漪潼珩珺琅瑾璟"
BODIES = (
    "民政局 财政局 发展和改革局 教育局 公安局 司法局 自然资源局 住房和城乡建设局 交通运输局 水利局 农业农村局 商务局 "
    "文化和旅游局 卫生健康局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 生态环境局 人力资源和社会保障局 "
    "退役军人事务局 林业局 科技局 工业和信息化局 信访局 大数据局 总工会 残疾人联合会 妇女联合会 消防救援大队"
).split()
SHORT = {
    "发展和改革局": "发改局", "住房和城乡建设局": "住建局", "文化和旅游局": "文旅局", "卫生健康局": "卫健局",
    "市场监督管理局": "市场监管局", "人力资源和社会保障局": "人社局", "残疾人联合会": "残联", "妇女联合会": "妇联",
}
TOPICS = (
    "养老服务 托育服务 农村公路 水质改善 企业技改 文化惠民 食品安全 防汛备汛 数据共享 绿化提升 社会救助 校园安全 "
    "就业创业 垃圾分类 消防安全 电商进村 乡村旅游 职业培训 基层医疗 老旧小区改造 营商环境 粮食安全 地质灾害防治 "
    "未成年人保护 法律援助 节水型社会建设 充电设施建设 特色产业 高标准农田 河湖管护 公共法律服务 家政服务"
).split()
VERBS = "推进 完善 加强 健全 优化 规范 深化 落实 提升 开展 强化 实施 巩固 拓展 统筹 细化".split()
THINGS = (
    "服务网络 工作机制 监督检查 队伍建设 资金保障 信息平台 标准体系 宣传引导 隐患排查 设施改造 人才培养 部门协同 "
    "绩效评价 示范创建 资源整合 风险防控 应急演练 业务培训 台账管理 流程再造 试点工作 动态监测 档案管理 志愿服务"
).split()
EFFECTS = (
    "确保任务落地见效 切实增强群众获得感 形成齐抓共管格局 提高服务质量和水平 推动工作走深走实 不断夯实工作基础 "
    "促进区域协调发展 防止问题反弹回潮 守住安全底线 补齐短板弱项 做到底数清、情况明 为高质量发展提供支撑"
).split()
HOW = (
    "坚持问题导向 按照统一部署 结合本地实际 充分发挥市场作用 依托现有阵地 坚持分类施策 建立长效机制 加大投入力度 "
    "围绕群众关切 对照上级要求 聚焦重点领域 压实各方责任"
).split()
COUNTED = (
    "新增服务设施{n}处 改造提升站点{n}个 完成技能培训{n}人次 培育骨干企业{n}家 建设示范村{n}个 开展专项检查{n}次 "
    "新建改建道路{n}公里 完成投资{n}万元 新增床位{n}张 服务覆盖率达到{p}% 群众满意率达到{p}%以上 合格率不低于{p}%"
).split()
SURNAMES = "辛沈顾叶方章郁邵孟晏罗柯石尹夏祝温裴纪乔"
GIVEN = "知秋云舒青川若溪怀瑾平野听澜如松小满向阳清和致远明诚景行"
PARTS = (
    "完善基础设施 提升服务能力 强化监督管理 健全工作机制 推动改革创新 夯实要素保障 加强队伍建设 深化协同联动"
).split()
CHINESE = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Place:
    """A region: its path, its own name, the sign of its document numbers, and how its own bodies are called (县)."""

    path: str
    name: str
    sign: str
    tier: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a document is known by. `number` is its place in the corpus."""

    number: int
    place: Place
    kind: str
    topic: str
    year: int
    month: int
    title: str
    doc_number: str

    @property
    def cited(self) -> str:
        """As others cite it."""
        return f"《{self.title}》({self.doc_number})"


@cache
def _name(n: int, ends: str) -> str:
    """The n-th invented name with an ending, none that any real place has."""
    step = 0
    while True:
        a, b = divmod(n * 7 + step, len(SIGNS))
        name = SIGNS[a % len(SIGNS)] + SIGNS[(b * 11 + a * 5 + 3) % len(SIGNS)] + ends
        if name[0] != name[1] and not regions.named(name):
            return name
        step += 1


@cache
def place(province: int, city: int = -1, county: int = -1) -> Place:
    """The province, the city or the county with these numbers."""
    upper = "岚江省" if province == 0 else _name(province * 3 + 1, "省")
    if city < 0:
        return Place(upper, upper, upper[:1], "省")
    n = province * CITIES + city
    middle = "宁溪市" if n == 0 else _name(n, "市")
    if county < 0:
        return Place(upper + middle, middle, middle[:2], "市")
    n = n * COUNTIES + county
    tier = "区" if county % 3 == 2 else "县"
    lower = "青禾县" if n == 0 else _name(n, tier)
    return Place(upper + middle + lower, lower, lower[:2], tier)


KINDS = ("tasks",) * 32 + ("scheme",) * 18 + ("opinion",) * 12 + ("plan",) * 8 + ("table",) * 8 + ("group",) * 6 \
    + ("appointments",) * 4 + ("duties",) * 4 + ("plain",) * 8
TITLES = {
    "tasks": "{issuer}关于印发{place}{year}年{topic}重点任务清单的通知",
    "scheme": "{issuer}关于印发{place}{topic}提升行动实施方案的通知",
    "opinion": "{issuer}关于加强{topic}工作的实施意见",
    "plan": "{issuer}关于印发{place}“十四五”{topic}发展规划的通知",
    "table": "{issuer}关于印发{place}{year}年{topic}责任分解表的通知",
    "group": "{issuer}关于成立{place}{topic}工作领导小组的通知",
    "appointments": "{issuer}关于{person}等同志职务任免的通知",
    "duties": "{issuer}关于建立{place}{topic}联席会议制度的通知",
    "plain": "{issuer}关于做好{year}年{topic}有关工作的通知",
}
LABELS = (
    "(牵头单位:{lead};责任单位:{more})", "(责任单位:{lead}、{more})", "({lead}牵头,{more}配合)",
    "[牵头部门:{lead};配合部门:{more}]", "\n牵头单位:{lead}\n配合单位:{more}", "({lead}、{more}按职责分工负责)",
    "【责任部门:{lead};配合单位:{more}】",
)


def _place_of(number: int) -> Place:
    province, at = divmod(number, PER_PROVINCE)
    block, slot = divmod(at, BLOCK)
    if slot == 0:
        return place(province)
    if slot < 5:
        return place(province, (block * 4 + slot - 1) % CITIES)
    city, county = divmod((block * 15 + slot - 5) % (CITIES * COUNTIES), COUNTIES)
    return place(province, city, county)


def head(seed: int, number: int) -> Head:
    """What document `number` is known by."""
    chance = Random(f"{seed}/{number}/head")
    where, kind, topic = _place_of(number), chance.choice(KINDS), chance.choice(TOPICS)
    year, month = 2015 + number % 11, chance.randint(1, 12)
    office = chance.random() < 0.6
    issuer = f"{where.name}人民政府{'办公室' if office else ''}"
    title = TITLES[kind].format(issuer=issuer, place=where.name, year=year, topic=topic, person=person(chance))
    sign = "政人" if kind == "appointments" else "政办发" if office else "政发"
    return Head(number, where, kind, topic, year, month, title, f"{where.sign}{sign}〔{year}〕{number // 11 + 1}号")


def above(seed: int, number: int, chance: Random) -> Head | None:
    """A document of the province or city above, earlier in the corpus."""
    province, at = divmod(number, PER_PROVINCE)
    block, slot = divmod(at, BLOCK)
    if slot == 0 or block == 0:
        return None
    if slot < 5 or chance.random() < 0.4:
        return head(seed, province * PER_PROVINCE + chance.randrange(block) * BLOCK)
    city = (block * 15 + slot - 5) % (CITIES * COUNTIES) // COUNTIES
    turns = (block * 4 - 1 - city) // CITIES
    if turns < 0:
        return None
    earlier, back = divmod(chance.randint(0, turns) * CITIES + city, 4)
    return head(seed, province * PER_PROVINCE + earlier * BLOCK + back + 1)


def person(chance: Random) -> str:
    """A name of two or three signs."""
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2, 2, 2))))


class Writer:
    """Writes the paragraphs of one document. A paragraph is (style, text), a table (`table`, its rows)."""

    def __init__(self, seed: int, number: int) -> None:
        self.head = head(seed, number)
        self.chance = Random(f"{seed}/{number}")
        # a few long ones, many short: the mean of this is LENGTH
        self.wanted = min(30_000, max(500, int(self.chance.lognormvariate(-0.28, 0.75) * LENGTH)))
        self.written = 0
        self.out: list[tuple[str, str | list[list[str]]]] = []
        self.seed = seed
        self.label = self.chance.choice(LABELS)

    def say(self, style: str, text: str) -> None:
        self.out.append((style, text))
        self.written += len(text)

    def table(self, rows: list[list[str]]) -> None:
        self.out.append(("table", rows))
        self.written += sum(len(c) for r in rows for c in r)

    @property
    def more(self) -> bool:
        return self.written < self.wanted

    # ---- words

    def body(self) -> str:
        name = self.chance.choice(BODIES)
        if self.head.place.tier == "省":
            name = name.removesuffix("大队") + "总队" if name.endswith("大队") else name.replace("局", "厅")
        elif self.chance.random() < 0.4:
            name = SHORT.get(name, name)
        return self.head.place.tier + name

    def bodies(self, most: int) -> list[str]:
        return list(dict.fromkeys(self.body() for _ in range(self.chance.randint(1, most))))

    def doing(self) -> str:
        return f"{self.chance.choice(VERBS)}{self.head.topic}{self.chance.choice(THINGS)}"

    def sentence(self) -> str:
        c = self.chance
        return (f"{c.choice(HOW)},{c.choice(VERBS)}{c.choice(THINGS)}和{c.choice(THINGS)},"
                f"{c.choice(VERBS)}{c.choice(TOPICS)}{c.choice(THINGS)},{c.choice(EFFECTS)}。")

    def prose(self, most: int) -> str:
        return "".join(self.sentence() for _ in range(self.chance.randint(1, most)))

    def number(self) -> str:
        c = self.chance
        return c.choice(COUNTED).format(n=c.randint(2, 900), p=c.randint(60, 99))

    def aim(self) -> str:
        c, year = self.chance, self.head.year
        said = "".join(f"{self.number()}{',' if k else '。'}" for k in (1, 0)[c.randint(0, 1):]) \
            if c.random() < 0.5 else ""
        if c.random() < 0.04 and (h := above(self.seed, self.head.number, c)):
            said = f"按照{h.cited}要求,{said or self.doing() + '。'}"
        when = (f"{year}年{c.randint(1, 12)}月底前完成,", f"到{year + c.randint(1, 3)}年,", "年底前,")
        return (c.choice(when) if c.random() < 0.4 and said else "") + said

    def who(self) -> str:
        lead, *more = [*self.bodies(3), self.body()]
        return self.label.format(lead=lead, more="、".join(more))

    def works(self) -> str:
        """Works named at the beginning: of places above, and of the state."""
        found = [h.cited for _ in range(2) if self.chance.random() < 0.6 and
                 (h := above(self.seed, self.head.number, self.chance))]
        if self.chance.random() < 0.45:
            n = self.chance.randrange(400)
            found.append(f"《国务院办公厅关于推进{TOPICS[n % len(TOPICS)]}{THINGS[n % len(THINGS)]}的指导意见》"
                         f"(国办发〔{2013 + n % 9}〕{n + 200}号)")
        return "、".join(dict.fromkeys(found))

    # ---- whole documents

    def document(self) -> list[tuple[str, str | list[list[str]]]]:
        h = self.head
        self.say("title", h.title)
        self.say("number", h.doc_number)
        below = {"省": "各市人民政府,省政府各部门:", "市": "各县(区)人民政府,市政府各部门:"}
        self.say("p", below.get(h.place.tier, "各乡镇人民政府、街道办事处,县直各有关单位:"))
        issued = "关于印发" in h.title
        works = self.works()
        if issued:
            carried = h.title.partition("印发")[2].removesuffix("的通知")
            self.say("p", f"《{carried}》已经研究同意,现印发给你们,请认真组织实施。")
            self.sign()
            self.say("title", carried)
            self.say("p", (f"为贯彻落实{works},推进{h.topic},制定本文件。" if works else "") + self.prose(3))
        else:
            self.say("p", f"根据{works},现就有关事项通知如下。{self.prose(2)}" if works else self.prose(3))
        getattr(self, f"_{h.kind}")()
        if not issued:
            self.sign()
        return self.out

    def sign(self) -> None:
        h = self.head
        self.say("sign", h.title.partition("关于")[0])
        self.say("sign", f"{h.year}年{h.month}月{1 + h.number % 28}日")

    def sections(self, item: Callable[[int], None], most: int = 6) -> None:
        names = self.chance.sample(PARTS, len(PARTS))
        for n, name in enumerate(names):
            if n and not self.more:
                break
            self.say("h1", f"{CHINESE[n]}、{name}")
            for k in range(1, self.chance.randint(2, most) + 1):
                item(k)

    def _tasks(self) -> None:
        def item(n: int) -> None:
            self.say("p", f"{n}.{self.doing()}。{self.prose(6)}{self.aim()}"
                          + (self.who() if self.chance.random() < 0.9 else ""))

        self.sections(item)

    def _scheme(self) -> None:
        h = self.head
        self.say("h1", "一、工作目标")
        self.say("p", f"到{h.year}年底,{self.number()},{self.number()}。到{h.year + 2}年,{self.number()}。")
        self.say("h1", "二、重点任务")
        n = 0
        while self.more:
            n += 1
            lead, *more = self.bodies(4)
            others = "、".join(more)
            by = self.chance.choice((
                f"由{lead}牵头" + (f",会同{others}推进" if more else "组织实施") + "。",
                f"{lead}负责" + (f",{others}配合" if more else "") + "。", self.who(),
            ))
            self.say("p", f"{n}.{self.doing()}。{self.prose(5)}{self.aim()}{by}")
        self.say("h1", "三、实施步骤")
        for k, (name, month) in enumerate((("动员部署", 3), ("组织实施", 9), ("总结评估", 12)), 1):
            self.say("p", f"({CHINESE[k - 1]}){name}阶段({h.year}年{month}月底前)。{self.sentence()}")
        self.say("h1", "四、组织领导")
        if self.chance.random() < 0.4:
            self.group()
        self.say("p", self.prose(3))

    def _opinion(self) -> None:
        def item(n: int) -> None:
            self.say("p", f"({CHINESE[n - 1]}){self.doing()}。{self.prose(9)}{self.aim()}"
                          + (self.who() if self.chance.random() < 0.7 else ""))

        self.sections(item)

    def _plan(self) -> None:
        h = self.head
        self.say("h1", "一、发展基础")
        self.say("p", self.prose(6))
        self.say("h1", "二、发展目标")
        self.say("p", f"到2025年,{self.number()},{self.number()},{self.number()}。到2035年,{self.number()}。")
        c = self.chance
        rows = [[str(n), c.choice(TOPICS) + c.choice(("覆盖率", "达标率", "项目数")), c.choice("%个次"),
                 str(c.randint(20, 99)), c.choice(("约束性", "预期性"))] for n in range(1, c.randint(5, 12))]
        self.table([["序号", "指标", "单位", f"{max(h.year, 2025)}年目标值", "属性"], *rows])
        self.say("h1", "三、主要任务")
        n = 0
        while self.more:
            n += 1
            self.say("p", f"{n}.{self.doing()}。{self.prose(6)}{self.aim()}"
                          + (self.who() if self.chance.random() < 0.3 else ""))

    def _table(self) -> None:
        rows = []
        c, size = self.chance, 0
        while size + self.written < self.wanted:
            lead, *more = self.bodies(4)
            what = f"{self.doing()}。{self.prose(5)}{self.number()}"
            rows.append([str(len(rows) + 1), what, lead, "、".join(more) or "—",
                         f"{self.head.year}年{c.randint(1, 12)}月底前", person(c)])
            size += sum(map(len, rows[-1]))
        self.table([["序号", "工作任务", "牵头单位", "配合单位", "完成时限", "责任人"], *rows])

    def group(self) -> None:
        c, h = self.chance, self.head
        self.say("p", f"成立{h.place.name}{h.topic}工作领导小组:")
        self.say("p", f"组长:{person(c)}({h.place.tier}委常委、{h.place.tier}政府副{h.place.tier}长)")
        members = [f"{person(c)}({self.body()}{c.choice(('局长', '副局长', '主任'))})" for _ in range(c.randint(8, 26))]
        self.say("p", f"副组长:{members[0]}、{members[1]}")
        self.say("p", f"成员:{'、'.join(members[2:])}")
        self.say("p", f"领导小组办公室设在{self.body()},办公室主任由{members[0][:3]}同志兼任。")

    def _group(self) -> None:
        self.group()
        self.say("h1", "一、主要职责")
        while self.more and self.written < 2500:
            self.say("p", self.prose(4))

    def _appointments(self) -> None:
        c = self.chance
        self.say("p", "经研究决定,任命:")
        for _ in range(c.randint(3, 25)):
            self.say("p", f"{person(c)}同志为{self.head.place.name}{c.choice(BODIES)}{c.choice(('局长', '副局长'))};")
        self.say("p", "免去:")
        for _ in range(c.randint(1, 12)):
            self.say("p", f"{person(c)}同志的{self.head.place.name}{c.choice(BODIES)}副局长职务;")

    def _duties(self) -> None:
        self.say("h1", "一、成员单位职责")
        for name in dict.fromkeys(self.head.place.tier + b for b in self.chance.sample(BODIES, len(BODIES))):
            if not self.more:
                break
            self.say("p", f"{name}:负责{self.doing()},{self.sentence()}{self.sentence()}")
        self.say("h1", "二、工作规则")
        self.say("p", self.prose(5))

    def _plain(self) -> None:
        def item(n: int) -> None:
            self.say("p", f"({CHINESE[n - 1]}){self.prose(6)}")

        self.sections(item)


# ---- formats ---------------------------------------------------------------------------------------------------------

Paragraphs = list[tuple[str, str | list[list[str]]]]


def as_text(paragraphs: Paragraphs) -> bytes:
    """Plain text, tables with tabs, as copied out of a page."""
    lines = ["\n".join("\t".join(r) for r in body) if isinstance(body, list) else body for _, body in paragraphs]
    return "\n\n".join(lines).encode()


def as_markdown(paragraphs: Paragraphs) -> bytes:
    """Markdown as converters write it."""
    marks = {"title": "# ", "h1": "## "}
    blocks = []
    for style, body in paragraphs:
        if isinstance(body, list):
            first, *rest = [f"| {' | '.join(r)} |" for r in body]
            blocks.append("\n".join((first, "| --- " * len(body[0]) + "|", *rest)))
        else:
            blocks.append(marks.get(style, "") + body)
    return "\n\n".join(blocks).encode()


def as_html(paragraphs: Paragraphs) -> bytes:
    """A page of a government site, with its navigation."""
    name = html.escape(str(paragraphs[0][1]))
    out = [f"<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><title>{name}</title></head><body>"
           "<nav><ul><li><a href='/'>首页</a></li><li><a href='/zwgk/'>政务公开</a></li></ul></nav>"
           "<div class='article'>"]
    tags = {"title": "<h1>{}</h1>", "h1": "<h2>{}</h2>", "sign": "<p style='text-align:right'>{}</p>"}
    for style, body in paragraphs:
        if isinstance(body, list):
            rows = ("".join(f"<td>{html.escape(c)}</td>" for c in row) for row in body)
            out.append(f"<table>{''.join(f'<tr>{r}</tr>' for r in rows)}</table>")
        else:
            text = html.escape(body).replace("\n", "<br>")
            out.append(tags.get(style, "<p style='text-indent:2em'>{}</p>").format(text))
    return "\n".join([*out, "</div><footer>主办:人民政府办公室</footer></body></html>"]).encode()


def as_word(paragraphs: Paragraphs) -> bytes:
    """A Word file."""
    import io

    import docx

    document, buffer = docx.Document(), io.BytesIO()
    for _, body in paragraphs:
        if isinstance(body, str):
            document.add_paragraph(body)
            continue
        table = document.add_table(rows=0, cols=len(body[0]))
        for row in body:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(buffer)
    return buffer.getvalue()


FORMATS: dict[str, Callable[[Paragraphs], bytes]] = {
    ".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": as_word
}
SHARES = (".txt",) * 68 + (".html",) * 22 + (".md",) * 8 + (".docx",) * 2


def files(seed: int, number: int) -> Iterator[tuple[str, bytes]]:
    """The files of document `number`, with their places: one, or two when a second page has it too."""
    paragraphs = Writer(seed, number).document()
    chance = Random(f"{seed}/{number}/format")
    form = chance.choice(SHARES)
    folder = f"{number // PER_FOLDER:05}"
    yield f"{folder}/{number:08}{form}", FORMATS[form](paragraphs)
    if number % REPRINTED == REPRINTED - 1:
        other = ".html" if form != ".html" else ".txt"
        yield f"{folder}/{number:08}r{other}", FORMATS[other](paragraphs)


def write(folder: Path, seed: int, start: int, end: int) -> tuple[int, int]:
    """Write documents `start` to `end`; returns how many files and bytes."""
    count = size = 0
    for number in range(start, end):
        for name, data in files(seed, number):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
            count, size = count + 1, size + len(data)
    return count, size


def generate(folder: Path, documents: int, seed: int = 7, workers: int = 2) -> tuple[int, int]:
    """Write a corpus below `folder` with several processes; returns how many files and bytes."""
    starts = range(0, documents, PER_FOLDER)
    with ProcessPoolExecutor(workers) as pool:
        parts = pool.map(write, *zip(*((folder, seed, s, min(s + PER_FOLDER, documents)) for s in starts), strict=True))
        counts, sizes = zip(*parts, strict=True)
    return sum(counts), sum(sizes)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=Path)
    options.add_argument("--documents", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--workers", type=int, default=2)
    asked = options.parse_args()
    count, size = generate(asked.folder, asked.documents, asked.seed, asked.workers)
    print(f"{count:,} files, {size / 1e6:,.1f} MB")


if __name__ == "__main__":
    main()
