"""Hostile pictures: bombs, broken and doubled files, metadata with a purpose."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable, Iterator

from PIL import Image

from tests.importers.hostile import Hostile

_Made = Iterator[tuple[str, Callable[[], bytes]]]
_SIGN = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = struct.pack(">L", zlib.crc32(kind + content))
    return struct.pack(">L", len(content)) + kind + content + check


def png(*more: bytes, width: int = 8, height: int = 6) -> bytes:
    """A small good PNG with further chunks before its pixels."""
    head = chunk(b"IHDR", struct.pack(">LL5B", width, height, 8, 2, 0, 0, 0))
    rows = b"".join(b"\0" + bytes(3 * width) for _ in range(height))
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return _SIGN + head + b"".join(more) + pixels + chunk(b"IEND", b"")


def huge_png(width: int, height: int) -> bytes:
    """A PNG that says it is huge, and is not."""
    head = chunk(b"IHDR", struct.pack(">LL5B", width, height, 8, 2, 0, 0, 0))
    return _SIGN + head + chunk(b"IDAT", zlib.compress(bytes(1_000))) + chunk(b"IEND", b"")


def broken_png() -> bytes:
    """A PNG whose pixels are not what they should be."""
    good = png()
    return good[:60] + b"\xff" * 8 + good[68:]


def saved(kind: str, mode: str = "RGB", size: tuple[int, int] = (40, 30), **more: object) -> bytes:
    """A picture as Pillow writes it."""
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode in ("L", "P", "1", "I", "I;16") else None).save(
        out, kind, **more
    )
    return out.getvalue()


def hostile_pictures() -> Iterator[Hostile]:
    """Every hostile picture."""
    for trick, make in _refused():
        yield Hostile(f"图片: {trick}", f"{trick}.png", make, "picture", False)
    for trick, make in (*_damaged(), *_strange()):
        yield Hostile(f"图片: {trick}", f"{trick}.jpg", make, "picture", True)


def _refused() -> _Made:
    for width, height in (
        (60_000, 60_000),
        (2**31 - 1, 1),
        (1, 2**31 - 1),
        (30_000, 30_000),
        (0, 5),
    ):
        yield f"谎称{width}×{height}", lambda w=width, h=height: huge_png(w, h)
    yield "真的很大", lambda: _large_png(20_000, 19_000)
    yield "空", lambda: b""
    yield (
        "SVG",
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
    )
    yield "网页", lambda: b"<html><img src='file:///etc/passwd'>"
    yield "脚本图形", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(/etc/passwd) run\n"
    yield "WMF", lambda: b"\xd7\xcd\xc6\x9a" + bytes(200)
    yield "数据库改名", lambda: b"SQLite format 3\x00" + bytes(4_000)
    yield "压缩包改名", lambda: b"PK\x03\x04" + bytes(100)
    yield "PDF", lambda: b"%PDF-1.7"
    yield "ICO", lambda: b"\x00\x00\x01\x00" + bytes(100)
    yield "PSD", lambda: b"8BPS" + bytes(100)
    yield "只有签名", lambda: _SIGN
    yield "只有JPEG签名", lambda: b"\xff\xd8\xff"
    yield "只有GIF签名", lambda: b"GIF89a"
    yield "GIF大画布", lambda: b"GIF89a\xff\xff\xff\xff\x80\x00\x00" + bytes(6) + b"\x3b"
    yield (
        "BMP谎报大小",
        lambda: (
            b"BM"
            + struct.pack("<LLLLllHHLLllLL", 0, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 0, 0, 0, 0, 0)
        ),
    )
    yield (
        "BMP负宽",
        lambda: (
            b"BM" + struct.pack("<LLLLllHHLLllLL", 0, 0, 54, 40, -50, -50, 1, 24, 0, 0, 0, 0, 0, 0)
        ),
    )
    yield "TIFF谎报大小", lambda: _tiff(60_000, 60_000)
    yield "TIFF自指", lambda: b"II*\x00\x08\x00\x00\x00\x00\x00\x08\x00\x00\x00"
    yield "超过字节上限", lambda: png() + bytes(65 << 20)


def _damaged() -> _Made:
    for kind in ("PNG", "JPEG", "GIF", "BMP", "TIFF"):
        good = saved(kind)
        for part in (3, 6, 9):
            yield f"{kind}截到{part}成", lambda g=good, p=part: g[: len(g) * p // 10]
        chance = random.Random(kind)
        for number in range(5):
            at, bit = chance.randrange(len(good)), 1 << chance.randrange(8)
            yield (
                f"{kind}翻一位{number}",
                lambda g=good, a=at, b=bit: g[:a] + bytes([g[a] ^ b]) + g[a + 1 :],
            )


def _strange() -> _Made:
    bomb = zlib.compress(bytes(100 << 20), 9)
    yield "文字块炸弹", lambda: png(chunk(b"zTXt", b"k\0\0" + bomb))
    yield "国际文字块炸弹", lambda: png(chunk(b"iTXt", b"k\0\1\0\0\0" + bomb))
    yield "色彩配置炸弹", lambda: png(chunk(b"iCCP", b"x\0\0" + bomb))
    yield "色彩配置损坏", lambda: png(chunk(b"iCCP", b"x\0\0" + b"garbage"))
    yield (
        "像素流炸弹",
        lambda: (
            _SIGN
            + chunk(b"IHDR", struct.pack(">LL5B", 8, 6, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", bomb)
            + chunk(b"IEND", b"")
        ),
    )
    yield "一万个文字块", lambda: png(*(chunk(b"tEXt", b"k\0v") for _ in range(10_000)))
    yield "动画PNG", lambda: png(chunk(b"acTL", struct.pack(">LL", 2**31 - 1, 0)))
    yield "动画GIF", lambda: _frames(300)
    yield (
        "多页TIFF",
        lambda: saved("TIFF", save_all=True, append_images=[Image.new("RGB", (9, 9))] * 50),
    )
    yield "四色", lambda: saved("JPEG", "CMYK")
    yield "十六位", lambda: saved("PNG", "I;16")
    yield "十六位TIFF", lambda: saved("TIFF", "I;16")
    yield "浮点TIFF", lambda: saved("TIFF", "F")
    yield "调色板", lambda: saved("PNG", "P")
    yield "一位", lambda: saved("BMP", "1")
    yield "像网页的PNG", lambda: png() + b"<html><script>alert(1)</script>"
    yield "像压缩包的PNG", lambda: png() + b"PK\x05\x06" + bytes(18)
    yield "像PDF的JPEG", lambda: saved("JPEG") + b"%PDF-1.7\n%%EOF"
    yield "JPEG注释", lambda: saved("JPEG", comment="<script>" * 999)
    yield "JPEG巨大EXIF", lambda: _with_exif(b"Exif\0\0" + b"MM\0*" + b"\xff" * 60_000)
    yield (
        "EXIF自指",
        lambda: _with_exif(
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x69\x87\x04\0\x01\0\0\0\x08\0\0\0\0\0\0\0"
        ),
    )
    yield "渐进", lambda: saved("JPEG", progressive=True, size=(900, 900))
    yield "很宽", lambda: saved("PNG", "L", (19_000, 2))
    yield "一像素", lambda: saved("PNG", size=(1, 1))


def _large_png(width: int, height: int) -> bytes:
    packer = zlib.compressobj(1)
    row = b"\0" + bytes(width)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">LL5B", width, height, 8, 0, 0, 0, 0))
    return _SIGN + head + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def _tiff(width: int, height: int) -> bytes:
    entries = (
        (256, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, 8),
        (277, 1),
        (279, 9),
    )
    inner = b"".join(struct.pack("<HHLL", tag, 4, 1, value) for tag, value in entries)
    return b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", len(entries)) + inner + bytes(4)


def _frames(count: int) -> bytes:
    more = [Image.new("P", (40, 30), at % 256) for at in range(count)]
    return saved("GIF", "P", save_all=True, append_images=more)


def _with_exif(exif: bytes) -> bytes:
    good = saved("JPEG")
    return good[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + good[2:]
