"""All pages of the handbook, as they lie in docs/handbook."""

from collections.abc import Mapping
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.preview.bubble import style
from tools.handbook.tasks import TASKS
from tools.handbook.workshop import NOW, ROOT, workshop

TITLES: Final[Mapping[str, str]] = {
    "add_service": "Eine Stelle hinzufügen",
    "change_hours": "Öffnungszeiten ändern",
    "closure": "Eine Stelle macht Ferien",
    "confirm": "Eine Stelle bestätigen",
    "add_rule": "Eine Regel hinzufügen",
    "messages": "Was die Meldungen bedeuten",
    "back": "Zurück zu früher",
    "prove": "Findet jeder Mensch eine Tür?",
    "diff": "Wen trifft meine Änderung?",
}
"""In the order of the handbook."""


def pages() -> dict[str, str]:
    """File name -> page; nothing on them depends on the day or the machine."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "tools" / "handbook" / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    css, _, _ = environment.loader.get_source(environment, "handbook.css")
    environment.globals |= {
        "titles": TITLES,
        "style": style() + Markup(css),  # noqa: S704 - our own file
        "now": NOW,
    }
    made = {"index.html": environment.get_template("index.html").render(page="index")}
    for name in TITLES:
        with workshop() as shop:
            facts = TASKS[name](shop)
        made[f"{name}.html"] = environment.get_template(f"{name}.html").render(page=name, **facts)
    return {name: _tidy(text) for name, text in made.items()}


def _tidy(text: str) -> str:
    """Without spaces at the ends of lines, which editors take away."""
    return "\n".join(line.rstrip() for line in text.rstrip().split("\n")) + "\n"
