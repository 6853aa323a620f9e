"""The severities of findings in words."""

from __future__ import annotations

from forms.schema import Severity
from ui.text import tr


def severity_name(severity: Severity) -> str:
    """The severity in words."""
    match severity:
        case Severity.MUST:
            return tr("必须改")
        case Severity.SHOULD:
            return tr("建议改")
