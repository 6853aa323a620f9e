"""What a package brings along that is never run, opened or followed, named in the report."""

from __future__ import annotations

from importers.guard.package import Package
from importers.received import Note

_PARTS = (
    ("含宏，没有运行", ("vbaproject", "/macrosheets/")),
    ("含嵌入的对象，没有打开", ("/embeddings/", "/activex/", "/ctrlprops/", "oleobject")),
    ("含其他文件的链接，没有访问", ("/externallinks/",)),
    ("含数据连接，没有连接", ("connections.xml", "/querytables/", "/webextensions/")),
    ("含插入的整篇文件，没有读取", ("afchunk",)),
    ("含批注，没有读取", ("comments",)),
)


def notes_on_parts(package: Package, outside: int) -> list[Note]:
    """A line for each sort of thing that was left alone."""
    found = [
        Note("", "", words)
        for words, signs in _PARTS
        if any(sign in f"/{name}" for name in package.parts for sign in signs)
    ]
    if outside:
        found.append(Note("", "", f"含指向文件之外的链接 {outside} 处，没有访问"))
    return found
