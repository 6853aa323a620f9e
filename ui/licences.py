"""The licences of everything that is bundled, as resources/licences and the fonts bring them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import resources
from ui.text import tr

_FOLDER = "licences"
_FONTS = "fonts"
_QT = ("pyside6-essentials", "shiboken6")


@dataclass(frozen=True, slots=True)
class Licence:
    """One bundled work, and where its licence text and its sources are."""

    name: str
    version: str
    licence: str
    sources: str
    text: str  # the name of a resource

    @property
    def whole(self) -> str:
        """All there is to say, the text of the licence last."""
        head = [f"{self.name} {self.version}".strip(), tr("许可：{0}").format(self.licence)]
        if self.sources:
            head.append(tr("源代码：{0}").format(self.sources))
        if self.name in _QT:
            head.append(_qt_words())
        return "\n".join((*head, "", resources.read_text(self.text)))


def _qt_words() -> str:
    return tr(
        "Qt 与 PySide6 以动态链接的独立库文件随附，可以换成兼容的其他版本：安装包中它们在 "
        "_internal/PySide6 文件夹里，从源代码运行时按 requirements.lock 安装。许可不禁止为调试"
        "这种替换而做的反向工程。Qt 自带的第三方组件及其许可列在 "
        "https://doc.qt.io/qt-6/licenses-used-in-qt.html 。"
    )


def bundled() -> tuple[Licence, ...]:
    """Every bundled library and font, the program itself first."""
    loose: list[dict[str, str]] = json.loads(resources.read_text(f"{_FOLDER}/index.json"))
    libraries = (
        Licence(
            each["name"],
            each["version"],
            each["licence"],
            each["sources"],
            f"{_FOLDER}/{each['text']}",
        )
        for each in loose
    )
    own = Licence("园策 Yuance", resources.version(), "MIT", "", f"{_FOLDER}/yuance.txt")
    return (own, *libraries, *_fonts())


def _fonts() -> list[Licence]:
    found = sorted(resources.path(_FONTS).glob("*.txt"))
    named = [file.stem.partition("-") for file in found]
    return [
        Licence(
            name, "", "SIL OFL 1.1" if sort == "OFL" else tr("见全文"), "", f"{_FONTS}/{file.name}"
        )
        for file, (name, _, sort) in zip(found, named, strict=True)
    ]
