"""What a canned query may say: the Cypher that LadybugDB and Neo4j read alike (measured; design §7).

Regular expressions over the statement with strings and comments blanked out, not a parser: the engines parse, in the
tests. The rules here are those whose breach no engine reports (a different answer, silently) or only one of them does.
"""

from __future__ import annotations

import re

from graph.model import NODE, NODES, REL, RELS

ROW_LIMIT = "row_limit"  # given to every statement that asks for it, never declared
_BLANK = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|//[^\n]*|/\*.*?\*/", re.S)
_PARAMETER = re.compile(r"\$(\w+)")
_LABELS = re.compile(r"[(\[]\s*\w*\s*:\s*([A-Za-z_]\w*(?:\s*\|\s*:?\w+)*)")
_RETURN = re.compile(r"\bRETURN\s+(?:DISTINCT\s+)?(.*?)(?=\bORDER\s+BY\b|\bSKIP\b|\bLIMIT\b|\Z)", re.S)
_UNION = re.compile(r"\bUNION(?:\s+ALL)?\b")
_ALIAS = re.compile(r"\bAS\s+([a-z][a-z0-9_]*)\s*\Z")
_PROPERTY = re.compile(r"(?<![\w$.])[a-z]\w*\.(\w+)")
_PROPERTIES = {p for n in NODES for p in n.properties} | {p for r in RELS for p in r.properties}
# words no engine's grammar takes as an alias or a parameter on both sides
_RESERVED = {
    "end", "order", "group", "desc", "table", "column", "macro", "default", "in", "on", "all", "any", "case", "exists",
    "index", "limit", "skip", "type", "label", "start",
}  # fmt: skip

# pattern → why it is not portable
_FORBIDDEN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.I if insensitive else 0), why)
    for pattern, insensitive, why in (
        (r"\b(CREATE|MERGE|SET|DELETE|DETACH|REMOVE|DROP|ALTER|COPY|LOAD|INSTALL|ATTACH|FOREACH|EXPORT|IMPORT)\b",
         False, "{0} is not reading"),
        (r"\bCALL\b", True, "CALL differs between the stores"),
        (r"(?<![.\w])(id|elementId|startNode|endNode|label|shortestPath|allShortestPaths|substring|head|last|tail|"
         r"reduce|split|isEmpty|reverse|toString|toInteger|toFloat|date|datetime|duration|date_part|trim|cast)\s*\(",
         True, "{0}() differs between the stores"),
        (r"\bCOLLECT\s*\{", True, "COLLECT {{ }} is Neo4j's alone"),
        (r"[-<>]\s*\{\s*\d", False, "quantified paths are Neo4j's alone"),
        (r"\bSHORTEST\b|\bTRAIL\b|\bACYCLIC\b", True, "{0} has no common syntax"),
        (r"\[\s*\w+\s+IN\b", True, "list comprehensions are Neo4j's alone"),
        (r"\w\s*\[\s*(-?\d|\$)|\[[^\]*|]*\.\.[^\]]*\]", False, "lists count from 1 in one store, 0 in the other"),
        (r"\)\s*,\s*\(", False, "one pattern per MATCH (relationships may repeat in one store, not in the other)"),
        (r"\(\s*\w*\s*(:\s*\w+)?\s+WHERE\b|\[\s*\w*\s*(:\s*\w+)?\s+WHERE\b", False, "WHERE inside a pattern"),
        (r":\s*\w+\s*[&!]\s*:?\w+|:!\w+", False, "label expressions beyond A|B"),
        (r"\|\s*:\s*\w", False, "write [:A|B], not [:A|:B]"),
        (r"\b[a-z_]\w*\s*[+*/-]\s*(count|sum|min|max|avg)\s*\(", False, "an aggregate inside a sum: {0}"),
        (r"\|\|", False, "join text with +"),
        (r"\$\w+\s+IS\s+(NOT\s+)?NULL", True, "parameters are never null; '' and 0 mean any"),
        (r"\b\w+\s*:\s*`|`", False, "backticks: no name in the model needs them"),
    )
)  # fmt: skip
_STAR = re.compile(r"\[[^\]]*\*([^\]]*)\]")
_STAR_OK = re.compile(r"[01]\.\.([1-9]|10)\Z")
_WITH_ORDER = re.compile(r"\bWITH\b(?:(?!\bRETURN\b|\bMATCH\b|\bWITH\b|\bUNION\b).)*?\bORDER\s+BY\b(?P<rest>.*?)"
                         r"(?=\bRETURN\b|\bMATCH\b|\bWITH\b|\Z)", re.S)  # fmt: skip
