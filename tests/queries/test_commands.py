from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from graph.errors import QueryError, UnknownName, ZerenError
from queries.catalog import catalog
from ui.cli import app

runner = CliRunner()


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")  # cells on one line, whatever the terminal


def zeren(library: Path, *arguments: str, code: int = 0) -> str:
    result = runner.invoke(app, [*arguments, "--library", str(library)])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def failing(library: Path, *arguments: str) -> BaseException:
    result = runner.invoke(app, [*arguments, "--library", str(library)])
    assert result.exit_code == 1 and result.exception is not None
    return result.exception


def test_the_list_of_queries() -> None:
    result = runner.invoke(app, ["queries", "--lang", "en"])
    assert all(name in result.output for name in catalog())
    assert "no-lead" not in runner.invoke(app, ["queries", "--group", "targets"]).output


def test_a_query_as_table(library: Path) -> None:
    told = zeren(library, "query", "department-tasks", "--department", "青禾县民政局", "--role", "牵头")
    assert "部门责任清单" in told and "建设综合养老服务中心" in told and "县民政局（岚江省宁溪市青禾县）" in told
    assert "Nothing on record" in zeren(library, "query", "search", "--text", "没有这回事", "--lang", "en")


def test_a_query_as_csv_json_and_xlsx(library: Path, tmp_path: Path) -> None:
    asked = ("query", "document-tasks", "--document", "青政办发〔2024〕12号")
    told = json.loads(zeren(library, *asked, "--format", "json"))
    lines = list(csv.reader(io.StringIO(zeren(library, *asked, "--format", "csv").lstrip("\ufeff"))))
    assert len(lines) == len(told["rows"]) + 1 == told["total"] + 1
    assert all(r["quote"] and r["evidence"] for r in told["rows"])
    file = tmp_path / "x.xlsx"
    zeren(library, *asked, "--format", "xlsx", "-o", str(file))
    assert load_workbook(file).active.max_row == len(told["rows"]) + 2


def test_other_parameters_by_name(library: Path) -> None:
    days = ("-p", "from_day=2025-06-01", "-p", "until-day=2025-06-30")
    told = json.loads(zeren(library, "query", "due", *days, "--format", "json"))
    assert {r["due_on"] for r in told["rows"]} == {"2025-06-30"}


