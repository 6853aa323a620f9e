"""The container: python-docx holds the parts, a plain writer zips them without the clock.

The text of a large plan is tens of megabytes. It is put together, and read through for whether it
is XML, piece by piece: in one breath each kept other threads waiting for half a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, cast
from xml.parsers.expat import ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package

from exporters.docx import footnotes
from exporters.docx.markup import attribute, namespaces
from exporters.docx.measures import twips
from exporters.docx.sections import footer_parts
from exporters.docx.styles import styles_xml
from exporters.docx.watermark import HEADER, header_xml
from forms.breathing import breathe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docx.opc.rel import Relationships

    from exporters.document import Document
    from exporters.docx.drawn import Attachment
    from exporters.docx.figures import Picture
    from exporters.look import Look

_BREATH = 1 << 18  # letters of the text that are written at once
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FIRST_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DEFAULT_TYPES = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CUSTOM_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
# The format id every custom property of every document has (ECMA-376 part 1, 22.3.2).
_CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
# What Windows and WPS have in place of the official fonts that are sold apart.
_STAND_INS = {
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "方正小标宋简体": "方正小标宋_GBK",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


@dataclass(frozen=True, slots=True)
class Content:
    """What the body of the file is made of."""

    body: Iterable[str]  # its pieces, read once
    numbering: str
    pictures: tuple[Picture, ...]
    attachments: tuple[Attachment, ...]
    footnotes: str  # the part that holds them, "" without any
    properties: dict[str, str]  # custom document properties


def package_bytes(document: Document, content: Content, look: Look) -> bytes:
    """The .docx file: the same bytes for the same content, at any time and place."""
    package = Package()
    main = _main_part(package, content, look)
    if document.watermark:
        xml = header_xml(document.watermark, look)
        header = _part(package, "/word/header1.xml", CONTENT_TYPE.WML_HEADER, xml)
        main.load_rel(RELATIONSHIP_TYPE.HEADER, header, HEADER)
    package.relate_to(main, RELATIONSHIP_TYPE.OFFICE_DOCUMENT)
    core = _part(package, "/docProps/core.xml", CONTENT_TYPE.OPC_CORE_PROPERTIES, _core(document))
    package.relate_to(core, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    custom = _part(
        package, "/docProps/custom.xml", _CUSTOM_PROPERTIES_TYPE, _custom(content.properties)
    )
    package.relate_to(custom, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    return _zipped(package, main, _text(content.body))


def _main_part(package: Package, content: Content, look: Look) -> Part:
    """The part of the text, still empty, and all that belongs to it."""
    settings = _settings(look, content)
    main = Part(PackURI("/word/document.xml"), CONTENT_TYPE.WML_DOCUMENT_MAIN, package=package)
    for name, content_type, relationship, xml in (
        ("styles", CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES, styles_xml(look)),
        (
            "settings",
            CONTENT_TYPE.WML_SETTINGS,
            RELATIONSHIP_TYPE.SETTINGS,
            settings,
        ),
        ("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, _font_table(look)),
        ("numbering", CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING, content.numbering),
    ):
        main.relate_to(_part(package, f"/word/{name}.xml", content_type, xml), relationship)
    if content.footnotes:
        notes = _part(package, "/word/footnotes.xml", CONTENT_TYPE.WML_FOOTNOTES, content.footnotes)
        main.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
    for number, (identity, xml) in enumerate(footer_parts().items(), 1):
        footer = _part(package, f"/word/footer{number}.xml", CONTENT_TYPE.WML_FOOTER, xml)
        main.load_rel(RELATIONSHIP_TYPE.FOOTER, footer, identity)
    for picture in content.pictures:
        image = Part(PackURI(picture.part_name), picture.media_type, picture.content, package)
        main.load_rel(RELATIONSHIP_TYPE.IMAGE, image, picture.relationship)
    for attachment in content.attachments:
        _attach(package, main, attachment)
    return main


def _attach(package: Package, home: Part, attachment: Attachment) -> None:
    part = Part(PackURI(attachment.name), attachment.media_type, attachment.content, package)
    home.load_rel(attachment.relation, part, attachment.id)
    for below in attachment.attached:
        _attach(package, part, below)


def _part(package: Package, name: str, content_type: str, xml: str) -> Part:
    return Part(PackURI(name), content_type, (_DECLARATION + xml).encode(), package)


def _text(body: Iterable[str]) -> Iterator[str]:
    yield f"{_DECLARATION}<w:document {namespaces('w', 'r', 'wp', 'a', 'pic')}>"
    yield from body
    yield "</w:document>"


def _zipped(package: Package, main: Part, text: Iterable[str]) -> bytes:
    parts = sorted(package.iter_parts(), key=lambda part: str(part.partname))
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        _put(archive, "[Content_Types].xml", _content_types(parts))
        _put(archive, "_rels/.rels", _relationships(package.rels))
        for part in parts:
            content = _checked(text) if part is main else part.blob
            _put(archive, part.partname.membername, content)
            if part.rels:
                _put(archive, part.partname.rels_uri.membername, _relationships(part.rels))
    return file.getvalue()


def _relationships(relationships: Relationships) -> bytes:
    return cast("bytes", relationships.xml)  # python-docx 1.2 says str and gives bytes


def _put(archive: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _FIRST_ZIP_DATE)
    packed_already = name.endswith((".png", ".jpeg", ".xlsx"))
    entry.compress_type = ZIP_STORED if packed_already else ZIP_DEFLATED
    archive.writestr(entry, content)


def _checked(text: Iterable[str]) -> bytes:
    """The text as it is written; `ExpatError` where it is no XML, before anybody gets the file."""
    reader = ParserCreate()
    pieces: list[bytes] = []
    for breath in _breaths(text):
        breathe()
        pieces.append(breath.encode())
        reader.Parse(pieces[-1])
    reader.Parse(b"", True)
    return b"".join(pieces)


def _breaths(text: Iterable[str]) -> Iterator[str]:
    """The same text in larger pieces: one by one, paragraphs would be written slowly."""
    waiting: list[str] = []
    size = 0
    for piece in text:
        waiting.append(piece)
        size += len(piece)
        if size > _BREATH:
            yield "".join(waiting)
            waiting, size = [], 0
    yield "".join(waiting)


def _content_types(parts: list[Part]) -> bytes:
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{content_type}"/>'
        for extension, content_type in _DEFAULT_TYPES.items()
    )
    overrides = "".join(
        f'<Override PartName="{part.partname}" ContentType="{part.content_type}"/>'
        for part in parts
    )
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return f'{_DECLARATION}<Types xmlns="{namespace}">{defaults}{overrides}</Types>'.encode()


def _settings(look: Look, content: Content) -> str:
    """Odd and even footers, Chinese typesetting rules, and no 兼容模式 in the title bar."""
    rules = "".join(
        f"<w:{rule}/>"
        for rule in (
            "spaceForUL",
            "balanceSingleByteDoubleByteWidth",
            "doNotLeaveBackslashAlone",
            "ulTrailSpace",
            "doNotExpandShiftReturn",
            "adjustLineHeightInTable",
            "useFELayout",
        )
    )
    modes = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word"'
        f' w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
        )
    )
    return (
        f'<w:settings {namespaces("w")}><w:zoom w:percent="100"/>'
        "<w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        f'<w:drawingGridVerticalSpacing w:val="{twips(look.page.line_pt)}"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"{footnotes.settings_xml() if content.footnotes else ''}"
        f"<w:compat>{rules}{modes}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def _font_table(look: Look) -> str:
    """The fonts, each with the name to take where it is not installed."""
    han = "".join(
        f'<w:font w:name="{attribute(name)}">{_stand_in(name)}'
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name in dict.fromkeys(look.fonts.values())
    )
    latin = (
        f'<w:font w:name="{attribute(look.latin)}"><w:charset w:val="00"/><w:family w:val="roman"/>'
        '<w:pitch w:val="variable"/></w:font>'
    )
    return f"<w:fonts {namespaces('w')}>{han}{latin}</w:fonts>"


def _stand_in(name: str) -> str:
    known = _STAND_INS.get(name)
    return f'<w:altName w:val="{known}"/>' if known else ""


def _core(document: Document) -> str:
    """Title and people; no dates, so that the same plan gives the same file."""
    author = attribute(document.author)
    words = attribute("；".join(document.keywords))
    keywords = f"<cp:keywords>{words}</cp:keywords>" if words else ""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{attribute(document.title)}</dc:title>"
        f"<dc:subject>{attribute(document.subject)}</dc:subject>"
        f"<dc:creator>{author}</dc:creator>{keywords}<dc:language>zh-CN</dc:language>"
        f"<cp:lastModifiedBy>{author}</cp:lastModifiedBy></cp:coreProperties>"
    )


def _custom(properties: dict[str, str]) -> str:
    entries = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{attribute(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
        f"{entries}</Properties>"
    )
