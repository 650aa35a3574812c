"""What a document says: one flat dataclass per kind of fact.

Every fact says where it was read: `start` and `end` (half-open, code points), the `quote` that stands there and the
`rule` that read it. While a document is being read the offsets count in its clean text; `to_raw` turns them into
offsets of the source as it was read from disk, and only such facts leave the package. Names are surface strings, as
written but without white space; who is meant is decided later (`graph.identity`).

The JSON form (`to_json`, `from_json`) is the annotation schema of the project's gold files with spans added.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal["lead", "responsible", "assist"]
Level = Literal["national", "provincial", "municipal", "district", "township"]

LEVELS: tuple[Level, ...] = ("national", "provincial", "municipal", "district", "township")


@dataclass(slots=True, kw_only=True)
class Fact:
    """Where something was read and by which rule."""

    start: int
    end: int
    quote: str
    rule: str


@dataclass(slots=True, kw_only=True)
class Assignment(Fact):
    """One body in one role for one task. The span is the statement; `name_start`/`name_end` is the body's name."""

    unit: str
    role: Role
    collective: bool = False  # 各镇、街道; 有关部门: a class of bodies, not one
    name_start: int
    name_end: int


@dataclass(slots=True, kw_only=True)
class Answer(Fact):
    """A person who answers for a task (责任领导, 责任人, 分管领导)."""

    name: str
    post: str | None = None


@dataclass(slots=True, kw_only=True)
class Deadline(Fact):
    """When something is due. `period` is `2025`, `2025-Q2`, `2025-06`, `2024..2026`, or None when it only recurs."""

    text: str
    year: int | None = None
    period: str | None = None
    starts_on: str | None = None  # ISO date
    ends_on: str | None = None  # ISO date, the last day that is in time
    recurring: str | None = None  # 每季度, 每年6月底前


@dataclass(slots=True, kw_only=True)
class Quantity(Fact):
    """A number to reach. `value` is in `unit` as written (2.6, 万株)."""

    text: str
    value: float
    unit: str
    comparator: Literal[">=", "<=", "=", "~", "range"] = "="
    value_max: float | None = None
    year: int | None = None
    indicator: str | None = None  # what is measured: 绿色建筑占比


@dataclass(slots=True, kw_only=True)
class Citation(Fact):
    """Another work named by the document. The span is its first mention; `mentions` are all of them."""

    title: str
    doc_number: str | None = None
    level: Level | None = None
    basis: str | None = None  # 贯彻, 根据, 按照, 落实 …: the verb of reliance
    short_name: str | None = None  # 以下简称《纲要》
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Mention(Fact):
    """One place where a work is named."""

    basis: str | None = None


@dataclass(slots=True, kw_only=True)
class Task(Fact):
    """A numbered unit of work. The span is the whole item, statement of responsibility included."""

    number: str | None = None
    title: str | None = None
    section: str | None = None  # nearest enclosing heading line
    path: str = ""  # numbers from the document down, unique within it: 二/(一)/3
    kind: Literal["task", "duty", "indicator"] = "task"
    text: str = ""  # the item as it reads, without its statement of responsibility
    assignments: list[Assignment] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Post:
    """A post as written, and the body it is in when its name can be told."""

    title: str
    body: str | None = None


@dataclass(slots=True, kw_only=True)
class Member(Fact):
    """One person in a group."""

    name: str
    role: str  # 组长, 副组长, 成员, 召集人 …
    posts: list[Post] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class MemberUnit(Fact):
    """One body in a group."""

    unit: str
    role: str = "成员单位"
    collective: bool = False


@dataclass(slots=True, kw_only=True)
class Group(Fact):
    """领导小组, 联席会议, 专班 … with its members. The span is the place that sets it up."""

    name: str
    kind: str = "领导小组"
    office_in: str | None = None
    office_head: str | None = None
    office: Mention | None = None  # the sentence that places the office
    members: list[Member] = field(default_factory=list)
    member_units: list[MemberUnit] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Appointment(Fact):
    """A person put into or removed from a post."""

    person: str
    post: str
    body: str | None = None
    action: Literal["appointed", "removed"]


@dataclass(slots=True, kw_only=True)
class Division(Fact):
    """Division of work among leaders: what one of them is in charge of."""

    person: str
    post: str | None = None
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Phase(Fact):
    """A step of carrying out (实施步骤). `when` as written."""

    name: str
    when: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None


@dataclass(slots=True, kw_only=True)
class Goal(Fact):
    """A dated goal of the document as a whole, one per dated clause."""

    year: int
    text: str
    quantities: list[Quantity] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Warning_(Fact):  # noqa: N801  (Warning is a built-in)
    """Something that looks like a fact but could not be read; never passed over in silence."""

    kind: str  # unread-statement, suspect-name, broken-table, …
    text: str = ""


@dataclass(slots=True, kw_only=True)
class Document(Fact):
    """One published document. The span is its place in the source."""

    source: str  # file name
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    issued_by: list[Mention] = field(default_factory=list)  # where each of the issuers is named
    issued_on: str | None = None
    region: str | None = None
    level: Level | None = None
    kind: str | None = None  # 通知, 意见, 方案, 规划, 公报 …
    citations: list[Citation] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    divisions: list[Division] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    warnings: list[Warning_] = field(default_factory=list)
