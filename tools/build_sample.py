"""Make the sample plan: resources/packs/ndrc-2021-1004/sample.json and its pictures.

Run `python3 -m tools.build_sample` in the repository after changing the pack or tools/sample. All
names and figures are invented. Computed figures and the numbers in the prose are asked from the
program itself, so text and data cannot disagree; tests compare the result with the files.
"""

from __future__ import annotations

import json
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

from PIL import Image

from forms.loading import load_pack
from forms.plan_json import FORMAT, VERSION, plan_from_json, plan_to_json
from forms.schema import Pack
from forms.view import PlanView, evaluate
from tools.sample import (
    baseline,
    conventions,
    links,
    lists,
    organisation,
    outlook,
    pictures,
    projects,
    tasks,
    texts_baseline,
    texts_end,
    texts_front,
)
from tools.sample.decimals import HISTORY, stored
from tools.sample.drawing import Sheet
from tools.sample.numbers import Numbers

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "packs" / "ndrc-2021-1004"
CLEAN = ("f02", "f04", "f05", "f06", "f07")  # natural gas and the renewables
Sections: TypeAlias = "dict[str, dict[str, object]]"


def main() -> None:
    """Write the sample into the pack's folder; pictures no longer used go."""
    pack = load_pack(FOLDER)
    data, drawn = build(pack)
    folder = FOLDER / "pictures"
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        if path.name not in drawn:
            path.unlink()
    for name, content in drawn.items():
        (folder / name).write_bytes(content)
    (FOLDER / "sample.json").write_text(as_text(data), encoding="utf-8", newline="\n")
    size = sum(map(len, drawn.values()))
    print(f"{len(as_text(data).encode()):,} bytes, {len(drawn)} pictures of {size:,} bytes")


def as_text(data: dict[str, object]) -> str:
    """The data as it is stored."""
    return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def build(pack: Pack) -> tuple[dict[str, object], dict[str, bytes]]:
    """The sample's data, and its pictures by name."""
    sections = _figures()
    view = _view(pack, sections)
    _clean_energy(sections, Numbers(view))
    sections["scope"]["factor_checks"] = conventions.factor_checks(view)
    n = Numbers(_view(pack, sections))
    sections["targets"] = outlook.targets(n)
    sections["outcomes"] = {"own_indicators": outlook.own_indicators()}
    n = Numbers(_view(pack, sections))
    sections["outcomes"]["indicators"] = outlook.indicators(n)
    n = Numbers(_view(pack, sections))
    for text in (texts_front.texts(n), texts_baseline.texts(n), tasks.texts(n), texts_end.texts(n)):
        for address, words in text.items():
            section, _, item = address.partition("/")
            sections.setdefault(section, {})[item] = words
    drawn = _draw(sections, n)
    return dict(plan_to_json(pack, _view(pack, sections).answers)), drawn


def _figures() -> Sections:
    sections: Sections = {**conventions.sections(), **baseline.sections()}
    sections["industry"]["chain_links"] = links.chain_links()
    sections["enterprises"] = {"key_enterprises": lists.enterprises()}
    sections["waste"].update(
        solid_waste=lists.solid_waste(), hazardous_waste=lists.hazardous_waste()
    )
    sections["pollution"]["facilities"] = lists.treatment()
    sections["infrastructure"] = {"facilities_list": lists.infrastructure()}
    for task, measures in tasks.measures().items():
        sections[f"task_{task}"] = {"measures": measures, "not_involved": False}
    sections["projects"] = {"list": projects.rows()}
    sections["leadership"] = {"leading_group": organisation.leading_group()}
    sections["duties"] = {"duty_table": organisation.duty_table()}
    sections["schedule"] = {"milestones": organisation.milestones()}
    sections["other_assurance"] = {"own_safeguards": organisation.own_safeguards()}
    return sections


def _clean_energy(sections: Sections, n: Numbers) -> None:
    totals = sections["energy"]["totals"]
    assert isinstance(totals, dict)
    totals["clean"] = {
        str(year): stored(n.total(f"energy/balance/{row}/tce/{year}" for row in CLEAN))
        for year in HISTORY
    }


def _plan(pack: Pack, sections: Sections) -> dict[str, object]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "pack": pack.id,
        "pack_version": pack.version,
        "sections": sections,
    }


def _view(pack: Pack, sections: Sections) -> PlanView:
    plain = json.loads(json.dumps(_plan(pack, sections)))
    return evaluate(pack, plan_from_json(pack, plain))


def _draw(sections: Sections, n: Numbers) -> dict[str, bytes]:
    drawn: dict[str, bytes] = {}
    before = _drawn_before()

    def picture(name: str, sheet: Sheet) -> dict[str, object]:
        # PNG bytes may differ between builds of zlib: a picture drawn the same keeps its bytes.
        content = before.get(_pixels(sheet.image)) or sheet.png()
        key = sha256(content).hexdigest()
        drawn[key] = content
        width, height = sheet.image.size
        size = {"width": width, "height": height}
        return {"sha256": key, "name": f"{name}.png", "media_type": "image/png", **size}

    sections["overview"]["location_map"] = picture("区位图", pictures.location_map())
    year = f"底图：总体规划（2021—2035年），数据为{conventions.BASE}年"
    maps = (
        ("boundary", "四至范围图", pictures.boundary(), "底图：2014年扩区批复附图"),
        ("layout", "产业布局图", pictures.layout(), year),
        (
            "project_layout",
            "重点项目分布图",
            pictures.project_layout(n),
            "编号与重点项目汇总表一致",
        ),
        ("pipe_network", "供热、中水与公共管廊管网图", pictures.pipe_network(), year),
        ("material_flow", "物质流图", pictures.material_flow(n), "2025年企业原材料台账、基101表"),
        ("energy_flow", "能流图", pictures.energy_flow(n), "2025年205-1表，电力按当量值"),
        ("water_balance", "水平衡图", pictures.water_balance(n), "2025年205-4表、水务公司售水量"),
    )
    sections["maps"] = {
        "pictures": [
            {
                "id": f"v{number:02}",
                "kind": kind,
                "title": f"{conventions.PARK}{title}",
                "note": note,
                "picture": picture(title, sheet),
            }
            for number, (kind, title, sheet, note) in enumerate(maps, start=1)
        ]
    }
    documents = organisation.documents()
    for document in documents:
        words = [str(document.get(key, "")) for key in ("title", "number", "issuer", "issued")]
        document["picture"] = picture(f"附件{document['id']}", pictures.scan(*words))
    sections["scans"] = {"documents": documents}
    return drawn


def _pixels(image: Image.Image) -> bytes:
    plain = image.convert("RGB")
    return sha256(repr(plain.size).encode() + plain.tobytes()).digest()


def _drawn_before() -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for path in sorted((FOLDER / "pictures").glob("*")):
        content = path.read_bytes()
        with Image.open(BytesIO(content)) as image:
            found[_pixels(image)] = content
    return found


if __name__ == "__main__":
    main()
