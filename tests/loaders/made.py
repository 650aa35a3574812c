"""Documents made by hand: a sheet of text that notes where each fact stands while it is being written."""

# ruff: noqa: E501  (one fact a line)

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

from rapidfuzz import fuzz

from graph.library import Library, SourceHead, write_facts, write_file
from graph.model import NODES, RELS
from graph.store import Store
from loaders import facts, facts_json
from loaders.facts import (
    Answer,
    Appointment,
    Assignment,
    Citation,
    Deadline,
    Goal,
    Group,
    Member,
    MemberUnit,
    Mention,
    Phase,
    Post,
    Quantity,
    Task,
)
from loaders.names import head_of

COUNTY, CITY = "岚江省宁溪市青禾县", "岚江省宁溪市"


class Sheet:
    """One source text under construction. `at(words)` finds the last place of `words` and gives a fact's span."""

    def __init__(self, name: str = "样稿.txt") -> None:
        self.name = name
        self.text = ""

    def write(self, line: str) -> dict[str, Any]:
        start = len(self.text)
        self.text += line + "\n"
        return {"start": start, "end": start + len(line), "quote": line, "rule": "test"}

    def at(self, words: str, rule: str = "test") -> dict[str, Any]:
        start = self.text.rindex(words)
        return {"start": start, "end": start + len(words), "quote": words, "rule": rule}

    @property
    def id(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]


def assignment(sheet: Sheet, statement: str, unit: str, role: facts.Role = "lead", collective: bool = False) -> Assignment:
    where = sheet.at(statement, f"label:{role}")
    name = where["start"] + statement.index(unit)
    return Assignment(unit=unit, role=role, collective=collective, name_start=name, name_end=name + len(unit), **where)


def notice(sheet: Sheet, slip: str = "") -> facts.Document:
    """A county's notice with every kind of fact. `slip` goes into one task, as a misprint in another copy would."""
    title = "青禾县人民政府关于印发青禾县养老服务提升方案的通知"
    head = sheet.write(title)
    sheet.write("青政发〔2023〕5号")
    sheet.write("根据《岚江省养老服务发展规划》(岚政发〔2021〕9号),制定本方案。")
    cited = sheet.at("《岚江省养老服务发展规划》")
    goal = sheet.write("到2025年,养老机构护理型床位占比达到60%以上。")
    section = sheet.write("一、重点任务")["quote"]
    one = sheet.write(f"1.建设养老中心{slip}。2025年6月底前建成养老中心12家。(牵头单位:县民政局;配合单位:县财政局、各镇)")
    first = Task(
        number="1", title="建设养老中心", section=section, path="一/1", text="建设养老中心。2025年6月底前建成养老中心12家。",
        assignments=[
            assignment(sheet, "牵头单位:县民政局", "县民政局"),
            assignment(sheet, "配合单位:县财政局、各镇", "县财政局", "assist"),
            assignment(sheet, "配合单位:县财政局、各镇", "各镇", "assist", True),
        ],
        deadlines=[Deadline(text="2025年6月底前", year=2025, period="2025-06", **sheet.at("2025年6月底前"))],
        quantities=[Quantity(text="建成养老中心12家", value=12, unit="家", **sheet.at("建成养老中心12家"))], **one,
    )
    two = sheet.write("2.落实补贴。按照《岚江省养老服务发展规划》发放补贴。(责任单位:县财政局,责任人:辛禾)")
    second = Task(
        number="2", title="落实补贴", section=section, path="一/2", text="落实补贴。",
        assignments=[assignment(sheet, "责任单位:县财政局", "县财政局", "responsible")],
        answers=[Answer(name="辛禾", **sheet.at("责任人:辛禾"))], **two,
    )
    again = Mention(basis="按照", **sheet.at("《岚江省养老服务发展规划》"))
    set_up = sheet.write("二、成立青禾县养老服务工作领导小组")
    leader = sheet.write("组长:辛禾 县民政局局长")
    unit = sheet.write("成员单位:县财政局")
    office = sheet.write("领导小组办公室设在县民政局。")
    group = Group(
        name="青禾县养老服务工作领导小组", office_in="县民政局", office=Mention(**office),
        members=[Member(name="辛禾", role="组长", posts=[Post(title="县民政局局长", body="县民政局")], **leader)],
        member_units=[MemberUnit(unit="县财政局", **unit)], **set_up,
    )
    phase = sheet.write("三、启动阶段(2023年9月1日至9月30日)")
    end = sheet.write("青禾县人民政府 2023年8月16日")
    return facts.Document(
        start=head["start"], end=end["end"], quote=title, rule="document", source=sheet.name, title=title,
        doc_number="青政发〔2023〕5号", issuer="青禾县人民政府", issued_on="2023-08-16", region=COUNTY, level="district",
        kind="通知", tasks=[first, second], groups=[group],
        citations=[Citation(
            title="岚江省养老服务发展规划", doc_number="岚政发〔2021〕9号", level="provincial", basis="根据",
            mentions=[Mention(basis="根据", **cited), again], **cited,
        )],
        phases=[Phase(name="启动阶段", when="2023年9月1日至9月30日", starts_on="2023-09-01", ends_on="2023-09-30", **phase)],
        goals=[Goal(
            year=2025, text=goal["quote"],
            quantities=[Quantity(text="护理型床位占比达到60%以上", value=60, unit="%", comparator=">=", **sheet.at("护理型床位占比达到60%以上"))],
            **goal,
        )],
    )


