"""Time to make the graph of invented facts: `python benchmarks/build.py [documents …]`; prints a table.

Facts are made straight into a library (nothing is extracted), 20 tasks a document with 60 responsibilities and
20 targets; what is timed is what every load ends with: names settled, rows written, the graph built and checked.
"""

from __future__ import annotations

import random
import resource
import shutil
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from graph.library import Library, SourceHead, write_facts  # noqa: E402
from loaders import facts, facts_json  # noqa: E402
from loaders.load import rebuild  # noqa: E402
from loaders.names import head_of  # noqa: E402

TASKS = 20
COUNTIES = 200
BODIES = """民政局 财政局 发展和改革局 教育局 公安局 司法局 自然资源局 住房和城乡建设局 交通运输局 水利局 农业农村局
商务局 文化和旅游局 卫生健康局 应急管理局 审计局 市场监督管理局 统计局 医疗保障局 生态环境局""".split()  # noqa: SIM905
SIGNS = "山河云林泉松石江海川岭原田谷溪洲湖峰岩竹"
SUBJECTS = "养老服务 托育服务 农村道路 水质改善 企业技改 文化惠民 食品安全 防汛备汛 数据共享 绿化提升".split()  # noqa: SIM905


def document(n: int, chance: random.Random) -> facts.Document:
    """One county's invented notice."""
    place = n % COUNTIES
    county = f"{SIGNS[place % 20]}{SIGNS[place // 20]}县"
    region, year = f"岚江省{SIGNS[place % 17]}宁市{county}", 2015 + n % 11
    number = f"{county[:2]}政发〔{year}〕{n}号"
    at = 0

    def where(quote: str, rule: str = "generated") -> dict[str, Any]:
        nonlocal at
        at += len(quote) + 1
        return {"start": at - len(quote) - 1, "end": at - 1, "quote": quote, "rule": rule}

    def said(unit: str, role: facts.Role) -> facts.Assignment:
        return facts.Assignment(unit=unit, role=role, name_start=0, name_end=2, **where(f"责任单位:{unit}"))

    tasks = []
    for t in range(TASKS):
        subject, due = chance.choice(SUBJECTS), year + t % 4
        text = f"{t + 1}.推进{subject}。" + "完善机制、压实责任、加强督查,确保任务落地见效。" * 4
        units = [f"县{b}" for b in chance.sample(BODIES, 3)]
        quantity = f"新增{subject}项目{t + 2}个"
        tasks.append(facts.Task(
            number=str(t + 1), title=f"推进{subject}", section="一、重点任务", path=f"一/{t + 1}", text=text,
            assignments=[said(u, r) for u, r in zip(units, ("lead", "responsible", "assist"), strict=True)],
            deadlines=[facts.Deadline(text=f"{due}年底前", year=due, period=str(due), **where(f"{due}年底前"))],
            quantities=[facts.Quantity(text=quantity, value=t + 2, unit="个", year=due, **where(quantity))],
            **where(text),
        ))
    title = f"{county}人民政府关于印发{county}{n}号重点工作任务的通知"
    cited = [chance.randrange(max(n, 1)) for _ in range(3)]
    return facts.Document(
        source=f"{n}.txt", title=title, doc_number=number, issuer=f"{county}人民政府", issued_on=f"{year}-03-05",
        region=region, level="district", kind="通知", tasks=tasks,
        citations=[
            facts.Citation(title=f"岚江省第{c % 400}号发展规划", doc_number=f"岚政发〔{2010 + c % 9}〕{c % 400}号",
                           level="provincial", basis="根据", **where(f"根据第{c}号"))
            for c in cited
        ], **where(title),
    )


def fill(library: Library, documents: int) -> None:
    """Put that many sources into the library."""
    chance = random.Random(7)
    for n in range(documents):
        source, made = f"{n:016x}", document(n, chance)
        head = SourceHead(
            id=source, name=f"{n}.txt", paths=[f"{n}.txt"], media_type="text/plain", bytes=1, loaded_at="",
            extractor="", tasks=TASKS, documents=[head_of(made)],
        )
        write_facts(library.path / "facts" / f"{source}.json", head, [facts_json.to_json(made)])


def _processor() -> float:
    """Processor seconds of this process and its children so far."""
    spans = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(s.ru_utime + s.ru_stime for s in spans)


def main(sizes: list[int]) -> None:
    """Print, for each size, seconds by stage, processor seconds, peak memory (this process, the child), file size."""
    print(f"{'documents':>9} {'tasks':>8} {'duties':>8} {'heads s':>8} {'rows s':>8} {'graph s':>8} {'total s':>8} "
          f"{'cpu s':>7} {'RSS MB':>7} {'child MB':>8} {'file MB':>7}")
    for size in sizes:
        folder = Path(tempfile.mkdtemp(prefix="zeren-bench-"))
        try:
            library = Library.create(folder / "library")
            fill(library, size)
            marks, worked = [time.perf_counter()], _processor()

            def told(stage: str, done: int, total: int, _: str, marks: list[float] = marks) -> None:
                if (stage == "rows" and done == total) or stage == "graph":
                    marks.append(time.perf_counter())

            summary = rebuild(library, progress=told)
            built, file = summary.built, library.graph_file
            assert built and file
            peaks = [resource.getrusage(who).ru_maxrss / 1024
                     for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
            spans = [b - a for a, b in pairwise(marks)]
            print(f"{built.documents:>9} {built.tasks:>8} {built.assignments:>8} "
                  + " ".join(f"{s:>8.2f}" for s in (*spans, marks[-1] - marks[0]))
                  + f" {_processor() - worked:>7.1f} {peaks[0]:>7.0f} {peaks[1]:>8.0f}"
                  + f" {file.stat().st_size / 2**20:>7.0f}", flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [500, 20_000])
