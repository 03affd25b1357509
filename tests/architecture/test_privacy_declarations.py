"""What is declared about people is executable: a way to the person and a rule, or a reason why not."""

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from wurt.core.accounts.models import User
from wurt.core.db.privacy import DataClass, Kept, Privacy
from wurt.core.privacy.about import leads_to_people, tables
from wurt.core.privacy.sweeps import overdue, registered

PERSONAL = {DataClass.PERSONAL, DataClass.SENSITIVE}


def gaps(model: type[models.Model], privacy: Privacy, sweeps: set[str]) -> list[str]:
    """What a declaration lacks."""
    names = [field.name for field in model._meta.concrete_fields]
    faults = []
    if any(privacy.of(name) in PERSONAL for name in names):
        if bool(privacy.subject) == bool(privacy.no_subject):
            faults.append("needs a subject, or a reason why there is none")
        if [bool(privacy.kept), bool(privacy.sweep), bool(privacy.no_rule)].count(True) != 1:
            faults.append("needs one of kept, sweep, no_rule")
        if privacy.activity is None:
            faults.append("belongs to no activity of the register")
    for path in privacy.subject:
        try:
            if not leads_to_people(model, path):
                ends = model._meta.get_field(path)
                if not isinstance(ends, models.CharField | models.UUIDField):
                    faults.append(f"{path} ends at no person")
        except FieldDoesNotExist:
            faults.append(f"{path} does not exist")
    faults += [f"withheld {name} does not exist" for name in sorted(privacy.withheld - set(names))]
    if privacy.sweep and privacy.sweep not in sweeps:
        faults.append(f"no sweep is called {privacy.sweep}")
    return faults


@pytest.mark.parametrize(
    ("model", "privacy"), list(tables()), ids=lambda value: getattr(value, "__name__", "")
)
def test_every_declaration_can_be_carried_out(model, privacy):
    assert gaps(model, privacy, set(registered())) == []


@pytest.mark.django_db
def test_every_rule_is_a_query_that_the_database_answers():
    ruled = [(model, privacy.kept) for model, privacy in tables() if privacy.kept is not None]
    assert sorted(model._meta.label_lower for model, _kept in ruled) == [
        "account.emailconfirmation",
        "accounts.emailchange",
        "action.oncetoken",
        "agenda.remark",
        "assisted.assistance",
        "assisted.letter",
        "assisted.mandate",
        "moderation.absence",
        "notices.direct",
        "outbox.delivery",
        "privacy.disposal",
        "privacy.erasure",
        "services.servicestaff",
        "services.tester",
        "sessions.session",
        "tenancy.grant",
        "usersessions.usersession",
        "visits.activeaccount",
        "visits.counterrun",
        "visits.visitorcount",
    ]
    assert [overdue(model, kept).count() for model, kept in ruled] == [0] * len(ruled)


def test_a_careless_declaration_is_noticed():
    careless = Privacy(
        purpose="x",
        retention="x",
        default=DataClass.PERSONAL,
        subject=("gone", "language", "is_active"),
        no_subject="and a reason too",
        withheld=frozenset({"nothing"}),
        kept=Kept(days=1, since="created"),
        sweep="nobody",
    )
    assert gaps(User, careless, {"people"}) == [
        "needs a subject, or a reason why there is none",
        "needs one of kept, sweep, no_rule",
        "belongs to no activity of the register",
        "gone does not exist",
        "is_active ends at no person",
        "withheld nothing does not exist",
        "no sweep is called nobody",
    ]
