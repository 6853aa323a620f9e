"""The door for received files: bytes and a name in, plain data or a sentence out."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from forms.values import Cut, Picture
from importers.errors import ReceivedError
from importers.process import Watch, ask
from importers.received import Words, Workbook
from importers.wire import WireError, from_cut, to_picture, to_words, to_workbook
from importers.worker import PICTURE, WORDS, WORKBOOK

_NAME_LENGTH = 120


def _no_watch() -> None:
    return None


def read_workbook(
    content: bytes, name: str, watch: Watch = _no_watch, command: Sequence[str] | None = None
) -> Workbook:
    """The sheets of an Excel workbook; `ReceivedError` when it is not taken."""
    message, _ = ask(WORKBOOK, content, name, watch, command)
    try:
        return to_workbook(message)
    except WireError as error:
        raise _odd(name) from error


def read_words(
    content: bytes, name: str, watch: Watch = _no_watch, command: Sequence[str] | None = None
) -> Words:
    """The text of a Word document; `ReceivedError` when it is not taken."""
    message, blobs = ask(WORDS, content, name, watch, command)
    try:
        return to_words(message, blobs)
    except WireError as error:
        raise _odd(name) from error


def take_picture(
    content: bytes, name: str, watch: Watch = _no_watch, cut: Cut | None = None
) -> tuple[Picture, bytes]:
    """The picture and the bytes to keep, made anew from its pixels; `ReceivedError` otherwise.

    With a `cut` the part of it that is meant; the picture says what it was made from.
    """
    message, blobs = ask(PICTURE, content, name, watch, more={"cut": from_cut(cut)})
    try:
        found = to_picture(message.get("size"), blobs[0] if blobs else b"")
    except WireError as error:
        raise _odd(name) from error
    kind = "image/jpeg" if found.content.startswith(b"\xff\xd8") else "image/png"
    digest = sha256(found.content).hexdigest()
    picture = Picture(digest, name[:_NAME_LENGTH], kind, found.width, found.height, cut)
    return picture, found.content


def _odd(name: str) -> ReceivedError:
    return ReceivedError(name, "读取的结果不完整")
