"""Write the two Word samples: an implementation scheme with automatic numbers, a task table with merged cells.

`python -m samples.make_documents` writes them to `documents/`; the result is the same, byte for byte, each time.
"""

# ruff: noqa: E501  (one paragraph a line)

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FOLDER = Path(__file__).parent / "documents"

# (style, text): t title, p paragraph, r right aligned; 1, 2 and 3 are list levels, whose numbers Word writes
SCHEME = """
t 青禾县人民政府办公室关于印发青禾县“一老一小”服务能力提升行动实施方案(2024—2025年)的通知
t 青政办发〔2024〕12号
p 各乡镇人民政府、街道办事处,县直有关单位:
p 《青禾县“一老一小”服务能力提升行动实施方案(2024—2025年)》已经县政府研究通过,现发给你们,请据此推进各项工作。
r 青禾县人民政府办公室
r 2024年4月9日
t 青禾县“一老一小”服务能力提升行动实施方案(2024—2025年)
p 为贯彻落实《国务院办公厅关于推进养老服务发展的意见》(国办发〔2019〕5号)、《国务院办公厅关于促进3岁以下婴幼儿照护服务发展的指导意见》(国办发〔2019〕15号)和《岚江省“十四五”养老服务发展规划》(岚政发〔2022〕6号),巩固《青禾县2023年养老托育和社会救助重点任务清单》(青政办发〔2023〕18号)工作成果,制定本方案。
1 行动目标
p 到2024年底,全县建成乡镇(街道)综合养老服务中心9处,普惠托育机构达到26家。
p 到2025年,全县护理型床位占比达到60%以上,每千人口拥有婴幼儿托位达到4.6个,居家上门服务惠及失能老年人1500人。
1 重点任务
2 织密养老服务网络
3 建设综合养老服务中心。由县民政局牵头,会同县财政局、县自然资源局推进中心选址和改造,2024年10月底前全部投入运营。
3 开展居家上门服务。为经济困难失能老年人购买居家上门服务,2025年服务对象达到1500人。(牵头单位:县民政局;配合单位:县财政局、县医保局)
3 规范养老机构管理。由县民政局会同县消防救援大队、县市场监管局制定《青禾县养老机构安全管理工作规范》,2024年6月底前印发执行。
2 扩大普惠托育服务
3 建设县级托育综合服务中心。中心设置托位150个,2025年6月底前建成。(牵头单位:县卫健局;配合单位:县发改局、县住建局)
3 推动幼儿园开设托班。支持有条件的公办幼儿园向下延伸服务,新增托班20个。(牵头单位:县教育局;配合单位:县卫健局、县财政局)
2 夯实服务保障
3 培养照护人才。县人社局负责组织养老护理员、育婴员职业技能培训1200人次,县民政局、县卫健局配合。
3 搭建智慧服务平台。由县大数据中心负责,县民政局、县卫健局配合提供数据,2024年12月底前实现供需线上对接。
1 实施步骤
2 部署启动阶段(2024年4月至5月)。细化任务分工,召开推进会议。
2 集中攻坚阶段(2024年6月至2025年6月)。按照时间节点推进项目建设。
2 巩固提升阶段(2025年7月至11月)。开展自查评估,补齐短板弱项。
2 总结评估阶段(2025年12月)。形成总结报告,推广典型经验。
1 组织领导
p 成立青禾县“一老一小”服务能力提升行动领导小组:
p 组长:沈知秋(县委常委、县政府常务副县长)
p 副组长:顾云舒(县民政局局长)、叶青川(县卫健局局长)
p 成员:方砚(县财政局局长)、章若溪(县教育局副局长)、郁怀瑾(县人社局局长)、邵平野(县住建局副局长)、孟听澜(县医保局局长)、晏如松(县消防救援大队大队长)
p 领导小组办公室设在县民政局,由罗小满同志兼任办公室主任。
"""

