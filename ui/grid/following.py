"""A sheet's rows come, go and move: the views are told exactly, so that nothing else moves."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from ui.grid.sheet_model import SheetModel

_NOWHERE = QModelIndex()


def follow_rows(model: SheetModel, order: tuple[str, ...]) -> None:
    """Let a sheet show these rows: cursor, selection and place in sight are kept."""
    if order == model.keys:
        return
    if len(order) == len(model.keys) + 1 and (at := _only_extra(order, model.keys)) is not None:
        model.beginInsertRows(QModelIndex(), at, at)
        model.keys = order
        model.endInsertRows()
    elif len(order) == len(model.keys) - 1 and (at := _only_extra(model.keys, order)) is not None:
        model.beginRemoveRows(QModelIndex(), at, at)
        model.keys = order
        model.endRemoveRows()
    else:
        model.layoutAboutToBeChanged.emit()
        old, kept = model.persistentIndexList(), {key: n for n, key in enumerate(order)}
        moved = [kept.get(model.keys[index.row()], -1) for index in old]
        model.keys = order
        fresh = [
            model.createIndex(row, index.column()) if row >= 0 else _NOWHERE
            for row, index in zip(moved, old, strict=True)
        ]
        model.changePersistentIndexList(old, fresh)
        model.layoutChanged.emit()


def _only_extra(longer: tuple[str, ...], shorter: tuple[str, ...]) -> int | None:
    """Where the one key stands that only the longer order has; None when more differs."""
    at = next((n for n, key in enumerate(shorter) if longer[n] != key), len(shorter))
    return at if longer[at + 1 :] == shorter[at:] else None
