"""Drafts on this machine, plan files that travel, and the one way a file leaves the program."""

from storage.change_log import Action, HistoryEntry, Source
from storage.draft import Draft, Saved
from storage.errors import (
    ContentRefused,
    DamagedDraft,
    DamagedPlanFile,
    DraftLocked,
    NewerFormat,
    NotAPlanFile,
    OtherVersion,
    PictureMissing,
    PictureRefused,
    PlaceRefused,
    PlanFileError,
    StorageError,
)
from storage.exchange import relation, send_out, take_over
from storage.files import REAL_FILES, Files
from storage.history import history
from storage.info import DraftInfo
from storage.library import AlreadyHere, Imported, Library, NewPlan
from storage.lineage import Relation
from storage.meta import PlanMeta
from storage.plan_file import PlanFile, open_plan, pack_plan, read_plan, save_plan
from storage.reading import LoadedDraft, read_snapshot
from storage.rows import root_of
from storage.saving import make_folders, safe_save
from storage.snapshots import Snapshot, list_snapshots, restore_snapshot
from storage.writer import DraftWriter, Failed, SaveState, Saving

__all__ = [
    "REAL_FILES",
    "Action",
    "AlreadyHere",
    "ContentRefused",
    "DamagedDraft",
    "DamagedPlanFile",
    "Draft",
    "DraftInfo",
    "DraftLocked",
    "DraftWriter",
    "Failed",
    "Files",
    "HistoryEntry",
    "Imported",
    "Library",
    "LoadedDraft",
    "NewPlan",
    "NewerFormat",
    "NotAPlanFile",
    "OtherVersion",
    "PictureMissing",
    "PictureRefused",
    "PlaceRefused",
    "PlanFile",
    "PlanFileError",
    "PlanMeta",
    "Relation",
    "SaveState",
    "Saved",
    "Saving",
    "Snapshot",
    "Source",
    "StorageError",
    "history",
    "list_snapshots",
    "make_folders",
    "open_plan",
    "pack_plan",
    "read_plan",
    "read_snapshot",
    "relation",
    "restore_snapshot",
    "root_of",
    "safe_save",
    "save_plan",
    "send_out",
    "take_over",
]
