"""Write docs/handbook: `python -m tools.handbook`, or into another folder."""

import sys
from pathlib import Path

from tools.handbook.book import pages

HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook"


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else HANDBOOK
    folder.mkdir(parents=True, exist_ok=True)
    made = pages()
    for old in set(folder.glob("*.html")) - {folder / name for name in made}:
        old.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{folder}: {len(made)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
