"""Which findings stand under which value of a page; missing values are shown by their badges."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from forms.address import Address
from forms.checks.finding import Finding
from forms.checks.required import RULE_FIELD, RULE_ROW, RULE_TABLE
from forms.schema import Severity
from ui.fields.roles import FINDING_MUST, FINDING_SHOULD
from ui.text import tr

_BADGED = (RULE_FIELD, RULE_ROW, RULE_TABLE)

Remarks = dict[Address, tuple[Finding, ...]]


def remarks_of(findings: Iterable[Finding], section: str) -> Remarks:
    """The findings of a section by every place they name there, gravest first."""
    found: dict[Address, list[Finding]] = {}
    for finding in findings:
        if finding.rule in _BADGED:
            continue
        for place in finding.places:
            if place.section == section:
                found.setdefault(place, []).append(finding)
    return {
        place: tuple(listed if len(listed) == 1 else sorted(listed, key=_is_mild))
        for place, listed in found.items()
    }


def _is_mild(finding: Finding) -> bool:
    return finding.severity is Severity.SHOULD


def remark_sentence(finding: Finding) -> str:
    """A finding in one sentence, with its sign, gravity and remedy in words."""
    if finding.severity is Severity.MUST:
        return tr("● 必须改：{sentence}{remedy}").format(
            sentence=finding.sentence, remedy=finding.remedy
        )
    return tr("▲ 建议改：{sentence}{remedy}").format(
        sentence=finding.sentence, remedy=finding.remedy
    )


def remarks_with_mends(findings: tuple[Finding, ...]) -> str:
    """Findings line by line as rich text, a link named by its number where one offers a mend."""
    lines: list[str] = []
    for number, finding in enumerate(findings):
        line = escape(remark_sentence(finding), quote=False)
        if finding.mend is not None:
            line += f' <a href="{number}">{escape(finding.mend.label, quote=False)}</a>'
        lines.append(line)
    return "<br>".join(lines)


def remark_role(findings: tuple[Finding, ...]) -> str:
    """The role of a label that shows these findings."""
    must = any(finding.severity is Severity.MUST for finding in findings)
    return FINDING_MUST if must else FINDING_SHOULD
