"""A picture as one HTML file that needs nothing else: no server, no network, no markup from documents."""

from __future__ import annotations

import html
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.components.graphview import payload

if TYPE_CHECKING:
    from pyvis.network import Network

VIS = Path(__file__).parent / "static" / "vis-network-9.1.2.min.js"
CSP = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{csp}"><title>{title}</title>
<style>body{{margin:0;font-family:"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif;
color:#23272c}}h1{{font-size:18px;margin:14px 20px 4px}}p{{margin:0 20px 8px;color:#5d6066;font-size:13px}}
#g{{height:calc(100vh - 90px)}}.vis-tooltip{{position:absolute;visibility:hidden;max-width:360px;padding:6px 9px;
font-size:13px;background:#fff;border:1px solid #d3d0c8;white-space:pre-wrap;pointer-events:none}}</style>
<script>{vis}</script></head><body><h1>{title}</h1><p>{note}</p><div id="g"></div>
<script id="d" type="application/json">{data}</script>
<script>const d=JSON.parse(document.getElementById("d").textContent);
const network=new vis.Network(document.getElementById("g"),
{{nodes:new vis.DataSet(d.nodes),edges:new vis.DataSet(d.edges)}},d.options);
network.once("stabilizationIterationsDone",()=>network.setOptions({{physics:false}}));</script></body></html>"""


@cache
def _vis() -> str:
    return VIS.read_text("utf-8").replace("</script", "<\\/script")


def page(net: Network, title: str, note: str) -> str:
    """The file's text. Document text stands in JSON with `<` written out, so it can never end the script."""
    data = json.dumps(payload(net), ensure_ascii=False).replace("<", "\\u003c")
    return PAGE.format(csp=CSP, title=html.escape(title), note=html.escape(note), data=data, vis=_vis())
