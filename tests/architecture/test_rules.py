"""The house rules hold, and each of them notices the breach it is made for."""

from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.rules import RULES, faults

pytestmark = pytest.mark.no_database

PACKAGE = Path(__file__).parents[2] / "wurt"

BREACHES = {
    rules.hidden_imports: ("modules/toy/actions.py", "def f():\n    import json\n    return json\n"),
    rules.signals: ("modules/toy/handlers.py", "from django.db.models.signals import post_save\n"),
    rules.overridden_save: ("modules/toy/models.py", "class A:\n    def save(self):\n        pass\n"),
    rules.fetched_models: ("modules/toy/queries.py", "def f(actor, apps):\n    return apps.get_model('x')\n"),
    rules.actions_without_actor: (
        "core/toy.py",
        '@action("toy.do")\ndef do(*, name):\n    return name\n',
    ),
    rules.long_files: ("modules/toy/models.py", "\n" * 401),
    rules.drawers: ("modules/toy/helpers.py", ""),
    rules.loose_transactions: (
        "modules/toy/actions.py",
        "from django.db import transaction\nwith transaction.atomic():\n    pass\n",
    ),
    rules.vendor_branches: ("modules/toy/queries.py", "def f(actor, c):\n    return c.vendor\n"),
    rules.network: ("modules/toy/handlers.py", "import urllib.request\n"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rules(rule):
    assert faults(PACKAGE, rule) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_each_rule_notices_its_breach(rule, tmp_path):
    name, text = BREACHES[rule]
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    found = faults(tmp_path, rule)
    assert len(found) == 1
    assert found[0].startswith(f"{name}:")
    assert [other.__name__ for other in RULES if other is not rule and faults(tmp_path, other)] == []


def test_who_asks_says_who_they_are():
    assert rules.queries_without_actor(rules.sources(PACKAGE)) == []


@pytest.mark.parametrize(
    ("query", "view", "faults_found"),
    [
        ("def stops(limit): ...", "from wurt.modules.toy.queries import stops", 1),
        ("def stops(actor, limit): ...", "from wurt.modules.toy.queries import stops", 0),
        ("def stops(limit): ...", "", 0),
    ],
    ids=["asked without actor", "with actor", "shared among queries"],
)
def test_a_question_without_actor_is_noticed(query, view, faults_found, tmp_path):
    folder = tmp_path / "modules" / "toy"
    folder.mkdir(parents=True)
    (folder / "queries.py").write_text(query)
    (folder / "views.py").write_text(view)
    assert len(rules.queries_without_actor(rules.sources(tmp_path))) == faults_found


def test_no_exception_outlives_its_reason():
    """Every named exception still points to a file that is there."""
    named = (
        rules.SIGNALS_ALLOWED | rules.ATOMIC_ALLOWED | rules.GET_MODEL_ALLOWED | rules.VENDOR_ALLOWED
    ) | {entry.split(":")[0] for entry in rules.ACTOR_NOT_NEEDED}
    assert [name for name in sorted(named) if not (PACKAGE / name).is_file()] == []
