"""``can()`` and ``scope_q()`` are the same rule twice: for every permission, in any world, for anybody."""

from dataclasses import replace
from importlib import import_module
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings

import wurt
from tests.access.random_worlds import Plan, Who, World, actors, plans
from wurt.core.action.guard import writes_allowed
from wurt.core.action.permission import Permission, can, scope_q
from wurt.modules.agenda import policies as agenda

pytestmark = pytest.mark.django_db

THINGS = {
    "accounts.own_login": "tenancy.Person",
    "accounts.stop_email_change": "accounts.EmailChange",
    "agenda.create_agenda": "tenancy.Place",
    "agenda.create_project": "agenda.Agenda",
    "agenda.edit_agenda": "agenda.Agenda",
    "agenda.edit_month": "agenda.Month",
    "agenda.edit_project": "agenda.Project",
    "agenda.edit_report": "agenda.Report",
    "agenda.edit_report_any": "agenda.Report",
    "agenda.edit_strategy": "agenda.Agenda",
    "agenda.import": "agenda.ImportBatch",
    "agenda.manage_project": "agenda.Project",
    "agenda.publish_month": "agenda.Month",
    "agenda.remark": "agenda.Report",
    "agenda.run_meeting": "agenda.Meeting",
    "agenda.view_desk": "agenda.Agenda",
    "agenda.view_draft": "agenda.Month",
    "agenda.view_meeting": "agenda.Meeting",
    "agenda.view_month": "agenda.Month",
    "agenda.view_project": "agenda.Project",
    "agenda.view_project_draft": "agenda.Project",
    "agenda.view_report": "agenda.Report",
    "agenda.view_report_draft": "agenda.Report",
    "assisted.act_for": "tenancy.Place",
    "assisted.change_contact": "tenancy.Person",
    "assisted.end_mandate": "assisted.Mandate",
    "assisted.give_mandate": "tenancy.Person",
    "assisted.manage_offices": "tenancy.Place",
    "assisted.own_session": "assisted.Assistance",
    "assisted.upkeep": "tenancy.Place",
    "assisted.use_mandate": "assisted.Mandate",
    "campaigns.create_campaign": "tenancy.Place",
    "campaigns.edit_campaign": "campaigns.Campaign",
    "campaigns.manage_press": "tenancy.Place",
    "campaigns.send": "tenancy.Place",
    "links.create_link": "tenancy.Place",
    "links.manage_link": "links.Link",
    "indicators.compute": "tenancy.Place",
    "indicators.create": "tenancy.Place",
    "indicators.describe": "indicators.ManualIndicator",
    "indicators.enter": "indicators.ManualIndicator",
    "moderation.complain": "moderation.Case",
    "moderation.correct": "moderation.Correction",
    "moderation.decide": "moderation.Case",
    "moderation.decide_complaint": "moderation.Case",
    "moderation.manage": "tenancy.Place",
    "moderation.report": "tenancy.Place",
    "moderation.upkeep": "tenancy.Place",
    "moderation.view_case": "moderation.Case",
    "notices.call": "tenancy.Place",
    "notices.follow": "tenancy.Place",
    "notices.manage": "tenancy.Place",
    "notices.send": "tenancy.Place",
    "pages.create_page": "tenancy.Place",
    "pages.edit_page": "pages.Page",
    "pages.view_page": "pages.Page",
    "privacy.own_data": "tenancy.Person",
    "services.manage": "tenancy.Place",
    "services.sign_giver": "services.HandOver",
    "services.sign_taker": "services.HandOver",
    "services.tell": "tenancy.Place",
    "services.view_desk": "tenancy.Place",
    "services.view_handover": "services.HandOver",
    "tenancy.create_organisation": "tenancy.Place",
    "tenancy.edit_organisation": "tenancy.Organisation",
    "tenancy.grant_role": "tenancy.Place",
    "tenancy.manage_members": "tenancy.Organisation",
    "tenancy.manage_people": "tenancy.Place",
    "tenancy.manage_places": "tenancy.Place",
    "tenancy.view_organisation": "tenancy.Organisation",
    "tenancy.view_own_organisation": "tenancy.Organisation",
    "tenancy.view_places": "tenancy.Place",
}
"""On which table each permission is asked."""


def permissions() -> dict[str, Permission]:
    """Every permission of every ``policies`` module, by name."""
    found = {}
    for module in walk_packages(wurt.__path__, "wurt."):
        if module.name.endswith(".policies"):
            for permission in import_module(module.name).ALL:
                assert permission.name not in found, f"{permission.name} stands twice"
                found[permission.name] = permission
    return found


PERMISSIONS = permissions()


def disagreements(actor, chosen):
    """Where the two forms of a rule differ, as (permission, object)."""
    faults = []
    for name, permission in chosen.items():
        table = apps.get_model(THINGS[name])
        rows = list(table.objects.all())
        by_rule = [row.pk for row in rows if can(actor, permission, row)]
        by_sql = sorted(table.objects.filter(scope_q(actor, permission)).values_list("pk", flat=True))
        if sorted(by_rule) != by_sql:
            faults.append(name)
    return faults


def in_world(plan, who, chosen):
    """Build the world, compare, and forget it."""
    with transaction.atomic(), writes_allowed("world"):
        world = World(plan)
        faults = disagreements(world.actor(who), chosen)
        transaction.set_rollback(True)
    return faults


def test_every_permission_stands_in_the_table():
    assert sorted(PERMISSIONS) == sorted(THINGS)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(plan=plans, who=actors)
def test_the_rule_and_its_filter_agree(plan, who):
    assert in_world(plan, who, PERMISSIONS) == []


PLAN = Plan(
    parents=(0, 0, 1, 1),
    agendas=(0,),
    projects=((0, 2, 0, 1, False),),
    months=((0, False),),
    organisations=(0,),
    pages=((0, True),),
)
LEAD, DEPUTY, NOBODY = Who(0, (), True, False), Who(1, (), True, False), Who(None, (), False, False)

SABOTAGED = {
    "agenda.edit_project": (
        DEPUTY,
        replace(
            agenda.EDIT_PROJECT,
            relations=(replace(agenda.LEADS_PROJECT, q=lambda actor: Q(lead_id=actor.person or 0)),),
        ),
    ),
    "agenda.view_month": (
        NOBODY,
        replace(agenda.VIEW_MONTH, states=(replace(agenda.PUBLISHED, q=lambda: Q()),)),
    ),
    "agenda.edit_report_any": (
        LEAD,
        replace(agenda.EDIT_REPORT_ANY, relations=(replace(agenda.LEADS_REPORT, holds=lambda a, r: False),)),
    ),
}


@pytest.mark.parametrize("name", SABOTAGED)
def test_the_comparison_notices_a_rule_that_drifted(name):
    who, drifted = SABOTAGED[name]
    assert in_world(PLAN, who, {name: PERMISSIONS[name]}) == []
    assert in_world(PLAN, who, {name: drifted}) == [name]