_ORDERED_END = re.compile(r"\bORDER\s+BY\b(?:(?!\bRETURN\b).)*\bLIMIT\s+\$row_limit\s*\Z", re.S)
_CUT_INSIDE = re.compile(r"\bWITH\b.*\bORDER\s+BY\b.*\bLIMIT\s+\$row_limit\b.*\bRETURN\b(?!.*\bLIMIT\b)", re.S)
_OPTIONAL = re.compile(r"\bOPTIONAL\s+MATCH\b(?P<pattern>.*?)\bWHERE\b(?P<where>.*?)"
                       r"(?=\b(?:OPTIONAL|MATCH|WITH|RETURN|UNION)\b|\Z)", re.S)  # fmt: skip
_CLAUSE = re.compile(r"\b(MATCH|WITH)\b(.*?)(?=\b(?:OPTIONAL|MATCH|WITH|WHERE|RETURN|ORDER|SKIP|LIMIT)\b|\Z)", re.S)
_NO_CLAUSE = re.compile(r"\bEXISTS\s*\{(?:[^{}]|\{[^{}]*\})*\}|\b(?:STARTS|ENDS)\s+WITH\b")
_LIMITED_END = re.compile(r"\bLIMIT\s+\$row_limit\s*\Z")


def bare(statement: str) -> str:
    """The statement with strings and comments emptied, so that words inside them are not read as code."""
    return _BLANK.sub(lambda m: "''" if m[0][0] in "'\"" else " ", statement)


def parameters(statement: str) -> set[str]:
    """Names of the parameters a statement uses."""
    return set(_PARAMETER.findall(bare(statement)))


def is_union(statement: str) -> bool:
    """Whether the statement joins several; neither store orders such a whole, so it is sorted in Python."""
    return bool(_UNION.search(bare(statement)))


def columns(statement: str) -> tuple[str, ...]:
    """Names of the columns the (first branch of the) statement returns; `?` for a column without an alias."""
    return _columns(_UNION.split(bare(statement))[0])


def _columns(branch: str) -> tuple[str, ...]:
    last = branch.rfind("RETURN")
    returned = _RETURN.match(branch, last) if last >= 0 else None
    if not returned:
        return ()
    names = (_ALIAS.search(item) for item in _items(returned[1]))
    return tuple(m[1] if m else "?" for m in names)


def _twice(branch: str) -> bool:
    """Whether a RETURN DISTINCT holds the same expression under two names: in a UNION, Ladybug 0.22 dies of it."""
    returned = re.search(r"\bRETURN\s+DISTINCT\s+(.*?)(?=\bORDER\s+BY\b|\bLIMIT\b|\Z)", branch, re.S)
    expressions = [_ALIAS.sub("", item).strip() for item in _items(returned[1])] if returned else []
    return len(set(expressions)) < len(expressions)


def _items(text: str) -> list[str]:
    """Split at commas outside brackets."""
    depth, start, items = 0, 0, []
    for at, char in enumerate(text):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            items.append(text[start:at].strip())
            start = at + 1
    return [*items, text[start:].strip()]


