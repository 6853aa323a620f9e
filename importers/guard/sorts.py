"""What a file really is, told from its bytes, never from its name."""

from __future__ import annotations

from pathlib import PurePath

from importers.errors import Refused, shown_name
from importers.guard.limits import LIMITS

XLSX, DOCX = "xlsx", "docx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD = {
    XLSX: (".xls", ".et", ".xlt", ".ett"),
    DOCX: (".doc", ".wps", ".dot", ".wpt"),
}
_WORDS = {XLSX: "Excel 工作簿（.xlsx）", DOCX: "Word 文档（.docx）"}
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OTHERS = (
    (b"SQLite format 3\x00", "它是一个数据库文件"),
    (b"%PDF-", "它是 PDF 文件"),
    (b"{\\rtf", "它是 RTF 文件"),
    (b"Rar!", "它是 RAR 压缩包"),
    (b"7z\xbc\xaf", "它是 7z 压缩包"),
    (b"\x1f\x8b", "它是 GZIP 压缩包"),
    (b"MZ", "它是一个程序"),
    (b"\x7fELF", "它是一个程序"),
)


def check_sort(content: bytes, name: str, wanted: str) -> None:
    """Let a ZIP pass that may be a package of the wanted sort; else `Refused` says what it is."""
    if not content:
        raise Refused("文件是空的", "请检查文件是否复制完整，或请对方重新发送。")
    if len(content) > LIMITS.file_bytes:
        raise too_large(len(content))
    if content.startswith(b"PK\x03\x04"):
        return
    remedy = f"请选择 {_WORDS[wanted]}，或在 WPS、Office 中打开后另存为 .{wanted}。"
    if content.startswith(_OLE):
        raise _of_old_binary(content, name, wanted)
    for first, words in _OTHERS:
        if content.startswith(first):
            raise Refused(f"{words}，不是 {_WORDS[wanted]}", remedy)
    if content.startswith(_PICTURES):
        raise Refused(f"它是一张图片，不是 {_WORDS[wanted]}", remedy)
    raise Refused(f"{_of_text(content, name)}，不是 {_WORDS[wanted]}", remedy)


def too_large(length: int) -> Refused:
    """The refusal of a file beyond the limit."""
    limit = LIMITS.file_bytes >> 20
    return Refused(
        f"文件约 {length >> 20} MB，超过 {limit} MB 的上限",
        "请只保留需要的工作表或章节，另存为一份较小的文件。",
    )


def check_parts(names: frozenset[str], wanted: str, mimetype: bytes) -> None:
    """Let a package pass that holds the main part of its sort; `names` in lower case."""
    main = {XLSX: "xl/workbook.xml", DOCX: "word/document.xml"}
    if main[wanted] in names:
        return
    remedy = f"请选择 {_WORDS[wanted]}，或在 WPS、Office 中打开后另存为 .{wanted}。"
    raise Refused(f"{_of_package(names, mimetype)}，不是 {_WORDS[wanted]}", remedy)


def _of_package(names: frozenset[str], mimetype: bytes) -> str:
    if mimetype == b"application/x-yuance":
        return "它是园策方案文件"
    if mimetype.startswith(b"application/vnd.oasis"):
        return "它是 OpenDocument 文件"
    found = (
        ("xl/workbook.bin", "它是二进制工作簿（.xlsb）"),
        ("xl/workbook.xml", "它是 Excel 工作簿"),
        ("word/document.xml", "它是 Word 文档"),
        ("ppt/presentation.xml", "它是演示文稿"),
    )
    for part, words in found:
        if part in names:
            return words
    return "它是一个普通压缩包" if "[content_types].xml" not in names else "它缺少主要内容"


def _of_old_binary(content: bytes, name: str, wanted: str) -> Refused:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused(
            "文件加了打开密码", "请在 WPS 或 Office 中打开，取消打开密码后另存，再试一次。"
        )
    remedy = f"请在 WPS 或 Office 中打开，另存为 .{wanted} 后再试。"
    suffix = PurePath(name).suffix.lower()
    others = [sort for sort, suffixes in _OLD.items() if suffix in suffixes and sort != wanted]
    if others:
        return Refused(f"它是旧格式（{suffix}），也不是 {_WORDS[wanted]}", remedy)
    said = suffix if suffix in _OLD[wanted] else "、".join(_OLD[wanted][:2])
    return Refused(f"它是旧的二进制格式（{said}），不能直接读取", remedy)


def _of_text(content: bytes, name: str) -> str:
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        return "它其实是网页"
    if start.startswith(b"<?xml") or start.startswith(b"<"):
        return "它其实是 XML 文本"
    if b"\x00" not in content[:4096]:
        return "它其实是纯文本"
    suffix = shown_name(PurePath(name).suffix)
    return f"内容与扩展名（{suffix}）不符" if suffix else "内容无法识别"
