"""How fast names of bodies are settled. Prints a table; run with `python benchmarks/names.py`."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from graph.identity import Identity
from graph.vocabulary import vocabulary

COUNTIES = 400
REPEATS = 10  # a name stands in a library several times; ten is little


def main() -> None:
    """Names of 400 invented counties, each ten times, handed in and settled."""
    pick = random.Random(1)
    words = sorted(vocabulary().names)
    said: list[tuple[str, str]] = []
    for number in range(COUNTIES):
        name = chr(0x4E00 + 37 * number) + chr(0x5200 + 11 * number)
        home = f"岚江省宁溪市{name}县"
        said += [(f"县{word}", home) for word in pick.sample(words, 60)]
        said += [
            (other, home)
            for other in (f"{name}公安分局", f"市生态环境局{name}分局", "各镇、街道", "市民政局", "县创城办")
        ]
    identity = Identity()
    start = time.perf_counter()
    for _ in range(REPEATS):
        for surface, home in said:
            identity.department(surface, region=home, level="district", year=2023)
    handed = time.perf_counter()
    identity.finish()
    settled = time.perf_counter()
    total = REPEATS * len(said)
    print(f"{'step':<28}{'names':>10}{'seconds':>10}{'names/s':>12}")
    for step, count, seconds in (
        ("handed in", total, handed - start),
        ("settled (distinct)", len(said), settled - handed),
        ("together", total, settled - start),
    ):
        print(f"{step:<28}{count:>10,}{seconds:>10.2f}{count / seconds:>12,.0f}")


if __name__ == "__main__":
    main()
