"""What the code never does, or does only where it is listed with a reason (ASVS 5.0, V1, V6, V11, V15)."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import password_validation
from django.test import Client

from tests.access.world import World
from tests.architecture.rules import Source, sources
from wurt.core.accounts.models import User

pytestmark = pytest.mark.no_database

PACKAGE = Path(__file__).parents[2] / "wurt"
SOURCES = sources(PACKAGE)

DANGEROUS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.load", "pickle.loads",
    "marshal.loads", "shelve.open", "yaml.load", "django.template.Template", "Template", "hashlib.md5",
    "hashlib.sha1",
}  # fmt: skip
DANGEROUS_ALLOWED = {
    ("modules/agenda/importing/sandbox.py", "pickle.loads"): "what our own child wrote into our own pipe",
    ("core/web/views/styleguide.py", "Template"): "the style guide's own samples, for developers",
}


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def calls(source: Source) -> list[tuple[str, ast.Call]]:
    return [(name_of(node.func), node) for node in ast.walk(source.tree) if isinstance(node, ast.Call)]


def test_nothing_dangerous_is_called() -> None:
    found = {(source.name, name) for source in SOURCES for name, _ in calls(source) if name in DANGEROUS}
    assert found - set(DANGEROUS_ALLOWED) == set()
    shells = [
        source.name
        for source in SOURCES
        for _, call in calls(source)
        for keyword in call.keywords
        if keyword.arg == "shell"
        and not (isinstance(keyword.value, ast.Constant) and not keyword.value.value)
    ]
    assert shells == []


UNESCAPED = re.compile(r"\bmark_safe\(|\bSafeString\(|\|safe\b|autoescape off|\bSafeText\(|html_safe")


def test_escaping_is_switched_off_only_where_listed() -> None:
    listed = {
        "core/web/text.py",  # after nh3
        "core/web/formview.py",  # the empty text
        "core/web/icons.py",
        "core/web/marks.py",
        "core/web/templatetags/wurt.py",
        "core/web/theme.py",
        "core/web/views/styleguide.py",
        "core/web/samples.py",
        "core/notices/rendering.py",  # addresses of mails, made by reverse
        "core/notices/mails.py",  # text, not HTML
        "modules/agenda/exports/gantt.py",  # SVG whose texts are escaped one by one
    }
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    names = {
        str(path.relative_to(PACKAGE))
        for path in files
        if "tests" not in path.parts and UNESCAPED.search(path.read_text(encoding="utf-8"))
    }
    assert names - listed == set()


def test_raw_sql_stands_only_where_listed() -> None:
    raw = re.compile(r"\.execute\(|\.executemany\(|objects\.raw\(|RawSQL\(|objects\.extra\(|executescript\(")
    names = {source.name for source in SOURCES if raw.search(source.text)}
    listed = {
        "core/audit/triggers.py",
        "core/operate/checks.py",
        "core/backup/restore.py",
        "core/privacy/find.py",  # table and column names of our own models, the text looked for is bound
        "core/privacy/disk.py",
    }
    own = ("core/db/", "core/search/", "cli/")
    assert {name for name in names - listed if not name.startswith(own)} == set()


OUR_WORDS = {"modules/agenda/importing/statuses.py"}
"""Puts its own vocabulary into patterns."""


def test_what_people_type_is_no_pattern() -> None:
    """Patterns are constants; one made at run time escapes what goes into it."""
    made = []
    for source in SOURCES:
        for name, call in calls(source):
            if not re.fullmatch(r"re\.(compile|match|search|fullmatch|sub|split|findall|finditer)", name):
                continue
            pattern = call.args[0]
            inside_function = any(
                isinstance(node, ast.FunctionDef) and node.lineno <= call.lineno <= (node.end_lineno or 0)
                for node in ast.walk(source.tree)
            )
            if inside_function and not isinstance(pattern, ast.Constant):
                names = {node.id for node in ast.walk(pattern) if isinstance(node, ast.Name)}
                constant = all(one.lstrip("_").isupper() for one in names)
                if "escape" not in ast.dump(pattern) and not constant and source.name not in OUR_WORDS:
                    made.append(f"{source.name}:{call.lineno}")
    assert made == []


def test_no_form_takes_all_fields() -> None:
    assert [one.name for one in SOURCES if "__all__" in one.text and "fields" in one.text] == []
    models = [
        source.name
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute | ast.Name) and "modelform" in name_of(node).lower()
    ]
    assert models == []


def test_what_must_not_be_guessed_comes_from_the_secure_generator() -> None:
    importing = {
        source.name
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Import) and any(alias.name == "random" for alias in node.names)
    }
    spread = "core/outbox/worker.py"  # spreads the next try in time; nobody gains by guessing it
    assert {name for name in importing - {spread} if not name.startswith(("cli/", "counties/"))} == set()


def test_hashes_and_ciphers_are_from_the_list() -> None:
    """SHA-2, BLAKE2 and HMAC with them, Fernet, age, EC keys: and nothing else of hashlib or cryptography."""
    hashes = {name for source in SOURCES for name, _ in calls(source) if name.startswith("hashlib.")}
    assert hashes <= {"hashlib.sha256", "hashlib.blake2b", "hashlib.sha512", "hashlib.file_digest"}
    modules = {
        node.module
        for source in SOURCES
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cryptography")
    }
    below = "cryptography.hazmat.primitives"
    allowed = {below, f"{below}.asymmetric", f"{below}.serialization", "cryptography.exceptions"}
    assert modules <= {"cryptography.fernet", "cryptography.hazmat.backends", f"{below}.kdf.hkdf", *allowed}
    weak = [
        source.name
        for source in SOURCES
        for name, call in calls(source)
        if name.endswith("salted_hmac") and not any(one.arg == "algorithm" for one in call.keywords)
    ]
    assert weak == [], "Django's default for salted_hmac is SHA-1: name sha256"


SCRIPT = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|parent\.postMessage"
    r"|opener|window\.addEventListener\(.message.|localStorage|document\.cookie|__proto__"
)


def test_scripts_use_nothing_dangerous() -> None:
    scripts = [path for path in PACKAGE.rglob("static/**/*.js") if "dist" not in path.parts]
    assert len(scripts) >= 2
    found = {path.name: sorted(set(SCRIPT.findall(path.read_text(encoding="utf-8")))) for path in scripts}
    assert {name: words for name, words in found.items() if words} == {}


def test_logs_go_to_the_streams_only() -> None:
    assert {one["class"] for one in settings.LOGGING["handlers"].values()} == {"logging.StreamHandler"}


LONG = ["äöü ß€ 🐑 schafe deich", "a b" * 21 + "x", "x" * 61 + "yzä", "             ünsichtbar"]


@pytest.mark.parametrize("password", LONG)
@pytest.mark.django_db
def test_passwords_may_hold_anything_and_are_long(writing, password) -> None:
    password_validation.validate_password(password)
    user = User.objects.create_user("a@moorland.example", password)
    for wrong in (
        password.strip() + "x",
        password[:-1],
        password.upper() if password.upper() != password else "x",
    ):
        assert not user.check_password(wrong)
    assert user.check_password(password)
    rules = {one["NAME"].rsplit(".", 1)[-1] for one in settings.AUTH_PASSWORD_VALIDATORS}
    assert rules == {"MinimumLengthValidator", "UserAttributeSimilarityValidator", "CommonPasswordValidator"}


@pytest.mark.django_db
def test_passwords_are_hidden_and_may_be_pasted() -> None:
    page = Client().get("/konto/login/").content.decode()
    field = re.search(r'<input[^>]*name="password"[^>]*>', page)
    assert field is not None
    assert 'type="password"' in field[0]
    assert 'autocomplete="current-password"' in field[0]
    assert "onpaste" not in page


def test_signing_out_is_on_every_page(world: World) -> None:
    for address in ("/", "/konto/", "/verwaltung/personen/", "/gibt-es-nicht/"):
        page = world.client("county_admin").get(address).content.decode()
        assert re.search(r'<form action="/konto/logout/" method="post">', page), address