HEAD = ("序号", "类别", "实事项目", "年度目标", "牵头单位", "配合单位", "责任人", "完成时限")
# category; then per row the other cells
TABLE: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "养老服务",
        (
            ("提升乡镇敬老院照护能力", "新增护理型床位120张", "县民政局", "县财政局、县卫健局", "顾云舒", "2025年9月底"),
            ("扩大老年助餐覆盖面", "新建长者食堂8家", "县民政局", "县商务局\n县市场监管局", "罗小满", "2025年6月底"),
            ("实施居家适老化改造", "完成改造260户", "县民政局", "县住建局、县残联,各乡镇、街道", "罗小满", "2025年11月底"),
        ),
    ),
    (
        "托育服务",
        (
            ("建成县级托育综合服务中心", "设置托位150个", "县卫健局", "县发改局、县住建局", "叶青川", "2025年6月底"),
            ("推进公办幼儿园开设托班", "新增托班12个", "县教育局", "县卫健局", "章若溪", "2025年8月底"),
        ),
    ),
    (
        "社会救助",
        (
            ("实行救助帮扶一件事办理", "办理时限压减至12个工作日", "县民政局", "县行政审批局、县大数据中心", "顾云舒", "2025年5月底"),
            ("开展困难残疾人辅具适配", "适配辅助器具900件", "县残联", "县民政局、县医保局", "白露", "2025年10月底"),
            ("落实困难群众医疗救助", "应救尽救率达到100%", "县医保局", "县民政局、县财政局", "孟听澜", "全年"),
        ),
    ),
    (
        "公益殡葬",
        (("建设乡镇公益性公墓", "新建公墓3处", "县民政局", "县自然资源局、县林业局", "顾云舒", "2026年6月底"),),
    ),
)  # fmt: skip
NOTICE = """
t 青禾县人民政府办公室关于印发2025年民生实事项目任务分解表的通知
t 青政办函〔2025〕5号
p 各乡镇人民政府、街道办事处,县直有关单位:
p 为办好2025年民生实事,落实《青禾县“一老一小”服务能力提升行动实施方案(2024—2025年)》(青政办发〔2024〕12号)年度任务,现将任务分解表印发给你们。各牵头单位每季度末将进展情况报县政府督查室。
r 青禾县人民政府办公室
r 2025年2月20日
t 青禾县2025年民生实事项目任务分解表
"""

_LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "(%2)"), ("decimal", "%3."))


def _with_list(document: Document) -> None:
    """Give the document an outline list numbered as official documents are: 一、 (一) 1."""
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(_LEVELS)
    )
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))


def _write(document: Document, text: str) -> None:
    for line in text.strip().splitlines():
        style, _, words = line.partition(" ")
        paragraph = document.add_paragraph(words)
        if style in "tr":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if style == "t" else WD_ALIGN_PARAGRAPH.RIGHT
        elif style.isdigit():
            place = f'<w:ilvl w:val="{int(style) - 1}"/><w:numId w:val="90"/>'
            paragraph._p.get_or_add_pPr().append(parse_xml(f"<w:numPr {nsdecls('w')}>{place}</w:numPr>"))


def scheme() -> Document:
    """The implementation scheme."""
    document = docx.Document()
    _with_list(document)
    _write(document, SCHEME)
    return document


def table() -> Document:
    """The task table; the category is one merged cell for its rows."""
    document = docx.Document()
    _write(document, NOTICE)
    grid = document.add_table(rows=1, cols=len(HEAD), style="Table Grid")
    for cell, words in zip(grid.rows[0].cells, HEAD, strict=True):
        cell.text = words
    number = 0
    for category, rows in TABLE:
        first = None
        for row in rows:
            number += 1
            cells = grid.add_row().cells
            for cell, words in zip(cells, (str(number), "", *row), strict=True):
                cell.text = words
            first = first or cells[1]
            last = cells[1]
        merged = first.merge(last) if first is not None else last
        merged.text = category
    return document


def save(document: Document, path: Path) -> None:
    """Write a Word file that is the same, byte for byte, whenever it is written: no dates, entries in order."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as read, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as written:
        for name in sorted(read.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            if name != "docProps/thumbnail.jpeg":
                written.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), read.read(name), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    save(scheme(), FOLDER / "06_qinghe_scheme_2024.docx")
    save(table(), FOLDER / "07_qinghe_table_2025.docx")
