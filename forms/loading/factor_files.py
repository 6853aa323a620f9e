"""Reads factor sets: CSV tables of published coefficients, verified marks carried through."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from forms.factors import Factor, FactorSet
from forms.loading.node import Node, PackError


def read_factor_set(node: Node, folder: Path) -> FactorSet:
    """One factor set; rows without a figure are left out, a key met twice is refused."""
    key, file = node.key(), node.text("file")
    columns = {
        name: node.text(name, "")
        for name in ("value", "unit", "source", "verified", "note", "editions")
    }
    keys, labels = node.texts("keys"), node.texts("label")
    rows = _rows(folder / "factors" / file, f"factors/{file}")
    edition = node.text("edition")
    factors = tuple(
        replace(factor, edition=factor.edition or edition)
        for factor in _factors(rows, keys, labels, columns, f"factors/{file}")
    )
    by_key: dict[str, Factor] = {}
    for factor in factors:
        if factor.key in by_key:
            raise PackError(f"factors/{file}", factor.key, "因子键重复")
        by_key[factor.key] = factor
    if not factors:
        raise node.fail("因子集没有可用的行", "file")
    return FactorSet(key, node.text("title"), edition, factors, by_key)


def _rows(path: Path, name: str) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, UnicodeDecodeError):
        raise PackError(name, "", "因子文件不存在或不是 UTF-8 文本") from None
    return list(csv.DictReader(io.StringIO(text)))


def _factors(
    rows: list[dict[str, str]],
    keys: tuple[str, ...],
    labels: tuple[str, ...],
    columns: dict[str, str],
    name: str,
) -> Iterator[Factor]:
    for column in (*keys, *labels, *filter(None, columns.values())):
        if rows and column not in rows[0]:
            raise PackError(name, column, "没有这一列")
    for row in rows:
        value = _figure(row[columns["value"]])
        if value is None:
            continue
        cells = {part: row[column] if column else "" for part, column in columns.items()}
        yield Factor(
            "|".join(row[column] for column in keys),
            " ".join(row[column] for column in labels),
            value,
            cells["unit"],
            cells["source"],
            cells["verified"],
            cells["note"],
            cells["editions"],
        )


def _figure(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
