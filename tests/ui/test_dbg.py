import pytest
from PySide6.QtWidgets import QDialog
from tests.ui.gallery.scenes import *
from tests.ui.gallery.stage import stage, taken, small_png, SMALL
from tests.ui.walking import *
from tests.ui.clipped import *
def test_tour(qtbot, tmp_path):
    with stage(qtbot, None, tmp_path) as here:
        b=here.open_sample(); b.open_section("foundation"); here.settle(); here.window.activateWindow()
        for v in toured(b.page().widget()): print(v.place, v.name)
@pytest.mark.parametrize("size",[105,210])
def test_clip(qtbot, tmp_path, size, write):
    seen={}
    def note(where, root):
        for f in cut_off(root)+overlapping(root)+sideways(root):
            seen.setdefault(f.split(": ")[0].split("“")[0] , []).append((where,f))
    import ui.dialogs.base as base
    from PySide6.QtCore import QSize
    base.room_for=lambda d: QSize(1366,688)
    with stage(qtbot, None, tmp_path) as here:
        here.window.dress(text_size=size)
        here.settle(); note("start",here.window)
        b=here.open_sample()
        print("least", here.window.minimumSizeHint())
        for s in b.navigator.outline.sections():
            b.open_section(s.key); here.settle(); note(s.key,b.page()); s.key in ("scope","task_layout","industry","projects","cover","outcomes") and here.window.grab().save(f"/tmp/acc/s{size}-{s.key}.png")
        for t in Tab:
            b.show_tab(t); here.settle(); note(t.name,b.panel); here.window.grab().save(f"/tmp/acc/t{size}-{t.name}.png")
        note("top",here.window.top); note("status",here.window.status)
        for a in ("new","name_version","versions","export","sign","find_all","manual","shortcuts","about"):
            here.window.actions_by_id[a].trigger(); here.settle()
            (d,)=(e for e in here.window.findChildren(QDialog) if e.isVisible())
            note(a,d); d.grab().save(f"/tmp/acc/d{size}-{a}.png")
            if d.width()>1366 or d.height()>696: print("TOO BIG",a,d.size(), d.minimumSizeHint())
            d.close(); here.settle()
        here.window.dress(text_size=105)
    for k,v in seen.items():
        print(len(v),k,[x[0] for x in v][:6],"e.g.",v[0][1][:200])
