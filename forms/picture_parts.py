"""A picture as an object of JSON, and back: what is not usual about it is only there when it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import TypeAlias, cast

from forms.picture_marks import read_width, sound_cut, width_text
from forms.values import Cut, Picture

Parts: TypeAlias = dict[str, "str | int | Parts"]
NEEDED = ("sha256", "name", "media_type", "width", "height")
_CUT = ("turns", "left", "top", "width", "height")


def picture_parts(picture: Picture) -> Parts:
    """The parts of a picture."""
    parts: Parts = {
        "sha256": picture.sha256,
        "name": picture.name,
        "media_type": picture.media_type,
        "width": picture.width,
        "height": picture.height,
    }
    if picture.cut is not None:
        parts["cut"] = asdict(picture.cut)
    if picture.printed is not None:
        parts["printed"] = width_text(picture.printed)
    return parts


def picture_from_parts(parts: object) -> Picture:
    """The picture these parts are of; ValueError when they are of none."""
    told = _object(parts)
    lacking = [key for key in NEEDED if key not in told]
    if lacking:
        raise ValueError(f"图片缺少 {'、'.join(lacking)}。")
    sha256, name, media_type = (str(told[key]) for key in NEEDED[:3])
    width, height = (_number(told, key) for key in NEEDED[3:])
    cut = _cut(told["cut"]) if "cut" in told else None
    printed = read_width(str(told["printed"])) if "printed" in told else None
    return Picture(sha256, name, media_type, width, height, cut, printed)


def _cut(parts: object) -> Cut:
    told = _object(parts)
    cut = Cut(str(told.get("original")), *(_number(told, key) for key in _CUT))
    if not sound_cut(cut):
        raise ValueError("图片的裁剪范围有误。")
    return cut


def _object(parts: object) -> dict[str, object]:
    if not isinstance(parts, dict):
        raise ValueError("图片应写成一个对象。")
    return cast("dict[str, object]", parts)


def _number(parts: dict[str, object], key: str) -> int:
    number = parts.get(key)
    if not isinstance(number, int):
        raise ValueError(f"图片的 {key} 应为整数。")
    return number
