"""The bill of materials of a release: ``python -m tools.sbom [FILE]`` writes CycloneDX 1.6 (JSON).

Python packages come from requirements.lock, front-end packages from package-lock.json; licences from the
packages themselves, where they do not say it in words of SPDX from ``SAID``. The file tells nothing of the
machine that made it and is the same for the same lock files.
"""

import base64
import importlib.metadata
import json
import re
import sys
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "dist" / "sbom.cdx.json"
SPACE = uuid.UUID("6f2a3c1e-58a4-4d0e-9a57-3f1d0a6c9b11")
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)(?:\s*;\s*([^\\]+?))?\s*\\?$")
# Licences that oblige whoever runs or passes on Wurt to more than the EUPL does.
FORBIDDEN = re.compile(r"(?<![A-Z])A?GPL-|SSPL|BUSL|Commons-Clause|CC-BY-NC", re.IGNORECASE)

SAID = {
    "pyrage": "MIT",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "tzdata": "Apache-2.0",
    "colorama": "BSD-3-Clause",
}
"""What packages do not say in such words, or that are not installed on every system."""
_WORDS = {
    "mit": "MIT",
    "mit license": "MIT",
    "apache software license": "Apache-2.0",
    "apache license 2.0": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd license": "BSD-3-Clause",
    "bsd": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "isc license (iscl)": "ISC",
    "historical permission notice and disclaimer (hpnd)": "HPND",
}


def pinned(lock: str) -> list[tuple[str, str]]:
    """Name and version of everything in a lock file of Python."""
    found = []
    for line in lock.splitlines():
        match = _PINNED.match(line)
        if match:
            found.append((match[1], match[2]))
    return found


def licence_of(name: str) -> str:
    """The SPDX expression of an installed package; empty if nobody says it."""
    if name in SAID:
        return SAID[name]
    try:
        told = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if told.get("License-Expression"):
        return str(told["License-Expression"])
    classes = [
        one.rsplit(" :: ", 1)[-1] for one in told.get_all("Classifier", []) if one.startswith("License")
    ]
    for words in [*classes, (told.get("License") or "").split("\n")[0]]:
        if words.lower() in _WORDS:
            return _WORDS[words.lower()]
        if re.fullmatch(r"[A-Za-z0-9.-]+(?: (?:OR|AND) [A-Za-z0-9.-]+)*", words) and any(
            c.isdigit() for c in words
        ):
            return words
    return ""


def _python() -> list[dict[str, Any]]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [_component("pypi", name, version, licence_of(name), "required") for name, version in pinned(lock)]


def _node() -> list[dict[str, Any]]:
    """Front-end packages: what is compiled into our files, and the tools that do it ("excluded")."""
    shipped = {"@kern-ux/native"}
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    found = []
    for path, one in packages.items():
        name = path.rpartition("node_modules/")[2]
        if not name:
            continue
        made = _component(
            "npm", name, one["version"], one.get("license", ""), "required" if name in shipped else "excluded"
        )
        kind, _, value = one["integrity"].partition("-")
        digest = base64.b64decode(value).hex()
        made["hashes"] = [{"alg": {"sha512": "SHA-512", "sha1": "SHA-1"}[kind], "content": digest}]
        found.append(made)
    return found


def _component(kind: str, name: str, version: str, licence: str, scope: str) -> dict[str, Any]:
    purl = f"pkg:{kind}/{name.replace('@', '%40')}@{version}"
    made: dict[str, Any] = {
        "type": "library", "bom-ref": purl, "name": name, "version": version, "scope": scope, "purl": purl,
    }  # fmt: skip
    if licence:
        made["licenses"] = [{"expression": licence}]
    return made


def bill() -> dict[str, Any]:
    """The whole document."""
    version = re.search(
        r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert version is not None
    components = sorted([*_python(), *_node()], key=lambda one: str(one["purl"]))
    needed = [one["bom-ref"] for one in components if one["scope"] == "required"]
    serial = uuid.uuid5(SPACE, json.dumps(components, sort_keys=True) + version[1])
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "wurt",
                "name": "wurt",
                "version": version[1],
                "licenses": [{"expression": "EUPL-1.2"}],
            }
        },
        "components": components,
        "dependencies": [{"ref": "wurt", "dependsOn": needed}],
    }


def faults(document: dict[str, Any]) -> list[str]:
    """Components without a licence, or with one that does not go with Wurt's own."""
    found = []
    for one in document["components"]:
        licences = [entry["expression"] for entry in one.get("licenses", [])]
        if not licences:
            found.append(f"{one['name']}: no licence known")
        found += [f"{one['name']}: {text}" for text in licences if FORBIDDEN.search(text)]
    return found


def main() -> None:
    """Write the file; fail if a licence does not fit."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    document = bill()
    wrong = faults(document)
    if wrong:
        sys.exit("\n".join(["Licences:", *wrong]))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(document['components'])} components → {target}")


if __name__ == "__main__":
    main()
