"""Write docs/security/asvs.md from asvs.toml: ``python tools/asvs.py`` (``--check``: fail if it is stale)."""

import sys
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "security"
CHAPTERS = {
    "V1": "Encoding and sanitisation",
    "V2": "Validation and business rules",
    "V3": "Browsers",
    "V4": "Interface and web service",
    "V5": "Files",
    "V6": "Signing in",
    "V7": "Sessions",
    "V8": "Permissions",
    "V9": "Self-contained tokens",
    "V10": "OAuth and OpenID Connect",
    "V11": "Cryptography",
    "V12": "Connections",
    "V13": "Configuration",
    "V14": "Data protection",
    "V15": "Code and architecture",
    "V16": "Logs and errors",
}
HEAD = ("| No. | L | About | | How | Where | Proof |", "|---|---|---|---|---|---|---|")
SIGNS = {"met": "met", "open": "**open**", "not applicable": "n/a"}


@dataclass(frozen=True)
class Requirement:
    """One line: ``proofs`` are ``path::test`` or ``page#heading``."""

    number: str
    level: int
    about: str
    state: str
    how: str
    where: str
    proofs: tuple[str, ...]


def read() -> list[Requirement]:
    """All requirements in their order."""
    data = tomllib.loads((FOLDER / "asvs.toml").read_text(encoding="utf-8"))
    names = data["files"]

    def spelled(proof: str) -> str:
        short, colons, test = proof.partition("::")
        return f"{names[short]}::{test}" if colons else proof

    return [
        Requirement(number, level, about, state, how, where, tuple(map(spelled, proofs)))
        for chapter in CHAPTERS
        for number, (level, about, state, how, where, proofs) in data[chapter].items()
    ]


def _link(target: str) -> str:
    path, _, fragment = target.partition("#")
    name = Path(path).name
    return f"[{name}](../../{path}{'#' + fragment if fragment else ''})" if target else ""


def _proof(proof: str) -> str:
    path, colons, test = proof.partition("::")
    return f"[{test.removeprefix('test_').replace('_', ' ')}](../../{path})" if colons else _link(proof)


def page(found: list[Requirement]) -> str:
    """The page."""
    states = Counter(one.state for one in found)
    lines = [
        "# OWASP ASVS 5.0, levels 1 and 2",
        "",
        "<!-- Made by tools/asvs.py from asvs.toml. Change that, then run it again. -->",
        "",
        "The Application Security Verification Standard 5.0.0 has 345 requirements, 253 of them on levels 1 "
        f"and 2. V17 (WebRTC, 7) does not concern us; of the other {len(found)} **{states['met']} are met**, "
        f"{states['not applicable']} are not applicable and **{states['open']} are open**, each with the "
        "reason. The words are ours; the standard's own text stands at OWASP (CC BY-SA 4.0). A test makes "
        "sure that every number is here, that every file, heading and test named exists, and that nothing is "
        "open without a reason.",
    ]
    for chapter, title in CHAPTERS.items():
        lines += [
            "",
            f"## {chapter} {title}",
            "",
            "| No. | L | About | | How | Where | Proof |",
            "|---|---|---|---|---|---|---|",
        ]
        for one in found:
            if f"V{one.number.split('.')[0]}" == chapter:
                proofs = " · ".join(map(_proof, one.proofs))
                lines.append(
                    f"| {one.number} | {one.level} | {one.about} | {SIGNS[one.state]} | {one.how} | "
                    f"{_link(one.where)} | {proofs} |"
                )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write or compare."""
    target, text = FOLDER / "asvs.md", page(read())
    if "--check" in sys.argv:
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            print("Stale: docs/security/asvs.md. Run: python tools/asvs.py")
            sys.exit(1)
    else:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
