"""Texts that other programs take for markup, formulas, links, commands or orders to turn around.

`PICTURE` and `NOTES` stand for two real files; whoever opens one of them is found out.
"""

from __future__ import annotations

import re

PICTURE, NOTES = "{picture}", "{notes}"

TEXTS = {
    "ampersand": "研发R&D投入&产出",
    "comparison": "增速<5%且>3%",
    "bold": "<b>重点</b>项目",
    "open tag": "<b>重点项目",
    "break": "一<br/>二",
    "paragraph": "</para><para>三",
    "picture": f'<img src="{PICTURE}">',
    "picture by address": f'<img src="file://{PICTURE}">',
    "picture of another machine": '<img src="\\\\127.0.0.1\\s\\a.png">',
    "picture from the network": '<img src="http://127.0.0.1:9/a.png">',
    "picture in the text": '<img src="data:image/png;base64,iVBORw0KGgo=">',
    "text as a picture": f'<img src="{NOTES}"/>',
    "colour": '<font color="red">红</font>',
    "colour that calls": '<font color="[getattr(pow,chr(95))]">x</font>',
    "unknown font": '<font face="NoSuchFont" size="999">大</font>',
    "link to a file": f'<a href="file://{NOTES}">点此</a>',
    "link that runs": '<a href="javascript:alert(1)">点此</a>',
    "script": "<script>alert(1)</script>",
    "counter": '<seq id="x"/><onDraw name="x"/>',
    "entities": "&lt;b&gt; &amp;nbsp; &#0; &#x1F600; &no;",
    "end of data": "]]>&amp;<![CDATA[x]]>",
    "prolog": '<?xml version="1.0"?><!DOCTYPE x>',
    "comment": "<!-- 注释 --><!--",
    "nested": "<b>" * 20,
    "sum": "=1+1",
    "function": "@SUM(A1:A9)",
    "plus": "+8.5%",
    "minus": "-12.5",
    "hyperlink": '=HYPERLINK("http://127.0.0.1/","点")',
    "command": "=cmd|'/C calc'!A0",
    "array": "{=1+1}",
    "apostrophe": "'=1",
    "scientific": "1e5",
    "leading zeros": "00123",
    "escaped letter": "_x0041_与_x000D_",
    "address": "http://127.0.0.1/x 与 https://a.b",
    "file address": "file://127.0.0.1/s/x",
    "unc": "\\\\127.0.0.1\\share\\x",
    "windows path": "C:\\Windows\\win.ini",
    "field code": "{ INCLUDEPICTURE x } { HYPERLINK y }",
    "percent s": "%s %d %(name)s %n",
    "braces": "{0} {name} {{x}} ${PATH}",
    "open mark": "{{未完",
    "reference mark": "{{@works/list}}",
    "figure mark": "{{outcomes/output|万元}}",
    "footnote mark": "^[脚注] [^1]",
    "backslash n": "一\\n二\\t三",
    "markdown": "**粗** _斜_ `码` [点](x) ![图](y)",
    "quotes": "“弯”\"直\"‘单’'撇'«书»",
    "full width": "ＡＢＣ１２３，％＆＜＞＝＋－＠",
    "two shortcuts": "&F文件&&X",
    "title mark": "方案[*]修改",
    "tab": "左\t右",
    "lines": "第一行\n第二行\r\n第三行\u2028第四行",
    "controls": "空\x00字\x08符\x1b界\x7f限",
    "half a character": "孤\ud800立\udfff",
    "no characters": "非\ufffe字\uffff符",
    "right to left": "报表\u202efdp.exe\u202c",
    "direction marks": "左\u200e右\u200f\u2067中\u2069",
    "byte order mark": "\ufeff起始",
    "zero width": "零\u200b宽\u2060度\u00ad连",
    "emoji": "园区🏭规划👨\u200d👩\u200d👧",
    "beyond the plane": "𬇙水𠮷野𫄧",
    "combining": "e\u0301 o\u0308 가",
    "arabic": "شركة الحديد 2025",
    "long word": "Poly" * 15,
    "sql": "'; DROP TABLE value; --",
    "pdf": ") Tj (x) /URI (y) endobj",
    "pages": "&P &N &[Page]",
    "rtf": "{\\rtf1 x}",
    "blanks": "a  b   c",
    "dots": "../../etc/passwd",
}
# What typing leaves out, and nothing else: what no document can hold, and what turns text around.
DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufe0f]")  # has no ink: PDF leaves it out


def filled(text: str, picture: str, notes: str) -> str:
    """A text that names the two files."""
    return text.replace(PICTURE, picture).replace(NOTES, notes)


def in_one_line(text: str) -> str:
    """What stands in a field of one line after this was typed."""
    lines = re.sub("\r\n|[\r\n\u2028\u2029\t]", " ", text)
    return DROPPED.sub("", lines).strip()
