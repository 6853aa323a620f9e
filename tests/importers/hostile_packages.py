"""Hostile tricks that workbooks and documents share: ZIP lies, entities, links, damage."""

from __future__ import annotations

import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.importers.hostile import Hostile, patched, renamed, with_entries, with_size
from tests.importers.packages import PACKAGE, REL, packed

Make = Callable[..., bytes]  # a good package; takes parts= and outside=
MIB = 1 << 20


def in_package(reader: str, suffix: str, make: Make, main: str, canary: Path) -> Iterator[Hostile]:
    """Every trick against one sort of package."""

    def one(trick: str, build: Callable[[], bytes], *, taken: bool = False) -> Hostile:
        return Hostile(f"{suffix}: {trick}", f"{trick[:20]}.{suffix}", build, reader, taken)

    yield from (one(trick, build) for trick, build in _zips(make, main))
    yield from (one(trick, build) for trick, build in _entities(make, main, canary))
    yield from (one(t, build, taken=True) for t, build in _links(make, canary))
    yield from (one(trick, build, taken=True) for trick, build in _damage(make, main))
    yield from (one(trick, build) for trick, build in _shapes(make, main))
    yield from (one(trick, build) for trick, build in _others(make))


def _zips(make: Make, main: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    good = make()
    yield "部件名回到上级", lambda: make(parts={"../../escape.xml": "<a/>"})
    yield "绝对部件名", lambda: make(parts={"/etc/passwd.xml": "<a/>"})
    yield "盘符部件名", lambda: make(parts={"C:/windows/x.xml": "<a/>"})
    yield (
        "反斜线部件名",
        lambda: renamed(make(parts={"word__evil.xml": "<a/>"}), "word__evil", "..\\..\\evil"),
    )
    yield "控制字符部件名", lambda: renamed(make(parts={"evil1.xml": "<a/>"}), "evil1", "ev\x01l1")
    yield "重名部件", lambda: renamed(make(parts={"x" * len(main): "<a/>"}), "x" * len(main), main)
    yield "大小写重名", lambda: make(parts={main.upper(): "<a/>"})
    yield "标为加密", lambda: patched(good, main, 8, b"\x01\x00")
    yield "标为强加密", lambda: patched(good, main, 8, b"\x41\x00")
    for method in (1, 6, 9, 12, 14, 20, 93, 95, 98, 99):
        yield f"压缩方式{method}", lambda m=method: patched(good, main, 10, struct.pack("<H", m))
    for size in (0, 1, 100 * MIB, 0xFFFFFFFE, 0xFFFFFFFF):
        yield f"谎报大小{size}", lambda s=size: with_size(good, main, s)
    yield "谎报压缩大小", lambda: patched(good, main, 20, struct.pack("<L", 0xFFFFFFF0))
    yield "谎报位置", lambda: patched(good, main, 42, struct.pack("<L", 0x00FFFFFF))
    yield "重叠的部件", lambda: _overlapping(good, main)
    yield "谎报校验", lambda: patched(good, main, 16, b"\x00\x00\x00\x00")
    yield "谎报部件数", lambda: with_entries(good, 65_535)
    yield "部件数为零", lambda: with_entries(good, 0)
    yield (
        "分卷",
        lambda: good[: (at := good.rfind(b"PK\x05\x06")) + 4] + b"\x01\x00" + good[at + 6 :],
    )
    yield "前面附数据", lambda: b"#!/bin/sh\n" + good
    yield "前面附压缩头", lambda: b"PK\x03\x04" + good
    yield "后面附数据", lambda: good + b"<script>" * 9
    yield "附另一压缩包", lambda: good + make()
    yield "空压缩包", lambda: b"PK\x05\x06" + bytes(18)
    yield "普通压缩包", lambda: packed({"读我.txt": "hello"})
    yield "五千个部件", lambda: make(parts={f"x/{n}.xml": "<a/>" for n in range(5_000)})
    yield "六万个部件", lambda: make(parts={f"{n}": "" for n in range(60_000)})
    yield "文本炸弹", lambda: make(parts={"x/a.xml": b"<a>" + b" " * (90 * MIB) + b"</a>"})
    yield "二进制炸弹", lambda: make(parts={"x/a.bin": bytes(60 * MIB)})
    yield "多个炸弹", lambda: make(parts={f"x/{n}.bin": bytes(20 * MIB) for n in range(14)})
    yield "缺主部件", lambda: renamed(good, main, main[:-1] + "_")
    yield "中央目录过大", lambda: _long_comments(good)
    yield "分类为64位", lambda: _zip64(good)
    yield "签名后只有目录", lambda: b"PK\x03\x04" + good[good.find(b"PK\x01\x02") :]


def _entities(make: Make, main: str, canary: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    blow = "".join("&a;" for _ in range(5_000))
    long = "x" * 100_000
    for where in (main, "_rels/.rels", "docProps/core.xml"):
        short = where.rpartition("/")[2]
        for trick, text in (
            ("十亿笑", f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><r>&l11;</r>'),
            ("平方膨胀", f'<!DOCTYPE r [<!ENTITY a "{long}">]><r>{blow}</r>'),
            ("外部实体", f'<!DOCTYPE r [<!ENTITY a SYSTEM "{canary.as_uri()}">]><r>&a;</r>'),
            ("外部路径实体", f'<!DOCTYPE r [<!ENTITY a SYSTEM "{canary}">]><r>&a;</r>'),
            ("网络实体", '<!DOCTYPE r [<!ENTITY a SYSTEM "http://127.0.0.1:9/x">]><r>&a;</r>'),
            ("共享实体", '<!DOCTYPE r [<!ENTITY a SYSTEM "\\\\127.0.0.1\\x\\y">]><r>&a;</r>'),
            ("参数实体", f'<!DOCTYPE r [<!ENTITY % a SYSTEM "{canary.as_uri()}"> %a;]><r/>'),
            ("外部类型", f'<!DOCTYPE r SYSTEM "{canary.as_uri()}"><r/>'),
            ("空类型", "<!DOCTYPE r><r/>"),
            ("递归实体", '<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><r>&a;</r>'),
        ):
            yield f"{trick}在{short}", lambda w=where, t=text: make(parts={w: t})
    for encoding in ("rot13", "utf-7", "idna", "gb18030", "ebcdic-cp-us", "hex", "../x"):
        head = f'<?xml version="1.0" encoding="{encoding}"?><r/>'
        yield f"编码{encoding.strip('./')}", lambda t=head: make(parts={main: t})


def _links(make: Make, canary: Path) -> Iterator[tuple[str, Callable[[], bytes]]]:
    targets = {
        "文件链接": canary.as_uri(),
        "路径链接": str(canary),
        "共享链接": "\\\\127.0.0.1\\share\\x.dotm",
        "共享网址": "file://127.0.0.1/share/x",
        "网络链接": "http://127.0.0.1:9/x",
        "脚本链接": "javascript:alert(1)",
        "上级链接": "../../../../../../etc/passwd",
    }
    for trick, target in targets.items():
        for kind in (
            "image",
            "attachedTemplate",
            "externalLink",
            "oleObject",
            "hyperlink",
            "frame",
        ):
            for mode in (' TargetMode="External"', ""):
                link = f'<Relationship Id="x9" Type="{REL}/{kind}" Target="{target}"{mode}/>'
                inside = "" if mode else "内"
                yield f"{trick}{inside}{kind}", lambda x=link: make(outside=x)


def _damage(make: Make, main: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    good = make()
    for tenth in range(1, 10):
        yield f"截到{tenth}成", lambda t=tenth: good[: len(good) * t // 10]
    chance = random.Random(7)
    for number in range(20):
        at, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
        yield f"翻一位{number}", lambda a=at, b=bit: good[:a] + bytes([good[a] ^ b]) + good[a + 1 :]
    yield "全零", lambda: bytes(5_000)
    yield "只有开头", lambda: good[:4]
    yield "没写完的XML", lambda: make(parts={main: "<a><b>"})
    yield "不是XML", lambda: make(parts={main: "hello"})
    yield "空的主部件", lambda: make(parts={main: ""})
    yield "非法字符", lambda: make(parts={main: "<a>\x01</a>"})
    yield "坏的UTF-8", lambda: make(parts={main: b"<a>\xff\xfe\xfa</a>"})
    yield "孤立代理", lambda: make(parts={main: "<a>&#xD800;</a>"})
    yield "别的根", lambda: make(parts={main: '<svg xmlns="http://www.w3.org/2000/svg"/>'})


def _shapes(make: Make, main: str) -> Iterator[tuple[str, Callable[[], bytes]]]:
    yield "嵌套一万层", lambda: make(parts={"x/a.xml": "<a>" * 10_000 + "</a>" * 10_000})
    yield "三百万元素", lambda: make(parts={"x/a.xml": "<r>" + "<a/>" * 3_000_000 + "</r>"})
    yield "超长属性", lambda: make(parts={"x/a.xml": f'<r a="{"x" * 3_000_000}"/>'})
    yield "超长文字", lambda: make(parts={"x/a.xml": f"<r>{'x' * 3_000_000}</r>"})
    yield "超长注释", lambda: make(parts={"x/a.xml": f"<r><!--{'x' * 30 * MIB}--></r>"})
    yield "超长元素名", lambda: make(parts={"x/a.xml": f"<{'x' * 30 * MIB}/>"})
    yield (
        "十万个属性",
        lambda: make(
            parts={"x/a.xml": "<r " + " ".join(f'a{n}=""' for n in range(400_000)) + "/>"}
        ),
    )
    yield "三百万注释", lambda: make(parts={"x/a.xml": "<r>" + "<!---->" * 3_000_000 + "</r>"})
    yield (
        "五十万链接",
        lambda: make(
            parts={
                "x/a.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
                + '<Relationship Id="a" Target="b"/>' * 500_000
                + "</Relationships>"
            }
        ),
    )
    del main


def _others(make: Make) -> Iterator[tuple[str, Callable[[], bytes]]]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    for trick, content in {
        "空文件": b"",
        "一个字节": b"P",
        "数据库改名": b"SQLite format 3\x00" + bytes(4_080),
        "旧格式": ole,
        "加密码的文件": ole + "EncryptedPackage".encode("utf-16-le"),
        "PDF改名": b"%PDF-1.7\n%%EOF",
        "网页改名": b"<html><table><tr><td>1</td></tr></table></html>",
        "CSV改名": "名称,数量\n甲,1\n".encode(),
        "RTF改名": b"{\\rtf1}",
        "程序改名": b"MZ" + bytes(500),
        "图片改名": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "RAR改名": b"Rar!\x1a\x07",
        "乱码": bytes(range(256)) * 10,
    }.items():
        yield trick, lambda c=content: c
    yield (
        "ODF改名",
        lambda: packed(
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"},
            zipfile.ZIP_STORED,
        ),
    )
    yield "方案文件改名", lambda: packed({"mimetype": "application/x-yuance"}, zipfile.ZIP_STORED)
    yield "演示文稿改名", lambda: packed({"[Content_Types].xml": "", "ppt/presentation.xml": ""})
    yield "二进制工作簿", lambda: packed({"[Content_Types].xml": "", "xl/workbook.bin": "x"})
    yield (
        "超过上限",
        lambda: make(parts={"x.bin": random.Random(1).randbytes(1 * MIB)}) + bytes(64 * MIB),
    )


def _overlapping(good: bytes, main: str) -> bytes:
    """Two directory entries that share the bytes of one part."""
    first = good.find(b"PK\x01\x02")
    return patched(good, main, 42, good[first + 42 : first + 46])


def _long_comments(good: bytes) -> bytes:
    """A directory that is much larger than the parts it lists."""
    at = good.rfind(b"PK\x05\x06")
    pad = bytes(3 * MIB)
    start = good.find(b"PK\x01\x02")
    size = at - start + len(pad)
    return good[:at] + pad + good[at : at + 12] + struct.pack("<LLH", size, start, 0)


def _zip64(good: bytes) -> bytes:
    """An end record that sends the reader to a 64-bit one, which lies."""
    at = good.rfind(b"PK\x05\x06")
    start = good.find(b"PK\x01\x02")
    big = struct.pack(
        "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 2**40, 2**40, at - start, start
    )
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = good[at : at + 8] + b"\xff\xff\xff\xff" + struct.pack("<LLH", at - start, 0xFFFFFFFF, 0)
    return good[:at] + big + locator + end
