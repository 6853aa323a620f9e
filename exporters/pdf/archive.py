"""The finish that makes a file fit for the archive: PDF/A-2b, the same bytes every time.

Fonts are embedded and pictures opaque before; here come the colours' meaning (sRGB), the metadata
in the form archives read, and a file identifier that follows from the content.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String

import resources
from forms.breathing import breathe, breathing

PRODUCER = "Yuance"
_PROFILE = "colour/sRGB.icc"
_CONDITION = "sRGB IEC61966-2.1"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>{described}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>{producer}</xmp:CreatorTool>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>{producer}</pdf:Producer>{keywords}
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_TITLE = '\n<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>'
_AUTHOR = "\n<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_SUBJECT = (
    '\n<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>'
)
_KEYWORDS = "\n<pdf:Keywords>{}</pdf:Keywords>"


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself; empty entries are left out."""

    title: str = ""
    author: str = ""
    subject: str = ""
    keywords: str = ""


def archived(content: bytes, metadata: Metadata) -> bytes:
    """The file as PDF/A-2b (ISO 19005-2); about 0.1 s for 100 pages."""
    with pikepdf.open(BytesIO(content)) as pdf:
        pdf.Root.OutputIntents = Array([_output_intent(pdf)])
        pdf.Root.Metadata = pdf.make_stream(
            _packet(metadata).encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML
        )
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        _inform(pdf, metadata)
        for page in breathing(pdf.pages):
            if Name.Trans in page:
                del page[Name.Trans]
        target = BytesIO()
        pdf.save(
            target,
            object_stream_mode=ObjectStreamMode.generate,
            deterministic_id=True,
            force_version="1.7",
            progress=_breathe,
        )
    return target.getvalue()


def _breathe(percent: int) -> None:
    """Let other threads run: qpdf keeps Python for itself, a second for 800 pages."""
    del percent
    time.sleep(0)
    breathe()


def _output_intent(pdf: Pdf) -> Dictionary:
    """What the plain red, green, blue and grey of the pages mean."""
    profile = pdf.make_stream(resources.read_bytes(_PROFILE), N=3)
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String(_CONDITION),
        Info=String(_CONDITION),
        DestOutputProfile=profile,
    )


def _inform(pdf: Pdf, metadata: Metadata) -> None:
    """The older form of the metadata, which must say the same; no dates, they would differ."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    entries = {
        Name.Title: metadata.title,
        Name.Author: metadata.author,
        Name.Subject: metadata.subject,
        Name.Keywords: metadata.keywords,
        Name.Creator: PRODUCER,
        Name.Producer: PRODUCER,
    }
    for key, value in entries.items():
        if value:
            pdf.docinfo[key] = String(value)


def _packet(metadata: Metadata) -> str:
    described = (
        (_TITLE, metadata.title),
        (_AUTHOR, metadata.author),
        (_SUBJECT, metadata.subject),
    )
    return _XMP.format(
        described="".join(form.format(escape(text)) for form, text in described if text),
        producer=PRODUCER,
        keywords=_KEYWORDS.format(escape(metadata.keywords)) if metadata.keywords else "",
    )
