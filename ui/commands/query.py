"""`zeren queries`, `query`, `ask`, `audit`, `chain`, `export`: answers from the command line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from graph.errors import QueryError, UnknownName
from ui.commands.load import Lang, LangOption, LibraryOption, StoreOption
from ui.commands.store import opened
from ui.commands.write import Format, console_, draw, needed, out, write

if TYPE_CHECKING:  # what a command needs is loaded when it runs, so that `--help` is quick
    from rich.console import Console

    from graph.store import Store
    from queries.ask import Understanding
    from queries.chain import Chain


class GraphFormat(StrEnum):
    """What `zeren export` writes."""

    ledger = "ledger"
    dossier = "dossier"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    neo4j_import = "neo4j-import"


FormatOption = Annotated[Format, typer.Option("--format", help="输出形式 / form of the output")]
OutputOption = Annotated[
    Path | None, typer.Option("-o", "--output", help="写入文件 / write to a file", dir_okay=False)
]
LimitOption = Annotated[int, typer.Option("--limit", min=1, help="最多行数 / rows at most")]
DepartmentOption = Annotated[str | None, typer.Option("--department", help="单位 / body, by any of its names")]
DocumentOption = Annotated[str | None, typer.Option("--document", help="文号或标题 / number or title of a document")]
RegionOption = Annotated[str | None, typer.Option("--region", help="地区 / region")]
YearOption = Annotated[str | None, typer.Option("--year", help="年份 / year")]
ParamOption = Annotated[
    list[str] | None, typer.Option("--param", "-p", help="其他参数 名=值，可重复 / any other parameter, name=value")
]

WORDS: dict[str, dict[Lang, str]] = {
    "name": {Lang.zh: "名称", Lang.en: "Name"},
    "title": {Lang.zh: "内容", Lang.en: "What it answers"},
    "params": {Lang.zh: "参数", Lang.en: "Parameters"},
    "written": {Lang.zh: "已写入 {n} 个查询文件:{path}", Lang.en: "{n} queries written to {path}"},
    "import": {
        Lang.zh: "已写入 {path}。在该文件夹中运行:\n  neo4j-admin database import full neo4j @import.args\n"
        "再启动服务器并运行:\n  cypher-shell -f after.cypher",
        Lang.en: "Written to {path}. Run there:\n  neo4j-admin database import full neo4j @import.args\n"
        "then start the server and run:\n  cypher-shell -f after.cypher",
    },
    "nothing": {Lang.zh: "没有记录", Lang.en: "Nothing on record"},
    "understood": {Lang.zh: "理解为：{text}", Lang.en: "Understood as: {text}"},
    "which": {Lang.zh: "{title}可指多个，请写明：{names}", Lang.en: "{title} can mean several: {names}"},
    "nearest": {Lang.zh: "可以问：", Lang.en: "You could ask:"},
    "further": {Lang.zh: "还可以问：", Lang.en: "Further questions:"},
    "check": {Lang.zh: "核查项", Lang.en: "Check"},
    "count": {Lang.zh: "有问题", Lang.en: "Failing"},
    "total": {Lang.zh: "共", Lang.en: "Of"},
    "way": {Lang.zh: "第 {n} 条", Lang.en: "Way {n}"},
    "missing": {Lang.zh: "缺", Lang.en: "missing"},
    "step": {Lang.zh: "环节", Lang.en: "Step"},
    "node": {Lang.zh: "内容", Lang.en: "What"},
    "link": {Lang.zh: "关系", Lang.en: "Link"},
    "quote": {Lang.zh: "原文", Lang.en: "Sentence"},
}


def queries(
    group: Annotated[str | None, typer.Option("--group", help="只列一组 / one group only")] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="写成 Neo4j 可运行的文件 / write files that Neo4j runs as they are")
    ] = None,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """列出全部查询 / List every canned query.

    With `--export` they are written to a folder as Neo4j Browser and cypher-shell run them, with parameters that fit
    the graph.
    """
    from queries import files
    from queries.catalog import catalog, group_title

    if export:
        with opened(library, store, lang) as asked:
            written = files.write(export, asked)
        console_().print(WORDS["written"][lang].format(n=len(written), path=export))
        return
    table = Table(WORDS["name"][lang], WORDS["title"][lang], WORDS["params"][lang])
    last = ""
    for found in catalog().values():
        if group and found.group != group:
            continue
        if found.group != last:
            table.add_section()
            table.add_row(Text(group_title(found.group, lang), style="bold"), "", "")
            last = found.group
        given = [f"--{p.name}" if p.required else f"[--{p.name}]" for p in found.params]
        table.add_row(found.name, Text(found.title[lang]), Text(" ".join(given)))
    console_().print(table)


def query(
    name: Annotated[str, typer.Argument(help="查询名称，见 zeren queries / name, see `zeren queries`")],
    department: DepartmentOption = None,
    document: DocumentOption = None,
    person: Annotated[str | None, typer.Option("--person", help="人员 / person")] = None,
    leading_group: Annotated[str | None, typer.Option("--leading-group", help="领导小组 / leading group")] = None,
    task: Annotated[str | None, typer.Option("--task", help="任务标题 / title of a task")] = None,
    region: RegionOption = None,
    year: YearOption = None,
    text: Annotated[str | None, typer.Option("--text", help="字词 / words")] = None,
    role: Annotated[str | None, typer.Option("--role", help="角色：牵头、责任、配合 / role: leads, assists …")] = None,
    predecessors: Annotated[bool, typer.Option("--predecessors", help="含改革前的前身 / with predecessors")] = False,
    param: ParamOption = None,
    format_: FormatOption = Format.table,
    output: OutputOption = None,
    limit: LimitOption = 500,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """运行一个查询 / Run a canned query."""
    from queries.run import find, picture, run

    found = find(name)
    common = {
        "department": department, "document": document, "person": person, "leading_group": leading_group, "task": task,
        "region": region, "year": year, "text": text, "role": role, "predecessors": "yes" if predecessors else None,
    }  # fmt: skip
    given = {n: v for n, v in common.items() if v is not None} | _pairs(param)
    with opened(library, store, lang) as asked:
        if format_ is Format.svg:
            draw(picture(asked, found, given), output, lang)
            return
        answer = run(asked, found, given, limit=limit)
    write(answer, format_, output, lang)


def ask(
    question: Annotated[str, typer.Argument(help="问题 / question, in Chinese or English")],
    format_: FormatOption = Format.table,
    output: OutputOption = None,
    limit: LimitOption = 500,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: Annotated[
        Lang | None, typer.Option("--lang", envvar="ZEREN_LANG", help="默认随问题 / default: the question's")
    ] = None,
) -> None:
    """用一句话提问 / Ask in one sentence.

    Ends with 8 when no canned query answers the question, with 7 when a name in it must be made clearer.
    """
    from queries.ask import ask as understand
    from queries.run import picture, run

    with opened(library, store, lang or Lang.zh) as asked:
        understood = understand(asked, question)
        said = lang or Lang(understood.language)
        notes = console_(stderr=format_ is not Format.table and output is None)
        notes.print(WORDS["understood"][said].format(text=understood.explanation[said]) if understood.query
                    else understood.explanation[said])  # fmt: skip
        if not understood.query or not understood.ready:
            _unready(understood, said, notes)
            raise typer.Exit(QueryError.exit_code if understood.query is None else UnknownName.exit_code)
        if format_ is Format.svg:
            draw(picture(asked, understood.query, understood.params), output, said)
            return
        answer = run(asked, understood.query, understood.params, limit=limit)
    write(answer, format_, output, said)
    if format_ is Format.table and understood.follow_ups:
        notes.print(WORDS["further"][said])
        for suggestion in understood.follow_ups:
            notes.print(f"  {suggestion.text[said]}")


def _unready(understood: Understanding, lang: Lang, notes: Console) -> None:
    if understood.query:
        for name, entries in understood.choices.items():
            title = understood.query.param(name).title[lang]
            notes.print(WORDS["which"][lang].format(title=title, names="、".join(e.label for e in entries[:12])))
    if not understood.choices and understood.alternatives:
        notes.print(WORDS["nearest"][lang])
        for suggestion in understood.alternatives:
            notes.print(f"  {suggestion.text[lang]}  (zeren query {suggestion.query.name})")


def audit(
    checks: Annotated[list[str] | None, typer.Argument(help="核查项，默认全部 / checks, all by default")] = None,
    fail_on: Annotated[
        list[str] | None,
        typer.Option("--fail-on", help="这些核查项有问题则以 1 退出,any 为任一 / exit 1 when these find something"),
    ] = None,
    department: DepartmentOption = None,
    region: RegionOption = None,
    day: Annotated[str | None, typer.Option("--day", help="以哪天为准 / the day for what is past due")] = None,
    format_: FormatOption = Format.table,
    output: OutputOption = None,
    limit: LimitOption = 200,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """核查缺口和矛盾 / Check for gaps and contradictions: failing of total.

    With `--fail-on` ends with 1 when one of the named checks (or any) finds something. One check alone lists its
    findings.
    """
    from queries.audit import audit as run_checks
    from queries.run import find
    from ui import export

    fails = {find(n).name for n in fail_on or () if n != "any"}
    given = {n: v for n, v in (("department", department), ("region", region), ("day", day)) if v is not None}
    with opened(library, store, lang) as asked:
        found = run_checks(asked, given, checks or (), limit=limit)
    if checks and len(found) == 1:
        write(found[0].answer, format_, output, lang)
    else:
        columns = ("check", "query", "failing", "total")
        rows = [
            {"check": f.query.title[lang], "query": f.query.name, "failing": f.failing, "total": f.total}
            for f in found
        ]
        if format_ is Format.table:
            table = Table(WORDS["check"][lang], WORDS["name"][lang])
            table.add_column(WORDS["count"][lang], justify="right")
            table.add_column(WORDS["total"][lang], justify="right")
            for f in found:
                failing = Text(str(f.failing), "" if f.ok else "bold red")
                table.add_row(Text(f.query.title[lang]), f.query.name, failing, str(f.total))
            console_().print(table)
        elif format_ is Format.json:
            out(json.dumps(rows, ensure_ascii=False, indent=2).encode(), output, lang)
        elif format_ is Format.csv:
            out(export.to_csv(columns, rows, lang), output, lang)
        elif format_ is Format.svg:
            raise QueryError("Name one check to draw it.", "请只写一个核查项。")
        else:
            out(export.to_xlsx(WORDS["check"][lang], columns, rows, lang), needed(output), lang)
    if fail_on and any(not f.ok and (f.query.name in fails or "any" in fail_on) for f in found):
        raise typer.Exit(1)


def chain(
    start: Annotated[str, typer.Argument(help="起点：文号、标题、单位、人员、任务 / document, body, person, task …")],
    kind: Annotated[
        str | None, typer.Option("--kind", help="起点的类别 / Document, Department, Person, LeadingGroup, Task")
    ] = None,
    through: Annotated[list[str] | None, typer.Option("--through", help="只看经过它的 / only ways through it")] = None,
    format_: FormatOption = Format.table,
    output: OutputOption = None,
    limit: LimitOption = 50,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """从依据到责任人的链条 / From authority to the people who answer, step by step."""
    from queries.chain import chain as follow
    from ui import export

    with opened(library, store, lang) as asked:
        label, ident = _node(asked, start, kind)
        found = follow(asked, label, ident, [_node(asked, t, None)[1] for t in through or ()], max_ways=limit)
    if format_ is Format.svg:
        draw(found.picture(), output, lang, f"— {WORDS['missing'][lang]} —")
        return
    rows = found.rows()
    columns = ("way", "stage", "node", "rel_type", "quote", "node_id", "evidence", "rule", "missing")
    if format_ is Format.table:
        _chain_table(found, lang)
    elif format_ is Format.json:
        out(json.dumps(rows, ensure_ascii=False, indent=2).encode(), output, lang)
    elif format_ is Format.csv:
        out(export.to_csv(columns, rows, lang), output, lang)
    else:
        out(export.to_xlsx(found.start.id, columns, rows, lang), needed(output), lang)


def _chain_table(found: Chain, lang: Lang) -> None:
    from queries.catalog import value_title

    console = console_()
    if not found.ways:
        console.print(WORDS["nothing"][lang])
    for number, way in enumerate(found.ways, 1):
        table = Table(WORDS["step"][lang], WORDS["node"][lang], WORDS["link"][lang], WORDS["quote"][lang],
                      title=WORDS["way"][lang].format(n=number), title_justify="left")  # fmt: skip
        for step in way:
            link = value_title("rel_type", step.link.type, lang) if step.link else ""
            quote = str(step.link.properties.get("quote", "")) if step.link else ""
            named = Text(step.caption) if step.node else Text(f"— {WORDS['missing'][lang]} —", style="bold red")
            table.add_row(value_title("stage", step.stage, lang), named, link, Text(quote, overflow="fold"))
        console.print(table)


def _node(store: Store, named: str, kind: str | None) -> tuple[str, str]:
    """The node that people call so: (label, id)."""
    from queries.names import resolve
    from queries.nodes import node

    kinds = ("Document", "Department", "Person", "LeadingGroup", "Task")
    if kind and kind not in kinds:
        raise QueryError(f"--kind must be one of {', '.join(kinds)}.", f"--kind 应为 {'、'.join(kinds)} 之一。")
    if not kind and (found := node(store, named)):
        return found.label, found.id
    trouble: list[UnknownName] = []
    for label in (kind,) if kind else kinds:
        try:
            return label, str(resolve(store, label, named).value)
        except UnknownName as error:
            trouble.append(error)
    raise max(trouble, key=lambda e: len(e.candidates))


def export_(
    what: Annotated[
        GraphFormat, typer.Argument(help="台账、档案或图 / ledger, dossier, graphml, gexf, csv, neo4j-import")
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="文件;csv 和 neo4j-import 为文件夹 / file; a folder for csv, neo4j-import"),
    ],
    department: DepartmentOption = None,
    document: DocumentOption = None,
    region: RegionOption = None,
    year: YearOption = None,
    library: LibraryOption = None,
    store: StoreOption = None,
    lang: LangOption = Lang.zh,
) -> None:
    """导出台账、单位档案或整个图 / Write the ledger, the dossier of a body, or the whole graph."""
    from graph import export as graphs
    from queries.run import MAX_ROWS, run
    from ui import export

    given = {"department": department, "document": document, "region": region, "year": year}
    chosen = {n: v for n, v in given.items() if v is not None}
    with opened(library, store, lang) as asked:
        if what is GraphFormat.ledger:
            answer = run(asked, export.LEDGER, chosen, limit=MAX_ROWS)
            named = "、".join(r.name for r in answer.params.values() if r.how != "any" and r.name)
            title = f"{named} {answer.query.title[lang]}".strip()
            out(export.ledger_xlsx(title, answer.rows, lang), output, lang)
            return
        if what is GraphFormat.dossier:
            if not department:
                raise QueryError("The dossier needs --department.", "单位档案需要 --department。")
            out(export.dossier_html(asked, department, lang).encode(), output, lang)
            return
        if what is GraphFormat.neo4j_import:
            _import_files(asked, output, lang)
            return
        nodes, edges = list(graphs.whole_nodes(asked)), list(graphs.whole_edges(asked))
    if what is GraphFormat.csv:
        output.mkdir(parents=True, exist_ok=True)
        for name, data in graphs.to_csv(nodes, edges).items():
            out(data, output / name, lang)
        return
    network = graphs.to_networkx(nodes, edges)
    out(graphs.to_graphml(network) if what is GraphFormat.graphml else graphs.to_gexf(network), output, lang)


def _import_files(asked: Store, output: Path, lang: Lang) -> None:
    from graph import bulk
    from graph.store.ladybug import LadybugStore

    if not isinstance(asked, LadybugStore):
        raise QueryError("neo4j-import writes a library's graph, without --store.", "neo4j-import 只导出资料库的图。")
    bulk.write(asked, output)
    console_(stderr=True).print(WORDS["import"][lang].format(path=output), soft_wrap=True)


def _pairs(given: Sequence[str] | None) -> dict[str, str]:
    pairs = {}
    for pair in given or ():
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"--param {pair}: write name=value.", f"--param {pair}:应写作 名=值。")
        pairs[name.strip().replace("-", "_")] = value
    return pairs