@pytest.mark.parametrize(
    ("arguments", "kind", "said"),
    [
        (("query", "nope"), QueryError, "nope"),
        (("query", "department-tasks", "--department", "民政局"), UnknownName, "宁溪市"),
        (("query", "department-tasks", "--department", "没有这个局"), UnknownName, "没有这个局"),
        (("query", "department-tasks"), QueryError, "单位"),
        (("query", "overview", "--year", "2025"), QueryError, "year"),
        (("query", "overview", "-p", "oops"), QueryError, "名=值"),
        (("query", "overview", "--format", "xlsx"), QueryError, "-o"),
        (("audit", "search"), QueryError, "search"),
        (("chain", "没有这个东西"), UnknownName, "没有这个东西"),
        (("chain", "县民政局", "--kind", "Bureau"), QueryError, "Department"),
        (("export", "dossier", "-o", "/tmp/x.html"), QueryError, "--department"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    library: Path, arguments: tuple[str, ...], kind: type[ZerenError], said: str
) -> None:
    error = failing(library, *arguments)
    assert isinstance(error, kind) and said in error.zh


def test_a_missing_library_says_so(tmp_path: Path) -> None:
    assert isinstance(failing(tmp_path / "none", "query", "overview"), ZerenError)


def test_a_question(library: Path) -> None:
    told = zeren(library, "ask", "县民政局负责哪些任务?")
    assert "理解为：部门责任清单" in told and "建设综合养老服务中心" in told and "还可以问" in told
    told = zeren(library, "ask", "Which tasks depend on the 2025 targets?")
    assert "Understood as: Tasks that depend on a year's targets" in told and "through the document" in told
    assert "县民政局" in zeren(library, "ask", "民政局负责什么", code=UnknownName.exit_code)
    assert "没有能回答" in zeren(library, "ask", "明天会下雨吗", code=QueryError.exit_code)
    answer = runner.invoke(app, ["ask", "谁负责老年助餐", "--format", "json", "--library", str(library)])
    assert json.loads(answer.stdout)["query"] == "task-bodies"


def test_the_audit(library: Path, tmp_path: Path) -> None:
    rows = json.loads(zeren(library, "audit", "--format", "json"))
    assert len(rows) >= 12 and all(r["failing"] <= r["total"] for r in rows)
    zeren(library, "audit", "--fail-on", "any", code=1)
    zeren(library, "audit", "--fail-on", "totals")
    assert "扩大老年助餐覆盖面" in zeren(library, "audit", "past-due", "--day", "2030-01-01")
    assert "有问题" in zeren(library, "audit", "no-lead", "--region", "青禾县")
    assert "no-lead" in zeren(library, "audit", "--format", "csv")
    zeren(library, "audit", "--format", "xlsx", "-o", str(tmp_path / "a.xlsx"))


def test_a_chain(library: Path) -> None:
    told = zeren(library, "chain", "青政办发〔2024〕12号", "--limit", "5")
    assert "国务院" in told and "— 缺 —" in told and "责任人" in told
    rows = json.loads(zeren(library, "chain", "建设综合养老服务中心", "--format", "json"))
    assert {r["stage"] for r in rows} >= {"national", "district", "task", "body", "person"}
    assert all(r["quote"] for r in rows if r["rel_type"])
    only = json.loads(zeren(library, "chain", "岚政发〔2022〕6号", "--through", "县民政局", "--format", "json"))
    assert {r["node"] for r in only if r["stage"] == "body"} == {"县民政局"}


def test_what_can_be_taken_away(library: Path, tmp_path: Path) -> None:
    zeren(library, "export", "ledger", "-o", str(tmp_path / "l.xlsx"), "--department", "县民政局")
    sheet = load_workbook(tmp_path / "l.xlsx").active
    assert "县民政局" in sheet["A1"].value and sheet["A2"].value == "序号"
    for what, name in (("dossier", "d.html"), ("graphml", "g.graphml"), ("gexf", "g.gexf")):
        zeren(library, "export", what, "-o", str(tmp_path / name), "--department", "县民政局")
        assert (tmp_path / name).stat().st_size > 1000
    zeren(library, "export", "csv", "-o", str(tmp_path / "tables"))
    assert {f.name for f in (tmp_path / "tables").iterdir()} == {"nodes.csv", "edges.csv"}


def test_a_refused_role_names_the_words_people_type(library: Path) -> None:
    refused = failing(library, "query", "department-tasks", "--department", "青禾县民政局", "--role", "旁观")
    assert isinstance(refused, QueryError)
    assert all(w in refused.zh for w in ("牵头", "责任", "配合")) and "leads" in refused.message
    assert "LEADS" not in refused.zh + refused.message
    for word in ("lead", "leads", "responsible", "assist", "牵头"):
        zeren(library, "query", "department-tasks", "--department", "青禾县民政局", "--role", word)


def test_a_comparison_is_told_in_words(library: Path) -> None:
    told = zeren(library, "query", "compare-years", "-p", "year=2024", "-p", "other_year=2025", "--format", "csv")
    assert ">=" not in told


def test_a_pipe_as_wide_as_columns_says(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    assert max(len(line) for line in zeren(library, "query", "departments", "--limit", "3").splitlines()) <= 60


def test_a_picture_from_the_command_line(library: Path, tmp_path: Path) -> None:
    for number, command in enumerate((
        ["query", "department-tasks", "--department", "青禾县民政局"],
        ["chain", "青政办函〔2025〕5号"],
        ["ask", "县民政局负责哪些任务"],
    )):  # fmt: skip
        file = tmp_path / f"{number}.svg"
        zeren(library, *command, "--format", "svg", "-o", str(file))
        assert file.read_text("utf-8").startswith("<svg") and "县民政局" in file.read_text("utf-8")
    assert isinstance(failing(library, "audit", "--format", "svg"), QueryError)
