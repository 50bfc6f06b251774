"""无障碍说明: what the site offers to people who read or move with difficulty.

Promise: it names what every page has and claims no grade of any standard.
"""

from __future__ import annotations

from site_builder.model.page import Page
from site_builder.pages import routes
from site_builder.pages.application_views import AccessibilityView
from site_builder.pages.context import Context
from site_builder.pages.frames import contact_facts, frame

REACH = ("office", "phone", "email", "address", "hours")


def plan_accessibility(context: Context) -> tuple[Page, ...]:
    """wuzhangai.html."""
    path = routes.ACCESSIBILITY
    view = AccessibilityView(
        frame=frame(context.library, path, title="无障碍说明"),
        contact=contact_facts(context.library.config, REACH),
    )
    return (Page(path, "html", "pages/accessibility.html", view, ("config.yaml",)),)
