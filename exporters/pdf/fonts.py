"""Which file draws each face of the look: the official font where the machine has it, else ours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import resources
from exporters.look import Face, Look
from exporters.looks import official_look
from exporters.pdf import installed
from exporters.pdf.typefaces import FontFile, UnusableFont, load

_SONG = "Noto Serif SC Regular"
_KAI = "园策楷体 (Yuance Kai)"
_BUNDLED: dict[Face, tuple[str, str]] = {
    Face.TITLE: ("fonts/NotoSerifSC-Bold.ttf", "Noto Serif SC Bold"),
    Face.HEI: ("fonts/NotoSansSC-Medium.ttf", "Noto Sans SC Medium"),
    Face.KAI: ("fonts/YuanceKai-Regular.ttf", _KAI),
    Face.FANGSONG: ("fonts/NotoSerifSC-Regular.ttf", _SONG),
    Face.SONG: ("fonts/NotoSerifSC-Regular.ttf", _SONG),
}
_LATIN = ("fonts/YuanceSerif-Regular.ttf", "园策西文 (Yuance Serif)")  # as wide as Times New Roman
_SYMBOLS = ("fonts/YuanceSymbols.ttf", "Yuance Symbols")

# Names under which the same official typeface is sold or shipped; no word is lost about these.
_SAME: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05"),
    Face.HEI: ("黑体", "SimHei"),
    Face.KAI: ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"),
    Face.FANGSONG: ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"),
    Face.SONG: ("宋体", "SimSun"),
}
# Near relatives, taken before the bundled ones and named to the user.
_NEAR: dict[Face, tuple[str, ...]] = {
    Face.TITLE: ("华文中宋", "STZhongsong", "方正大标宋简体"),
    Face.HEI: ("方正黑体_GBK", "方正黑体简体", "华文黑体", "STHeiti", "微软雅黑"),
    Face.KAI: ("方正楷体_GBK", "方正楷体简体", "华文楷体", "STKaiti"),
    Face.FANGSONG: ("方正仿宋_GBK", "方正仿宋简体", "华文仿宋", "STFangsong", "朱雀仿宋"),
    Face.SONG: ("方正书宋_GBK", "方正书宋简体", "华文宋体", "STSong"),
}
_RARE = (
    "SimSun-ExtB",
    "SimSun-ExtG",
    "微软雅黑",
    "Microsoft YaHei",
    "Segoe UI Symbol",
    "Segoe UI Emoji",
)
_SAME_LATIN = ("Liberation Serif", "Tinos")  # of the measures of Times New Roman


@dataclass(frozen=True, slots=True)
class FontChoice:
    """A file for each face, one for Latin letters if any, and where to look for rare characters."""

    faces: tuple[tuple[Face, FontFile], ...]
    latin: FontFile
    fallbacks: tuple[FontFile, ...]
    own_latin: frozenset[Face] = frozenset()  # faces whose letters are better than `latin`
    substitutions: tuple[str, ...] = ()

    @classmethod
    def bundled(cls, look: Look | None = None) -> FontChoice:
        """Only the fonts that travel with the program: the same on every machine."""
        look = look or official_look()
        files = {face: _bundled_file(*entry) for face, entry in _BUNDLED.items()}
        sentences = tuple(_sentence(look, face, file.name) for face, file in files.items())
        latin = _bundled_file(*_LATIN)
        sentences += (_latin_sentence(look, latin.name),)
        heavy = frozenset((Face.TITLE, Face.HEI))
        return cls(tuple(files.items()), latin, _fallbacks(), heavy, sentences)

    @classmethod
    def of_this_machine(
        cls, places: tuple[Path, ...] | None = None, look: Look | None = None
    ) -> FontChoice:
        """The fonts a look asks for where they are installed, the bundled ones for the rest."""
        look = look or official_look()
        known = installed.fonts_by_name(installed.folders() if places is None else places)
        files: list[tuple[Face, FontFile]] = []
        sentences: list[str] = []
        for face, entry in _BUNDLED.items():
            official = _first_usable(known, _names(look, face))
            file = official or _first_usable(known, _NEAR[face]) or _bundled_file(*entry)
            files.append((face, file))
            if official is None:
                sentences.append(_sentence(look, face, file.name))
        latin = _first_usable(known, (look.latin, *_SAME_LATIN)) or _bundled_file(*_LATIN)
        if latin.name != look.latin:
            sentences.append(_latin_sentence(look, latin.name))
        ours = {_bundled_file(*_BUNDLED[face]) for face in (Face.TITLE, Face.HEI)}
        heavy = frozenset(face for face, file in files if file in ours)
        rare = (_first_usable(known, (name,)) for name in _RARE)
        fallbacks = (*_fallbacks(), *(file for file in rare if file is not None))
        return cls(tuple(files), latin, fallbacks, heavy, tuple(sentences))

    def file_of(self, face: Face) -> FontFile:
        """The file that draws a face."""
        return dict(self.faces)[face]


def _fallbacks() -> tuple[FontFile, ...]:
    return (
        _bundled_file(*_BUNDLED[Face.SONG]),
        _bundled_file(*_BUNDLED[Face.KAI]),
        _bundled_file(*_SYMBOLS),
    )


def _bundled_file(name: str, title: str) -> FontFile:
    return FontFile(resources.path(name), title)


def _first_usable(known: dict[str, FontFile], names: tuple[str, ...]) -> FontFile | None:
    for name in names:
        file = known.get(name.casefold())
        if file is not None and _loads(file):
            return file
    return None


def _loads(file: FontFile) -> bool:
    try:
        load(file)
    except UnusableFont:
        return False
    return True


def _names(look: Look, face: Face) -> tuple[str, ...]:
    """The font a look names, and if that is an official one all the names it goes by."""
    named = look.fonts[face]
    return (named, *_SAME[face]) if named in _SAME[face] else (named,)


def _sentence(look: Look, face: Face, replacement: str) -> str:
    return f"本机没有可嵌入的“{look.fonts[face]}”，PDF 中的{face.value}以“{replacement}”代替。"


def _latin_sentence(look: Look, replacement: str) -> str:
    return f"本机没有可嵌入的“{look.latin}”，PDF 中的西文和数字以“{replacement}”代替。"