def _closed(branch: str) -> list[str]:
    """The patterns that lead from one node that is known to another one: Ladybug 0.22 loses rows of them."""
    known: set[str] = set()
    found = []
    for kind, body in _CLAUSE.findall(_NO_CLAUSE.sub(" ", branch)):
        if kind == "WITH":
            known = {item.split()[-1] for item in _items(body)}
            continue
        nodes = set(re.findall(r"\(\s*([a-z]\w*)", body))
        found += [" ".join(body.split())] if len(nodes & known) > 1 else []
        known |= nodes
    return found


def problems(statement: str, part: str) -> list[str]:
    """What is wrong with a statement, one sentence each. `part` is what it stands under: rows, picture or count."""
    code = bare(statement)
    found = [why.format(m[0].strip().rstrip("(").strip()) for rx, why in _FORBIDDEN for m in rx.finditer(code)]
    found += [f"*{m[1]}: write *0..n or *1..n, n at most 10" for m in _STAR.finditer(code) if not _STAR_OK.match(m[1])]
    found += _names(code)
    branches = _UNION.split(code)
    shapes = [_columns(b) for b in branches]
    found += ["every column needs AS lower_snake"] if any("?" in s or not s for s in shapes) else []
    found += [f"column {c} is a reserved word" for c in shapes[0] if c in _RESERVED]
    found += [f"parameter ${p} is a reserved word" for p in _PARAMETER.findall(code) if p in _RESERVED]
    found += ["a column twice"] if len(set(shapes[0])) < len(shapes[0]) else []
    found += ["branches of UNION return different columns"] if len(set(shapes)) > 1 else []
    found += ["DISTINCT over one expression twice (crashes the embedded engine)" for b in branches if _twice(b)]
    found += [f"{p} joins two nodes that are known: compare ids of one of them" for b in branches for p in _closed(b)]
    found += [
        "WITH … ORDER BY without LIMIT" for m in _WITH_ORDER.finditer(code) if not re.search(r"\bLIMIT\b", m["rest"])
    ]
    # what stands outside is joined by its value on Ladybug, and null joins nothing
    found += [
        f"coalesce({v}…) in the WHERE of an OPTIONAL MATCH that has no {v}: write it into the WITH before"
        for m in _OPTIONAL.finditer(code) for v in re.findall(r"\bcoalesce\((\w+)\.", m["where"])
        if not re.search(rf"[(\[]\s*{v}\b", m["pattern"])
    ]  # fmt: skip
    return found + _ends(branches, part)


def _ends(branches: list[str], part: str) -> list[str]:
    """How a statement must end. In a UNION, ORDER BY and LIMIT bind to one branch, on both stores."""
    if part == "rows" and len(branches) == 1:
        return [] if _ORDERED_END.search(branches[0]) else ["must end with ORDER BY … LIMIT $row_limit"]
    if part == "rows":
        cut = [_CUT_INSIDE.search(b) for b in branches]
        fits = all(cut) or not any(re.search(r"\bLIMIT\b", b) for b in branches)
        return [] if fits else ["each branch of a UNION is cut by WITH … ORDER BY … LIMIT $row_limit, or none is"]
    if part == "picture" and not all(_LIMITED_END.search(b) for b in branches):
        return ["each branch must end with LIMIT $row_limit"]
    return []


def is_cut(statement: str) -> bool:
    """Whether the statement leaves rows out when there are more than the limit."""
    return ROW_LIMIT in parameters(statement)


def is_ordered(statement: str) -> bool:
    """Whether the statement puts its rows in order itself."""
    return not is_union(statement) and bool(_ORDERED_END.search(bare(statement)))


def _names(code: str) -> list[str]:
    """Labels, types and properties that the model does not have (letter case counts on Neo4j only)."""
    found = []
    for group in _LABELS.findall(code):
        found += [f"no label or type {n}" for n in re.split(r"[\s|:]+", group) if n and n not in NODE and n not in REL]
    aliases = set(re.findall(r"\bAS\s+(\w+)", code))
    found += [f"no property {n}" for n in _PROPERTY.findall(code) if n not in _PROPERTIES and n not in aliases]
    return found
