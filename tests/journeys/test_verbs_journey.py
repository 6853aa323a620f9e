"""A plan from nothing to paper and data, only with verbs, as a script would do it."""

from __future__ import annotations

import json

import pypdfium2

from commands.making import DEFAULT_PACK
from forms.loading import open_pack
from tests.commands.filling import assignments, picture
from tests.commands.verbs import good, started


def test_that_a_plan_is_made_filled_printed_proven_and_carried_by_verbs(tmp_path):
    plan, copy, drawing = (tmp_path / name for name in ("青湖.yuance", "副本.yuance", "图.png"))
    word, pdf, excel = (tmp_path / f"青湖.{suffix}" for suffix in ("docx", "pdf", "xlsx"))
    drawing.write_bytes(picture())
    given = assignments(open_pack(DEFAULT_PACK), drawing)

    good(started("new", plan))
    empty = started("check", plan)
    good(started("set", plan, *given))
    filled = started("check", plan)
    exported = started("export", plan, "--docx", word, "--pdf", pdf, "--xlsx", excel)
    verified = good(started("verify", plan))
    dumped = good(started("dump", plan))
    (tmp_path / "青湖.json").write_text(dumped, encoding="utf-8")
    good(started("load", tmp_path / "青湖.json", copy))

    assert (empty.code, filled.code, exported.code) == (1, 1, 0)
    assert filled.out.count("REQ-") < empty.out.count("REQ-")
    assert "版次 2" in verified
    data = json.loads(dumped)
    assert data["plan"]["root"][:16] in verified
    assert len(data["pictures"]) == 1
    assert good(started("dump", copy)) == dumped
    assert good(started("verify", copy)) == verified
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 20
    document.close()
    assert word.stat().st_size > 20_000
    assert excel.stat().st_size > 20_000
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
