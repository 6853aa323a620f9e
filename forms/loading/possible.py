"""Which options, texts and factors a formula can come to, as far as a pack alone tells."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TypeAlias

from forms.factors import Factor
from forms.formula import Binary, Call, Literal, Node, Ref
from forms.kinds import Choice
from forms.schema import Pack
from forms.slots import SlotKey, referenced_slot

Chosen: TypeAlias = Mapping[SlotKey, str]  # the options that choice columns of the row hold
_NONE: frozenset[str] = frozenset()


def attribute_of(pack: Pack, chooser: SlotKey, option: str, name: str) -> str:
    """An attribute of an option of a choice, "" when it has none."""
    kind = pack.index.slots[chooser].kind
    vocabulary = pack.index.vocabularies.get(kind.vocabulary) if isinstance(kind, Choice) else None
    found = vocabulary.option(option) if vocabulary else None
    return dict(found.attributes).get(name, "") if found else ""


class Possible:
    """What choices leave open at one place of a pack."""

    def __init__(self, pack: Pack, home: SlotKey, chosen: Chosen, among: Chosen) -> None:
        self._pack = pack
        self._home = home
        self.chosen = chosen  # in the row itself
        self.among = among  # in the rows that `where` lets through

    def factors(self, name: str, keys: tuple[Node, ...]) -> tuple[Factor, ...]:
        """Every row of a factor set that these keys can choose."""
        factor_set = self._pack.index.factor_sets[name]
        texts = [self.texts(key) for key in keys]
        known = [options for options in texts if options is not None]
        if len(known) < len(texts):
            return factor_set.factors
        rows = (factor_set.factor("|".join(parts)) for parts in product(*known))
        return tuple(row for row in rows if row is not None)

    def texts(self, node: Node) -> frozenset[str] | None:
        """Every text an expression can give, None when that is open."""
        match node:
            case Literal():
                return frozenset((node.text,))
            case Ref():
                return self._options(node)
            case Call(name="attribute", arguments=(Ref() as column, Literal() as name)):
                return self._attributes(column, name.text)
            case Call(name="if", arguments=(condition, yes, no)):
                truth = self.truth(condition)
                branches = (yes, no) if truth is None else (yes if truth else no,)
                found = [self.texts(branch) for branch in branches]
                known = [texts for texts in found if texts is not None]
                return _NONE.union(*known) if len(known) == len(found) else None
            case _:
                return None

    def truth(self, node: Node) -> bool | None:
        """Whether a condition about choices holds, None when that is open."""
        if not isinstance(node, Binary):
            return None
        if node.operator in ("and", "or"):
            sides = (self.truth(node.left), self.truth(node.right))
            settled = node.operator == "or"
            if settled in sides:
                return settled
            return None if None in sides else not settled
        if node.operator not in ("=", "!="):
            return None
        one, other = self.texts(node.left), self.texts(node.right)
        if one is None or other is None or len(one) != 1 or len(other) != 1:
            return None
        return (one == other) == (node.operator == "=")

    def seen_from(self, reference: Ref) -> Chosen:
        """The options that count for the rows a reference means."""
        return self.chosen if reference.is_local else self.among

    def _attributes(self, column: Ref, name: str) -> frozenset[str] | None:
        key, options = referenced_slot(self._pack, column, self._home), self._options(column)
        if options is None or key is None:
            return None
        given = (attribute_of(self._pack, key, option, name) for option in options)
        return frozenset(filter(None, given))

    def _options(self, reference: Ref) -> frozenset[str] | None:
        key = referenced_slot(self._pack, reference, self._home)
        slot = self._pack.index.slots.get(key) if key else None
        if key is None or slot is None or not isinstance(slot.kind, Choice):
            return None
        given = self.seen_from(reference).get(key)
        if given is not None:
            return frozenset((given,))
        vocabulary = self._pack.index.vocabularies.get(slot.kind.vocabulary)
        options = vocabulary.options if vocabulary else ()
        return frozenset(option.key for option in options)
