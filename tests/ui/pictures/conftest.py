"""Sessions and pages for the tests of this folder."""

from tests.ui.fields.plans import *  # noqa: F403
