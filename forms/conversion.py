"""From one unit to another: the pack's conversions, 万 and 亿, and how prose shortens units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, localcontext

from forms.kinds import unit_of
from forms.prose_figures import plain_unit, reader_of, split_unit, spotter_of
from forms.schema import Pack

_PRECISION = 120


class Conversions:
    """The conversions of a pack, whatever multiplier stands before a unit."""

    def __init__(self, conversions: Mapping[tuple[str, str], str], units: Iterable[str]) -> None:
        """`units`: those of the pack's values, which need not convert to any other."""
        spoken = {*units, *(unit for pair in conversions for unit in pair)} - {""}
        self.reader, self.spotter = reader_of(spoken), spotter_of(spoken)
        self._pairs = tuple(conversions)
        self._factors: dict[tuple[str, str], Decimal] = {}
        self._times: dict[tuple[str, str], Decimal | None] = {}
        for (source, target), factor in conversions.items():
            (more, one), (times, other) = split_unit(source), split_unit(target)
            self._factors.setdefault((one, other), Decimal(factor) * times / more)

    def times(self, own: str, wanted: str) -> Decimal | None:
        """What turns a value in its own unit into the wanted one; None when nothing does.

        A yearly unit may be written without its year, tCO2 without its CO2, as prose does; the
        wanted unit may be spelled as in prose (吨标准煤).
        """
        key = (own, wanted)
        if key not in self._times:
            self._times[key] = self._worked_out(own, wanted)
        return self._times[key]

    def _worked_out(self, own: str, wanted: str) -> Decimal | None:
        if own == wanted:
            return Decimal(1)
        times, bare = split_unit(plain_unit(wanted))
        more, unit = split_unit(own)
        with localcontext() as context:
            context.prec = _PRECISION
            for form in dict.fromkeys((unit, unit.removesuffix("/a"))):
                if bare in (form, form.replace("CO2", "")):
                    return more / times
                if (form, bare) in self._factors:
                    return self._factors[form, bare] * more / times
        return None

    def targets(self, own: str) -> Iterator[str]:
        """The units the pack says a unit converts to, in its order."""
        for form in dict.fromkeys((own, own.removesuffix("/a"))):
            yield form
            yield from (target for source, target in self._pairs if source == form)


def conversions_of(pack: Pack) -> Conversions:
    """The conversions of a pack."""
    known = pack.index.spoken
    if known is None:
        units = (unit_of(slot.kind) for slot in pack.index.slots.values())
        known = pack.index.spoken = Conversions(pack.index.conversions, units)
    return known
