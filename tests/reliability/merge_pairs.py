"""Random pairs of versions from one plan, and a judge of merges that shares nothing with them.

The judge compares versions line by line and cell by cell, in the plainest way there is.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from forms.address import Address
from forms.answers import Answers
from forms.changes import same_value
from forms.kinds import Narrative
from forms.merging import Conflict, OrderConflict, ProseConflict, RowConflict, ValueConflict
from forms.places import slot_at
from forms.schema import Pack, Table
from forms.values import Picture, Value, YearMonth


@dataclass
class Typist:
    """Somebody who edits a plan at random; what they write is theirs alone."""

    pack: Pack
    name: str
    dice: random.Random
    places: tuple[Address, ...]
    hot: tuple[Address, ...]  # those both are likely to touch
    written: int = 0

    def word(self) -> str:
        """A word nobody else has written."""
        self.written += 1
        return f"{self.name}{self.written}"

    def edit(self, answers: Answers) -> Answers:
        """One edit of some sort."""
        sort = self.dice.choices(("value", "prose", "row"), (5, 3, 3))[0]
        if sort == "row":
            return self._rows(answers)
        places = self.hot if self.dice.random() < 0.4 else self.places
        wanted = [a for a in places if is_prose(self.pack, a) == (sort == "prose")]
        address = self.dice.choice(wanted or list(places))
        value = answers.get(address)
        if value is None:
            return answers
        if isinstance(value, str) and is_prose(self.pack, address):
            return answers.with_value(address, self._prose(value) or None)
        if self.dice.random() < 0.1:
            return answers.with_value(address, None)
        return answers.with_value(address, self._value(answers, value))

    def _value(self, answers: Answers, value: Value) -> Value:
        match value:
            case bool():
                return not value
            case str():
                return f"{value[:20]}{self.word()}"
            case int():
                return value + self.dice.randint(1, 9)
            case Decimal():
                return value + Decimal(self.dice.randint(1, 999)) / 100
            case YearMonth():
                return replace(value, year=value.year + self.dice.randint(1, 5))
            case date():
                return value + timedelta(days=self.dice.randint(1, 99))
            case Picture():
                others = [v for _, v in answers.values() if isinstance(v, Picture)]
                return self.dice.choice(others)
            case _:
                return tuple(reversed(value)) if len(value) > 1 else (*value, "other")

    def _prose(self, text: str) -> str:
        lines = text.split("\n\n")
        place = self.dice.randrange(len(lines))
        match self.dice.choice(("edit", "edit", "insert", "remove", "append")):
            case "edit":
                lines[place] += f"又{self.word()}。"
            case "insert":
                lines.insert(place, f"新段{self.word()}。")
            case "append":
                lines.append(f"末段{self.word()}。")
            case _:
                del lines[place]
        return "\n\n".join(lines)

    def _rows(self, answers: Answers) -> Answers:
        tables = [t for t, order in answers.orders() if len(order) > 2]
        table = self.dice.choice(sorted(tables, key=str))
        order = list(answers.order(table))
        row = self.dice.choice(order)
        match self.dice.choice(("add", "add", "remove", "move")):
            case "add":
                new = f"r{self.word()}"
                order.insert(self.dice.randrange(len(order) + 1), new)
                item = self.pack.index.items[table.section, table.item]
                assert isinstance(item, Table)
                cell = table.at(new, item.naming or item.columns[0].key)
                return answers.with_order(table, tuple(order)).with_value(cell, self.word())
            case "remove":
                for cell in answers.row_values(table.at_row(row)):
                    answers = answers.with_value(cell, None)
                order.remove(row)
            case _:
                order.remove(row)
                order.insert(self.dice.randrange(len(order) + 1), row)
        return answers.with_order(table, tuple(order))


def random_pair(pack: Pack, base: Answers, seed: int) -> tuple[Answers, Answers]:
    """Two versions that people made of one plan, apart from each other."""
    dice = random.Random(seed)
    values = sorted((a for a, _ in base.values()), key=str)
    prose = [a for a in values if is_prose(pack, a)]
    hot = (*dice.sample(values, 12), *dice.sample(prose, 4))
    sides: list[Answers] = []
    for name in ("甲", "乙"):
        typist, answers = Typist(pack, name, dice, tuple(values), hot), base
        for _ in range(dice.randint(1, 25)):
            answers = typist.edit(answers)
        sides.append(answers)
    return sides[0], sides[1]


def is_prose(pack: Pack, address: Address) -> bool:
    """Whether a narrative stands at an address."""
    slot = slot_at(pack, address)
    return slot is not None and isinstance(slot.kind, Narrative)


@dataclass
class Judge:
    """Finds every edit of two versions that a merge lost, and everything it made up."""

    pack: Pack
    base: Answers
    mine: Answers
    theirs: Answers
    result: Answers
    conflicts: tuple[Conflict, ...]
    checked: int = 0

    def faults(self) -> list[str]:
        """What is wrong with the merge; empty when nothing is."""
        found = [*self._made_up(), *self._needless()]
        for side, other in ((self.mine, self.theirs), (self.theirs, self.mine)):
            found += [*self._values(side, other), *self._rows(side, other)]
            found += self._orders(side, other)
        return found

    def _values(self, side: Answers, other: Answers) -> Iterator[str]:
        for address in self._changed(side):
            was, wanted = self.base.get(address), side.get(address)
            self.checked += 1
            if address.row and self._is_gone(address, side):
                continue  # told by the row
            if address.row and self._is_gone(address, other):
                if not self._row_asked(address):
                    yield f"{address}: edited in a row the other removed, not asked"
            elif is_prose(self.pack, address) and isinstance(wanted, str):
                yield from self._prose(address, was, wanted, other.get(address))
            elif same_value(other.get(address), was) or same_value(other.get(address), wanted):
                if not same_value(self.result.get(address), wanted):
                    yield f"{address}: {wanted!r} is lost"
            elif not self._value_asked(address, wanted):
                yield f"{address}: both changed it, {wanted!r} not asked"

    def _prose(
        self, address: Address, was: Value | None, wanted: str, theirs: Value | None
    ) -> Iterator[str]:
        if theirs is None and was is not None:
            if not self._value_asked(address, wanted):
                yield f"{address}: text the other cleared, not asked"
            return
        now = _lines(self.result.get(address))
        asked = {
            line
            for each in self.conflicts
            if isinstance(each, ProseConflict) and each.address == address
            for text in (each.base, each.mine, each.theirs)
            for line in _lines(text)
        }
        old, new, other = _lines(was), _lines(wanted), _lines(theirs)
        for line in new - old:
            if line not in now and line not in asked:
                yield f"{address}: paragraph {line[-30:]!r} is lost"
        for line in old - new:
            if line in now and line not in asked and line not in other - old:
                yield f"{address}: paragraph {line[-30:]!r} is back"

    def _rows(self, side: Answers, other: Answers) -> Iterator[str]:
        for table, order in {**dict(self.base.orders()), **dict(side.orders())}.items():
            was, now = set(self.base.order(table)), set(side.order(table))
            result = self.result.order(table)
            for row in now - was:
                self.checked += 1
                if row not in result:
                    yield f"{table}/{row}: added row is lost"
            for row in was - now:
                self.checked += 1
                cells = self.base.row_values(table.at_row(row)) != other.row_values(
                    table.at_row(row)
                )
                edited = row in other.order(table) and cells
                if edited != self._row_asked(table.at_row(row)):
                    yield f"{table}/{row}: removed here; asked where it should not be, or not asked"
                if not edited and (row in result or self.result.row_values(table.at_row(row))):
                    yield f"{table}/{row}: removed row is back"
            if len(set(result)) != len(result) or len(set(order)) != len(order):
                yield f"{table}: a row stands twice"

    def _orders(self, side: Answers, other: Answers) -> Iterator[str]:
        asked = {each.address for each in self.conflicts if isinstance(each, OrderConflict)}
        for table, order in side.orders():
            orders = (self.base.order(table), order, other.order(table), self.result.order(table))
            rows = [row for row in orders[0] if all(row in each for each in orders)]
            places = [{row: each.index(row) for row in rows} for each in orders]
            for number, one in enumerate(rows):
                for two in rows[number + 1 :]:
                    was, now, there, result = (each[one] < each[two] for each in places)
                    if now != was and there == was and result != now and table not in asked:
                        yield f"{table}: {one} and {two} were turned, and are not"

    def _made_up(self) -> Iterator[str]:
        for address, value in self.result.values():
            sources = (self.base.get(address), self.mine.get(address), self.theirs.get(address))
            if any(same_value(value, source) for source in sources):
                continue
            lines = set().union(*(_lines(source) for source in sources))
            if not is_prose(self.pack, address) or _lines(value) - lines:
                yield f"{address}: {value!r} was written by nobody"

    def _needless(self) -> Iterator[str]:
        mine, theirs = set(self._changed(self.mine)), set(self._changed(self.theirs))
        for each in self.conflicts:
            if isinstance(each, ValueConflict | ProseConflict) and not (
                each.address in mine and each.address in theirs
            ):
                yield f"{each.address}: asked, though one side only changed it"

    def _changed(self, side: Answers) -> list[Address]:
        before, after = dict(self.base.values()), dict(side.values())
        return [
            address
            for address in sorted(before.keys() | after.keys(), key=str)
            if not same_value(before.get(address), after.get(address))
        ]

    def _is_gone(self, address: Address, side: Answers) -> bool:
        return address.row in self.base.order(address) and address.row not in side.order(address)

    def _row_asked(self, address: Address) -> bool:
        row = Address(address.section, address.item, address.row)
        return any(isinstance(c, RowConflict) and c.address == row for c in self.conflicts)

    def _value_asked(self, address: Address, wanted: Value | None) -> bool:
        return any(
            isinstance(each, ValueConflict)
            and each.address == address
            and any(same_value(wanted, one) for one in (each.mine, each.theirs))
            for each in self.conflicts
        )


def _lines(text: Value | None) -> set[str]:
    return {line for line in str(text or "").split("\n") if line.strip()}
