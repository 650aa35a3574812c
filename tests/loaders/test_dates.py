"""Deadlines: what each way of saying time means, and what sets none. All sentences are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.extract.dates import parse_day, read_deadlines, years
from loaders.facts import Deadline
from loaders.periods import period

ISSUED = "2023-03-15"


def read(text: str, issued_on: str | None = ISSUED) -> list[Deadline]:
    return read_deadlines(text, 0, len(text), issued_on)


@pytest.mark.parametrize(
    ("text", "quote", "year", "period_id", "starts_on", "ends_on"),
    [
        ("2025年底前全面建成", "2025年底前", 2025, "2025", "2025-01-01", "2025-12-31"),
        ("到2025年,全县森林覆盖率达到45%", "到2025年", 2025, "2025", "2025-01-01", "2025-12-31"),
        ("于2024年年底之前投入使用", "2024年年底之前", 2024, "2024", "2024-01-01", "2024-12-31"),
        ("2024年6月底前完成选址", "2024年6月底前", 2024, "2024-06", "2024-06-01", "2024-06-30"),
        ("2024年2月30日前报备", "2024年2月30日前", 2024, "2024-02", "2024-02-29", "2024-02-29"),
        ("二〇二五年底前建成", "二〇二五年底前", 2025, "2025", "2025-01-01", "2025-12-31"),
        ("二○二四年九月底前", "二○二四年九月底前", 2024, "2024-09", "2024-09-01", "2024-09-30"),
        ("2024年第三季度开工", "2024年第三季度", 2024, "2024-Q3", "2024-07-01", "2024-09-30"),
        ("2024年一季度末完成", "2024年一季度末", 2024, "2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024年上半年投产", "2024年上半年", 2024, "2024-H1", "2024-01-01", "2024-06-30"),
        ("2024年5月上旬召开", "2024年5月上旬", 2024, "2024-05", "2024-05-01", "2024-05-10"),
        ("2024年5月下旬", "2024年5月下旬", 2024, "2024-05", "2024-05-21", "2024-05-31"),
        ("2024年初启动", "2024年初", 2024, "2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024.6", "2024.6", 2024, "2024-06", "2024-06-01", "2024-06-30"),
        ("2024/6/30", "2024/6/30", 2024, "2024-06", "2024-06-30", "2024-06-30"),
        ("2024-06-30前", "2024-06-30前", 2024, "2024-06", "2024-06-30", "2024-06-30"),
        ("年底前基本完成", "年底前", 2023, "2023", "2023-01-01", "2023-12-31"),
        ("力争年内开工", "年内", 2023, "2023", "2023-01-01", "2023-12-31"),
        ("全年完成造林3000亩", "全年", 2023, "2023", "2023-01-01", "2023-12-31"),
        ("今年9月底前挂牌", "今年9月底前", 2023, "2023-09", "2023-09-01", "2023-09-30"),
        ("明年6月底前通过验收", "明年6月底前", 2024, "2024-06", "2024-06-01", "2024-06-30"),
        ("10月底前与农户签约", "10月底前", 2023, "2023-10", "2023-10-01", "2023-10-31"),
        ("十月底前完成收储", "十月底前", 2023, "2023-10", "2023-10-01", "2023-10-31"),
        ("8月15日前上报", "8月15日前", 2023, "2023-08", "2023-08-15", "2023-08-15"),
        ("第三季度完成招标", "第三季度", 2023, "2023-Q3", "2023-07-01", "2023-09-30"),
        ("下半年全面推开", "下半年", 2023, "2023-H2", "2023-07-01", "2023-12-31"),
        ("“十四五”末达到60%", "“十四五”末", 2025, "2025", "2025-01-01", "2025-12-31"),
        ("“十四五”期间新建10座", "“十四五”期间", 2025, "2021..2025", "2021-01-01", "2025-12-31"),
        ("2024年1月1日起全面执行", "2024年1月1日起", 2024, "2024-01", "2024-01-01", None),
        ("完成年度目标任务", "年度", 2023, "2023", "2023-01-01", "2023-12-31"),
        ("12月", "12月", 2023, "2023-12", "2023-12-01", "2023-12-31"),
    ],
)
def test_one_deadline(
    text: str, quote: str, year: int, period_id: str, starts_on: str | None, ends_on: str | None
) -> None:
    (found,) = read(text)
    assert (found.quote, found.year, found.period) == (quote, year, period_id)
    assert (found.starts_on, found.ends_on) == (starts_on, ends_on)
    assert period(period_id), "a period the graph can name"


@pytest.mark.parametrize(
    ("text", "named", "starts_on", "ends_on"),
    [
        ("2024—2026年新建充电桩800个", [2024, 2026], "2024-01-01", "2026-12-31"),
        ("2024-2025年度分批实施", [2024, 2025], "2024-01-01", "2025-12-31"),
        ("2023年至2025年,每年培训200人", [2023, 2025], "2023-01-01", "2025-12-31"),
        ("2022年11月—2024年3月", [2022, 2024], "2022-11-01", "2024-03-31"),
        ("2023年6月21日—2023年9月30日", [2023], "2023-06-21", "2023-09-30"),
        ("9月2日—9月30日", [2023], "2023-09-02", "2023-09-30"),
        ("10月1日至15日", [2023], "2023-10-01", "2023-10-15"),
        ("2023年4月至5月", [2023], "2023-04-01", "2023-05-31"),
        ("4—5月集中排查", [2023], "2023-04-01", "2023-05-31"),
        ("2023年10月至年底", [2023], "2023-10-01", "2023-12-31"),
        ("从2023年9月至2024年年底", [2023, 2024], "2023-09-01", "2024-12-31"),
    ],
)
def test_ranges(text: str, named: list[int], starts_on: str, ends_on: str) -> None:
    found = read(text)
    assert years(found) == named
    assert (found[0].starts_on, found[0].ends_on) == (starts_on, ends_on)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        # one year after another
        ("2024、2025年分别完成40%、60%", [2024, 2025]),
        ("2025年和2030年分别达到50%和60%", [2025, 2030]),
        ("2023年底前完成试点,2025年全面推开", [2023, 2025]),
        ("2024年6月、12月底前各调度一次", [2024]),
        # a month without a year takes the year said before it in the sentence
        ("2024年启动编制,9月底前报批", [2024]),
        ("(责任单位:县水利局;完成时限:2024年3月底)", [2024]),
        ("2024年秋季学期起覆盖全部乡镇", [2024]),
        ("落实2023年技能提升行动任务", [2023]),
        ("将政务公开纳入2023年度考核指标", [2023]),
        ("控制在省下达的年度计划指标之内", [2023]),
        ("到年底对干部轮训一遍", [2023]),
        ("2023年3月底", [2023]),
        ("完善设施\t县住建局\t6月", [2023]),
        ("完善设施\t县住建局\t2023年2月\n", [2023]),
        ("青禾县人民政府公报2023年第2期", []),
        ("2023年1月全县会议精神", []),
        ("2024年“五一”前投入运营", [2024]),
        # recurring and lasting: no year
        ("每季度末通报一次", []),
        ("每年6月底前公布", []),
        ("每月25日前报送进度", []),
        ("从每年1月1日开始,3月底前完成", []),
        ("每年5月、10月底前各开展一次", []),
        ("持续推进", []),
        ("长期坚持", []),
        ("三年内实现全覆盖", []),
        ("利用3年时间完成改造", []),
        ("自印发之日起30日内制定细则", []),
        # not deadlines
        ("《岚江省2025年数字乡村行动方案》", []),
        ("按照《宁溪市养老服务发展规划(2021—2025年)》要求", []),
        ("落实三年行动计划(2023—2025年)部署", []),
        ("青政发〔2023〕5号", []),
        ("较2020年提高5个百分点", []),
        ("比2025年提前两年", []),
        ("以2020年为基期", []),
        ("在2022年基础上增长8%", []),
        ("2019年以来连续四年获评优秀", []),
        ("2022年全市实现生产总值800亿元", []),
        ("截至2022年底,已建成120处", []),
        ("条例(2018年修订)", []),
        ("对接2035年远景目标", []),
        ("中央一号文件即2023年中央一号文件精神", []),
        ("有效期至2027年12月31日", []),
        ("自2023年5月1日起施行,有效期五年", []),
        ("本办法自2023年5月1日起施行", []),
        ("近年来成效明显", []),
        ("往年同期", []),
        ("去年底下达的任务", []),
        ("政府信息公开工作年度报告", []),
        ("纳入年度考核评估范围", []),
        ("全年无休服务", []),
        ("面向全年龄段人群", []),
        ("5月12日防灾减灾日宣传", []),
        ("打造“2025智造”品牌", []),
        ("“2024年新春送岗”活动", []),
        ("用电量2023.6亿千瓦时", []),
        ("12345热线24小时值守", []),
        ("执行GB 24407-2012标准", []),
        ("拨打0571-2023456", []),
        ("1年期贷款利率", []),
        ("十年禁渔", []),
        ("跨年度预算平衡", []),
        ("本世纪中叶", []),
    ],
)
def test_years_named(text: str, named: list[int]) -> None:
    assert years(read(text)) == named


def test_a_range_from_the_past_counts_while_it_runs() -> None:
    assert years(read("2021—2025年累计新增学位5万个")) == [2021, 2025]
    assert years(read("2016—2020年累计新增学位5万个")) == []


def test_documents_of_the_nineties() -> None:
    assert years(read("到一九九八年底解决吃水问题,“九五”末普及率达到80%", "1996-05-20")) == [1998, 2000]
    assert years(read("“八五”期间,年底前和1997年6月底前", "1996-05-20")) == [1996, 1997]


def test_without_a_date_of_signature_own_year_deadlines_have_no_year() -> None:
    (found,) = read("年底前建成", None)
    assert (found.year, found.period, found.ends_on) == (None, None, None)
    assert years(read("2019年底前建成", None)) == [2019]


@pytest.mark.parametrize(
    ("text", "recurring"),
    [
        ("每年6月底前公布", "每年6月底前"),
        ("每季度通报", "每季度"),
        ("每月25日前报送", "每月25日前"),
        ("每半年召开一次", "每半年"),
        ("长期坚持", "长期坚持"),
        ("持续推进", "持续推进"),
        ("常态化开展", "常态化开展"),
        ("(完成时限:长期坚持)", "长期坚持"),
        ("完善设施\t县住建局\t持续推进", "持续推进"),
        ("| 完善设施 | 县住建局 | 长期坚持 |", "长期坚持"),
    ],
)
def test_recurring(text: str, recurring: str) -> None:
    (found,) = read(text)
    assert (found.recurring, found.year, found.period) == (recurring, None, None)


def test_work_that_goes_on_is_no_term() -> None:
    assert read("持续推进节水型企业建设,常态化开展巡查") == []


def test_counted_from_issue() -> None:
    (found,) = read("自印发之日起30日内制定细则")
    assert (found.ends_on, found.period, found.year) == ("2023-04-14", "2023-04", None)
    assert read("自受理之日起5个工作日内办结") == []


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2023年8月28日", "2023-08-28"),
        ("2023 年 8 月 28 日", "2023-08-28"),
        ("宁溪市人民政府 2018年10月8日", "2018-10-08"),
        ("二○二三年八月二十八日", "2023-08-28"),
        ("二〇一八年十月十日", "2018-10-10"),
        ("二零二一年元月五日", "2021-01-05"),
        ("一九九八年十二月三十一日", "1998-12-31"),
        ("发布日期:2024-03-05 10:20", "2024-03-05"),
        ("2024.3.5", "2024-03-05"),
        ("2023年13月1日", None),
        ("二〇二三年二月三十日", None),
        ("宁溪市人民政府办公室", None),
        ("", None),
    ],
)
def test_parse_day(line: str, day: str | None) -> None:
    assert parse_day(line) == day


ALPHABET = st.sampled_from(
    "2023年月日底前至到—-第季度每十四五末“”《》〇二一三。,、 \n内全上下半0.5/起以来施行有效期之印发"
)


@given(st.text(ALPHABET, max_size=60), st.sampled_from([None, "2023-03-15", "2020-02-29"]))
def test_any_text(text: str, issued_on: str | None) -> None:
    start, end = len(text) // 5, len(text)
    found = read_deadlines(text, start, end, issued_on)
    assert found == read_deadlines(text, start, end, issued_on)
    for deadline in found:
        assert start <= deadline.start < deadline.end <= end
        assert deadline.quote == text[deadline.start : deadline.end]
        assert deadline.period is None or period(deadline.period)
        assert (deadline.starts_on or "") <= (deadline.ends_on or "9")
    parse_day(text)


@given(st.text(max_size=80))
def test_any_characters(text: str) -> None:
    for deadline in read_deadlines(text, 0, len(text), ISSUED):
        assert deadline.quote == text[deadline.start : deadline.end]
    parse_day(text)


def test_speed() -> None:
    """An item of some 150 characters takes microseconds; the bound is loose because machines differ."""
    item = "加快推进老旧小区改造,完善配套设施,健全长效机制,2024年底前新增停车位1200个,惠及居民8000户。" * 3
    best = min(_timed(item) for _ in range(5))
    assert best < 1e-3


def _timed(item: str) -> float:
    begin = time.process_time()
    for _ in range(50):
        read_deadlines(item, 0, len(item), ISSUED)
    return (time.process_time() - begin) / 50
