"""A consultant takes sixty projects from LibreOffice and WPS, mends three findings, and prints."""

from __future__ import annotations

import json
import subprocess

import pytest

from tests.commands.verbs import good, started
from tests.journeys.papers import words_of
from tests.journeys.screen import Screen, must_have

HALF = 30
HEAD = "项目名称,建设单位,建设内容及规模,总投资（万元）"


def workbook(folder):
    """Half of the projects, as LibreOffice saves a workbook."""
    must_have({"localc": "libreoffice-calc"})
    text = folder / "projects.csv"
    rows = [
        f'工作簿项目{n},第{n}公司,"改造{n}条生产线，\n含配套设施","{1000 + n:,}.50"'
        for n in range(1, HALF + 1)
    ]
    text.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    office = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    how = ("--headless", office, "--infilter=CSV:44,34,76", "--convert-to", "xlsx")
    command = ["soffice", *how, "--outdir", str(folder), str(text)]
    subprocess.run(command, check=True, capture_output=True)
    return folder / "projects.xlsx"


def copied_rows():
    """The other half as WPS puts it on the clipboard: tabs, and quotes around line breaks."""
    return "\n".join(
        f'剪贴板项目{n}\t乙{n}公司\t\t\t\t\t"改造{n}座锅炉，\n含管网"' for n in range(1, HALF + 1)
    )


def findings(plan):
    """What the verb says of the plan, by line."""
    return [line for line in started("check", plan).out.splitlines() if "缺少：" in line]


@pytest.mark.long
def test_that_sixty_projects_are_taken_mended_and_printed(tmp_path):
    taken = workbook(tmp_path)
    with Screen(tmp_path) as screen:
        screen.begin_plan("青湖经济开发区")
        screen.go_to("重点项目", "Down")
        screen.go_to("从 Excel 取数")
        screen.wait_for("从 Excel 取数")
        screen.write(str(taken))
        screen.keys("Return")
        screen.wait_for("取数到“重点项目”")
        screen.keys("Return")
        screen.wait_for("青湖")
        screen.keys("ctrl+End", "Tab", "Home")  # a new row below
        screen.copy(copied_rows())
        screen.keys("ctrl+v")
        screen.wait_for("粘贴到“重点项目”")
        screen.keys("Return")
        screen.wait_for("青湖")
        screen.picture("sixty")
        before = screen.save_as(tmp_path / "before.yuance")

        screen.keys("F4")  # the park's level
        screen.keys("Down")
        screen.keys("F4")  # who wrote the plan
        screen.write("青湖管理委员会")
        screen.keys("F4", "F4")  # past a factor, to the area
        screen.write("12.5")
        screen.keys("Return")
        screen.picture("mended")
        after = screen.save_as(tmp_path / "after.yuance")
        printed = screen.print_all()
        screen.leave()

    assert len(findings(before)) - len(findings(after)) == 3
    sections = json.loads(good(started("dump", after)))["sections"]
    projects = sections["projects"]["list"]
    assert [row["name"] for row in projects] == [
        *(f"工作簿项目{n}" for n in range(1, HALF + 1)),
        *(f"剪贴板项目{n}" for n in range(1, HALF + 1)),
    ]
    assert projects[6]["content"].startswith("改造7条生产线")
    assert sections["cover"]["compiler"] == "青湖管理委员会"
    for suffix, path in printed.items():
        words = words_of(path)
        wanted = [f"{each}项目{n}" for each in ("工作簿", "剪贴板") for n in range(1, HALF + 1)]
        assert [each for each in wanted if each not in words] == [], suffix
