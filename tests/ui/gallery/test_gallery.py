"""The gallery of docs/screens: every scene on a small and on a large screen, light and dark.

`YUANCE_GALLERY=docs/screens` takes the pictures anew, as CONTRIBUTING.md says. They are compared
with nothing: fonts differ between machines.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.gallery.scenes import SCENES
from tests.ui.gallery.stage import LARGE, SMALL, small_png, stage, taken
from ui.settings import Look

SCREENS = Path(__file__).parents[3] / "docs" / "screens"
LOOKS = (Look.LIGHT, Look.DARK)
SIZES = ("1366x768", "1920x1080")
MOST_BYTES = 6_000_000
SCALE = "1.5"

HEAD = """# The window in pictures

Taken by `tests/ui/gallery` from the real window with the sample plan and the bundled fonts: a
screen of 1366 × 768, and one of 1920 × 1080 at 150 %. Dialogs are laid over the window as a
desktop does.
"""


def file_names():
    return {f"{scene.name}-{look.value}.png" for scene in SCENES for look in LOOKS}


def test_that_the_gallery_shows_every_scene_on_both_screens_in_both_looks():
    for size in SIZES:
        assert {path.name for path in (SCREENS / size).iterdir()} == file_names()


def index():
    """The text of the index: every scene, and what some of them looked like before."""
    before = sorted(path.name for path in (SCREENS / "before").iterdir())
    lines = [HEAD]
    for scene in SCENES:
        shots = (f"{size}/{scene.name}-{look.value}.png" for size in SIZES for look in LOOKS)
        words = ("small, light", "small, dark", "large, light", "large, dark")
        links = " · ".join(f"[{word}]({shot})" for word, shot in zip(words, shots, strict=True))
        lines += [f"- **{scene.name}**: {scene.shows}. {links}"]
    pairs = (f"[{name}](before/{name}) → [now](1366x768/{name})" for name in before)
    return "\n".join([*lines, "", "Before: " + "; ".join(pairs) + ".", ""])


def test_that_the_index_names_every_scene_and_leads_to_files_that_are_there():
    assert (SCREENS / "README.md").read_text(encoding="utf-8") == index()
    assert {path.name for path in (SCREENS / "before").iterdir()} <= file_names()


def test_that_the_gallery_stays_small():
    assert sum(path.stat().st_size for path in SCREENS.rglob("*.png")) <= MOST_BYTES


@pytest.mark.long
@pytest.mark.skipif(
    "YUANCE_GALLERY" not in os.environ, reason="taken into the folder YUANCE_GALLERY names"
)
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_that_a_scene_can_be_seen(scene, qtbot, write, tmp_path, nothing_left):
    large = os.environ.get("QT_SCALE_FACTOR") == SCALE
    folder = Path(os.environ["YUANCE_GALLERY"]) / SIZES[large]
    folder.mkdir(parents=True, exist_ok=True)
    with stage(qtbot, write, tmp_path, LARGE if large else SMALL) as here:
        over = scene.set_up(here)
        for look in LOOKS:
            here.window.windows.dressing.put_on(look=look)
            here.settle()
            image = taken(here.window, over)
            assert len(image.getcolors(1 << 24) or ()) > 40, "next to nothing can be seen"
            small_png(image, folder / f"{scene.name}-{look.value}.png")
        here.window.windows.dressing.put_on(look=Look.LIGHT)


@pytest.mark.long
@pytest.mark.skipif(
    "YUANCE_GALLERY" not in os.environ, reason="taken into the folder YUANCE_GALLERY names"
)
@pytest.mark.skipif("QT_SCALE_FACTOR" in os.environ, reason="this is the large screen")
def test_that_the_scenes_can_be_seen_on_a_large_screen_too():
    (Path(os.environ["YUANCE_GALLERY"]) / "README.md").write_text(index(), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--long", __file__]
    scaled = os.environ | {"QT_SCALE_FACTOR": SCALE}
    assert (
        subprocess.run([*command, "-k", "a_scene_can_be_seen"], env=scaled, check=False).returncode
        == 0
    )