def plan(sheet: Sheet) -> facts.Document:
    """The provincial plan that the notice cites."""
    title = "岚江省养老服务发展规划"
    head = sheet.write(title)
    sheet.write("岚政发〔2021〕9号")
    end = sheet.write("岚江省人民政府 2021年3月2日")
    return facts.Document(
        start=head["start"], end=end["end"], quote=title, rule="document", source=sheet.name, title=title,
        doc_number="岚政发〔2021〕9号", issuer="岚江省人民政府", issued_on="2021-03-02", region="岚江省", level="provincial",
        kind="规划",
    )


def appointments(sheet: Sheet) -> facts.Document:
    """A notice that puts the same man into his post and takes another one out."""
    title = "青禾县人民政府关于辛禾等同志任免职的通知"
    head = sheet.write(title)
    sheet.write("青政任〔2022〕3号")
    into = sheet.write("任命辛禾为县民政局局长;")
    out = sheet.write("免去沈岚的县民政局局长职务。")
    return facts.Document(
        start=head["start"], end=out["end"], quote=title, rule="document", source=sheet.name, title=title,
        doc_number="青政任〔2022〕3号", issuer="青禾县人民政府", issued_on="2022-02-11", region=COUNTY, level="district",
        kind="通知",
        appointments=[
            Appointment(person="辛禾", post="县民政局局长", body="县民政局", action="appointed", **into),
            Appointment(person="沈岚", post="县民政局局长", body="县民政局", action="removed", **out),
        ],
    )


def head(sheet: Sheet, documents: list[facts.Document], loaded_at: str = "2024-01-01T00:00:00Z") -> SourceHead:
    return SourceHead(
        id=sheet.id, name=sheet.name, paths=[sheet.name], media_type="text/plain", bytes=len(sheet.text.encode()),
        loaded_at=loaded_at, extractor="test", tasks=sum(len(d.tasks) for d in documents),
        documents=[head_of(d) for d in documents],
    )


def put(library: Library, sheet: Sheet, documents: list[facts.Document]) -> str:
    """Put a source straight into the library, without reading."""
    folder = library.path / "sources" / sheet.id
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "original.txt").write_bytes(sheet.text.encode())
    write_file(folder / "raw.txt", sheet.text)
    plain = [facts_json.to_json(d) for d in documents]
    write_facts(library.path / "facts" / f"{sheet.id}.json", head(sheet, documents), plain)
    return sheet.id


def rows(store: Store, cypher: str, **params: object) -> list[tuple[Any, ...]]:
    return [tuple(r.values()) for r in store.run(cypher, params)]


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def evidence_holds(library: Library, store: Store) -> int:
    """Every quote stands where its evidence says; returns how many were looked at. What another copy says in other
    words is near it, at the place given."""
    texts = {i: library.raw(i) for i in library.ids()}
    said = []
    for rel in RELS:
        if "evidence" in rel.properties:
            for start, end in rel.pairs:
                said += rows(store, f"MATCH (a:{start})-[r:{rel.name}]->(b:{end}) "
                                    "RETURN r.quote AS quote, r.evidence AS evidence, r.rule AS rule")
    for node in NODES:
        if "evidence" in node.properties:
            said += rows(store, f"MATCH (n:{node.label}) RETURN n.quote AS quote, n.evidence AS evidence, n.rule AS rule")
    for quote, evidence, rule in said:
        assert quote and evidence and rule
        sources = [e.split(":")[0] for e in evidence]
        assert len(set(sources)) == len(sources), "one evidence per source"
        for n, one in enumerate(evidence):
            source, start, end = one.split(":")
            here, there = letters(quote), letters(texts[source][int(start) : int(end)])
            rest = iter(there)
            # a document's own span is the whole of it, its quote the title
            whole = rule == "document" or (here[0], here[-1]) == (there[0], there[-1])
            stands = whole and all(sign in rest for sign in here)
            assert stands or (n and fuzz.ratio(here, there) > 80), (quote, one)
    return len(said)
