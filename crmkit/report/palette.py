"""The report's colours, once: safe for colour-blind readers, ordered by lightness for grey print.

Every colour has a role. Drawings carry the role as a CSS variable (`var(--c-regular, #17506b)`), so
that the page decides how it looks in the light and in the dark; the value here is what stands without
a page around it.
"""

from __future__ import annotations

import re

#: Role → colour on a light page. Every value is used once, so that a drawing's colours tell their roles.
LIGHT: dict[str, str] = {
    # words and lines
    "ink": "#18222c", "muted": "#5a6673", "faint": "#8a95a1", "rule": "#dde3e9", "track": "#eef1f4",
    # segments
    "regular": "#17506b", "occasional": "#5899b4", "rare": "#e5b662", "no_write_trace": "#b7c1cb",
    "not_assessable": "#ccd4dc", "used": "#35758f",
    # words on them
    "on_regular": "#fdfeff", "on_occasional": "#08202c", "on_rare": "#2b1d03", "on_no_write_trace": "#1d262f",
    "on_not_assessable": "#1e2730", "on_used": "#fbfefd",
    # steps of one thing: bands, number of areas, the client's own groups
    "step_1": "#3b3f78", "step_2": "#6f79b3", "step_3": "#a6afd6", "step_4": "#d6daea",
    "on_step_1": "#fcfdff", "on_step_2": "#fefefc", "on_step_3": "#16193a", "on_step_4": "#191c3d",
    # kinds of change, and what a goal is measured by
    "technical": "#1f5f7d", "organisational": "#8a5a9e", "cultural": "#c2701e", "target": "#c4711f",
    "alarm": "#b0452c",
    # answers
    "agree": "#16516c", "neutral": "#cfd6dd", "disagree": "#d98b3d", "on_agree": "#fcfeff",
    "on_disagree": "#2c1d04", "on_neutral": "#1f2831",
}  # fmt: skip

#: Role → colour on a dark page.
DARK: dict[str, str] = {
    "ink": "#e7ecf1", "muted": "#a4afba", "faint": "#77828e", "rule": "#2b353f", "track": "#1e2730",
    "regular": "#8acce6", "occasional": "#3b7d99", "rare": "#d3a147", "no_write_trace": "#56616c",
    "not_assessable": "#414b55", "used": "#62a4bf",
    "on_regular": "#06202b", "on_occasional": "#f4fafc", "on_rare": "#241903", "on_no_write_trace": "#eef2f5",
    "on_not_assessable": "#e9edf1", "on_used": "#071d26",
    "step_1": "#aab4f0", "step_2": "#7480c4", "step_3": "#4d5794", "step_4": "#333a60",
    "on_step_1": "#12152f", "on_step_2": "#0b0d20", "on_step_3": "#f1f3fd", "on_step_4": "#eceefa",
    "technical": "#69b3d1", "organisational": "#c193d6", "cultural": "#e69a4c", "target": "#e79b4d",
    "alarm": "#e58a70",
    "agree": "#6bb5d3", "neutral": "#47515b", "disagree": "#d6893b", "on_agree": "#07212c",
    "on_disagree": "#261a05", "on_neutral": "#e8edf1",
}  # fmt: skip

_ROLES = {colour: role for role, colour in LIGHT.items()}


def css_name(role: str) -> str:
    """Return the name of a role's CSS variable."""
    return f"--c-{role.replace('_', '-')}"


def css(role: str) -> str:
    """Return a role as a CSS value that also works without the report's style sheet."""
    return f"var({css_name(role)}, {LIGHT[role]})"


def with_roles(svg: str) -> str:
    """Return a drawing with the palette's colours replaced by their roles."""
    return re.sub(r"#[0-9a-f]{6}\b", lambda found: _as_role(found.group()), svg)


def _as_role(colour: str) -> str:
    return css(_ROLES[colour]) if colour in _ROLES else colour


def variables(*, dark: bool = False) -> str:
    """Return the declarations of all roles for a style sheet."""
    return " ".join(f"{css_name(role)}: {colour};" for role, colour in (DARK if dark else LIGHT).items())
