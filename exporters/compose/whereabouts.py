"""On which page each value of a plan is printed, as the layout of its volume tells."""

from __future__ import annotations

from collections.abc import Mapping

from exporters.document import PageMap
from forms.address import Address

Pages = Mapping[str, str]  # an address, or the row, item or section it stands in: page label


def address_pages(pages: PageMap) -> Pages:
    """The page where each printed value begins.

    Rows, items and sections are in it too, each with the first page that prints anything of it.
    """
    found: dict[str, str] = {}
    for address, page in pages.values:
        parts = address.split("/")
        for length in range(len(parts), 0, -1):
            found.setdefault("/".join(parts[:length]), page)
    return found


def page_of(pages: Pages, address: Address) -> str:
    """The page of a value, else of its row, table or section; "" when none of it is printed."""
    parts = str(address).split("/")
    keys = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((pages[key] for key in keys if key in pages), "")
