"""Why a number with a unit is no target: one table of what stands before it and after it.

Each reason names the kinds of unit it applies to (see `targets.UNITS`), a pattern searched in the clause up to the
number and one matched right after the unit, and what lifts it. Patterns that end in `$` end at the number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


def words(*lists: str) -> str:
    """A group of alternatives from blank-separated words."""
    return "(?:" + "|".join(" ".join(lists).split()) + ")"


HAN = r"[\u4e00-\u9fff]"
_SOFT = r"[^\d,，。；;]"  # inside a clause, no other number
_IN_CLAUSE = r"[^,，。；;]"


@dataclass(frozen=True, slots=True)
class Veto:
    """One reason. Empty patterns ask for nothing; `unless_…` lift the reason."""

    name: str
    kinds: str = ""  # blank-separated, all when empty
    before: str = ""
    after: str = ""
    unless_before: str = ""
    unless_after: str = ""


_SUBSIDY = "补助 补贴 奖励 奖补 资助 奖金 贴息 补偿"
_ISSUING = words("出台 制定 推出 提出 新增 修订 发布 形成 谋划 推广")
_POLICIES = words("措施 举措 政策 意见 规定 要求 条款 禁令")
_BUILDING = words("新建 建设 建成 新增 改造 完成 打造 建 发放 投用 提供 供应 盘活 出让 绿化 治理 修复 拆除 腾退 实施")
_CHANGING = words("提高 提升 增加 增长 扩大 压缩 缩短 压减 下降 降低? 减少 上升 扩展 优化 精简 减 增")

VETOES = [
    # 第3, 前10, 近5, 这3项: an order or a stretch of time
    Veto(
        "order",
        before=words("[第前分近这该含由] 上述 以上 上列 下列 等级 位居 位列 排名 排列 同比 环比 连续 历经 历时 为期")
        + "$",
        unless_before=r"[底日月年以之]前$",
    ),
    # 围绕8条产业链, 依托38家合作社: the means or the field of the work
    Veto(
        "means",
        before=words(
            "按照? 围绕 聚焦 用好 依托 借助 针对 涉及 包括 包含 除 附件 附表 序号 编号 型号",
            "电话 频道 邮编",
        )
        + "$",
    ),
    Veto("road", "count people money share time", before=words("国道 省道 县道 专线") + "$"),
    # 24小时降雨量达200毫米: when a response begins; 每少完成1个百分点扣0.5分: how marks are given
    Veto("rain", "measure", before=words("降雨量? 雨量 降水量? 水位") + _SOFT + "{0,6}$"),
    Veto("marks", before=f"每{HAN}{{1,8}}$", after=rf"{HAN}{{0,4}}[，,]?[扣加减][\d.]+分"),
    # 现有12所; but 推进现有4个小区改造 is work to be done
    Veto(
        "existing",
        before=words("现有 原有 已有 既有 现存 共有 目前有 下辖 共辖 辖区? 已建成?的? 已投用的?") + _SOFT + "{0,4}$",
        unless_before=words("推进 完成 实施 启动 改造 提升 整治 关停 淘汰") + _SOFT + "{0,6}[现既原]有$",
    ),
    # 全县15个乡镇要落实属地责任
    Veto(
        "whole",
        before="全" + words("市 县 区 省 镇 乡 州 旗 盟 国 自治区 自治州 域") + "的?$",
        after=words("乡镇 镇街 镇(?!村) 街道 区县 县区 县 市 村 社区 区 地市 州 开发区 旗 盟 乡 园区"),
        unless_after=_SOFT + "{0,40}" + words("全覆盖 全部 均 实现 建成"),
    ),
    # 对现有56家加油站开展检查
    Veto(
        "inspected",
        before=words("对 将 组织 联合") + "(?:全[市县区省]|辖区内?)?" + _IN_CLAUSE + "{0,12}$",
        after=_IN_CLAUSE
        + "{0,30}"
        + words("检查 排查 摸排 巡查 监管 监测 抽查 核查 摸底 普查 督查 督导 评估 考核 跟踪 调度 评价"),
    ),
    # 8个方面, 29个部门, 4个100%, 10亿级
    Veto(
        "aspect",
        after=words(
            "方面 层面 维度 阶段 步骤 原则 坚持 统一 部门 字 子项目 统筹 结合 重?点?领域 年度 季度 月份? 大类 规定动作"
        )
        + r"|100|\d|级(?!平台|项目)",
    ),
    # 每半年召开1次会议: routine, not an aim
    Veto("meeting", "count", before="召开[^,，。；;]{0,6}$", after=_SOFT + "{0,12}" + words("会议?", "例会", "座谈")),
    Veto(
        "steps",
        after="环节|程序",
        unless_before=words("压减 减少 精简 缩减 取消") + _IN_CLAUSE + "{0,4}$",
        unless_after="(?:环节|程序)[压减以内]",
    ),
    # 15分钟生活圈, 24小时热线, 7天无理由退货, 18亿亩红线
    Veto(
        "slogan",
        after=f"见[绿园]|{HAN}{{0,6}}圈|{HAN}{{0,4}}(?:预报|红线|热线)|"
        + words("全天候 值班 值守 营业 开放 不间断 在线 在岗 自助 不打烊 无理由 半径 范围 禁令"),
    ),
    # 1所高校+1所中学, 75%节能标准, 10年制
    Veto(
        "part-of-name",
        after=r"\+|[^,，。；;\d]{1,8}\+\d|节能|(?:设计)?标准(?:执行|设计|建设)|制(?![作造订定品剂])|工作法|标准地",
    ),
    Veto(
        "policies",
        "count",
        after="[^,，。；;、的]{0,6}" + _POLICIES,
        unless_before=_ISSUING + _IN_CLAUSE + "{0,10}$",
    ),
    # 人才新政20条
    Veto(
        "policy-name",
        "count",
        before=words("新政 政策 措施 意见 举措 规定 条例 办法") + "$",
        unless_before=_ISSUING + _IN_CLAUSE + "{0,12}$",
        unless_after=HAN,
    ),
    # 30万千瓦以下机组, 10万元以上村
    Veto(
        "threshold",
        "measure money",
        after=f"[及或含]?以[上下内外]的?{HAN}",
        unless_after="[及或含]?以[上下内外]" + words("实现 完成 达到 建成 全部 均 并 且 由 纳入 投入 用于"),
    ),
    # 产值在5亿元左右的企业
    Veto(
        "attribute",
        "measure money",
        after=f'(?:左右|上下)?的[“"]?{HAN}',
        unless_before=_BUILDING + _SOFT + "{0,2}$",
    ),
    # 5家产值超过20亿元、…
    Veto(
        "attribute-of-count",
        "measure money",
        before=r"\d+[家个所][^\d,，。；;、]{0,12}" + words("超过 达到? 过 突破 不低于") + "$",
        after="[、的]|以上的",
    ),
    # 20户以上自然村, 100人以上企业
    Veto(
        "head-count",
        "people",
        after=f"[及或]?以[上下]的?{HAN}{{0,4}}"
        + words("企业 单位 村 社区 学校 机构 场所 医院 项目 园区 规模 经营 聚居 集中居住 班额 建筑 作业 会议"),
    ),
    # 100兆瓦储能项目, 220千伏变电站, 万吨级码头
    Veto(
        "capacity",
        "measure",
        after=rf"级|/|{HAN}{{0,4}}"
        + words("变电站 输变电 储能 机组 装置 生产线 线路 电站 电厂 热电 风电 锅炉 泵站 码头 水库 专用线"),
        unless_before=words("新增 关停 淘汰 达到? 累计") + _SOFT + "{0,4}$",
    ),
    # 220万吨/年加氢装置
    Veto(
        "throughput",
        "measure",
        after=f"(?<=/[日天年]){HAN}",
        unless_before=words("达到? 不低于 新增 提升至 提高到") + r"\D{0,4}$",
    ),
    # 年产10万吨预制菜项目
    Veto(
        "yearly",
        "measure count people",
        before="[年日月]" + words("产 处理 加工 供 屠宰 出栏 发电") + "量?$",
        after=HAN,
    ),
    Veto("near", "measure time", after=r"[以之]?内的?(?:范围|区域|居民|小区)|外"),
    # subsidies, awards, fines, prices, budgets
    Veto(
        "rate",
        "money share",
        before=words("给予 罚款 处以", _SUBSIDY) + _IN_CLAUSE + "*$",
        unless_before=words("覆盖率 占比 比率 率") + _SOFT + "{0,8}$",
    ),
    Veto(
        "price",
        "money",
        before=words(
            "单价 收费 票价 最高 封顶 限额 标准为? 总投资额? 计划投资 投资额 概算 估算 造价 注册资本",
            "每[人户亩吨床天件台辆次名个] 每小时 每人每[月年天]",
        )
        + _SOFT
        + "{0,6}$",
        unless_before="标准" + _SOFT + "{0,4}" + words("提高[到至] 不低于 增加到") + _SOFT + "{0,6}$",
    ),
    Veto(
        "rate-after",
        "money share",
        after=r"的?(?:比例)?(?:给予)?"
        + words("罚款 一次性", _SUBSIDY)
        + "|每"
        + words("[人户亩吨个家名床天例件台辆次月年] 小时 平方米"),
    ),
    # 5元/吨; but 劳动生产率22万元/人
    Veto("price-per", "money", after="(?<=元/.)|(?<=元/..)|(?<=元/...)", unless_before=words("达到? 提高 均 率")),
    # 由80%提高到88%: the number to start from
    Veto("from", after=_SOFT + "{0,8}?" + _CHANGING + r"[到至为][约近]?\d"),
    Veto("start", before="[从由]" + _IN_CLAUSE + "{0,16}$", after=_SOFT + r"{0,12}[到至为][约近]?\d"),
    Veto("prize", "people count", before="等奖各?$"),
    # 至少一处…或至少一处
    Veto("alternative", before="或者?(?:至少|不少于)" + _SOFT + "{0,4}$"),
    Veto("site", before=words("辖区面积 总面积 位于 距离 海拔 全长 长约 宽约") + "[约为达]{0,2}$"),
]


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    unless_before: re.Pattern[str] | None
    unless_after: re.Pattern[str] | None


def _compiled(veto: Veto) -> _Rule:
    patterns = (veto.before, veto.after, veto.unless_before, veto.unless_after)
    before, after, unless_before, unless_after = (re.compile(p) if p else None for p in patterns)
    return _Rule(veto.name, before, after, unless_before, unless_after)


def _first_signs(pattern: str) -> str:
    """The signs that a word list begins with, as a class holds them: of `(?:[第前]|上述|按照?)$` 第, 前, 上, 按."""
    first = re.findall(r"(?:^|\|)(?:\(\?:)?(?:\[([^\]]+)\]|([^(\[\\]))", pattern)
    return "".join(sorted({sign for signs in first for part in signs for sign in part}))


_RULES = {v.name: _compiled(v) for v in VETOES}
_KINDS = ("count", "people", "money", "measure", "share", "time")
_NEAR = 16  # characters before the number that `_Kind.before` needs; the reason "rate" looks at the whole clause
_RATE = re.compile(words("给予 罚款 处以", _SUBSIDY))


@dataclass(frozen=True, slots=True)
class _Kind:
    """The reasons for one kind of unit. Most numbers are passed after two looks: at what stands after the unit, and at
    what stands before the number for the reasons that ask for nothing after it, or for anything.

    `rules` has the reasons left to ask: (what comes after speaks for one, what stands before does) → these.
    """

    after: re.Pattern[str]
    before: re.Pattern[str]
    rules: dict[tuple[bool, bool], list[_Rule]]


def _of_kind(kind: str) -> _Kind:
    own = [v for v in VETOES if not v.kinds or kind in v.kinds.split()]
    by_after = [v.name for v in own if v.after and v.after != HAN]
    before = [v.before for v in own if v.name not in by_after and v.name != "rate"]
    signs = "".join(map(_first_signs, before))
    return _Kind(
        re.compile("|".join(f"(?:{v.after})" for v in own if v.name in by_after)),
        re.compile(f"(?=[{signs}])(?:{'|'.join(before)})"),
        {
            (x, y): [_RULES[v.name] for v in own if (x if v.name in by_after else y)]
            for x in (False, True)
            for y in (False, True)
        },
    )


_REASONS = {kind: _of_kind(kind) for kind in _KINDS}


def veto(text: str, clause: int, start: int, stop: int, end: int, kind: str) -> str | None:
    """The name of the reason why the number at [start, stop) is no target, or None.

    `clause` is where its clause begins, `end` where the text to look at ends, `kind` what its unit measures.
    """
    end = min(end, stop + 48)
    clause = max(clause, start - 60)
    reasons = _REASONS[kind]
    after = reasons.after.match(text, stop, end) is not None
    before = reasons.before.search(text, max(clause, start - _NEAR), start) is not None or (
        kind in ("money", "share") and _RATE.search(text, clause, start) is not None
    )
    for rule in reasons.rules[after, before]:
        if (
            (rule.after is None or rule.after.match(text, stop, end))
            and (rule.before is None or rule.before.search(text, clause, start))
            and not (rule.unless_before and rule.unless_before.search(text, clause, start))
            and not (rule.unless_after and rule.unless_after.match(text, stop, end))
        ):
            return rule.name
    return None
