"""Setting a county up from a folder of data, through actions (``wurt demo``)."""

import csv
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from wurt.cli import county_figures, county_services
from wurt.cli.callers import make_callers
from wurt.cli.demo_figures import load_usage
from wurt.cli.demo_meetings import make_meetings
from wurt.cli.moderated import make_cases
from wurt.core.accounts.actions import create_login
from wurt.core.accounts.demo import seed_totp
from wurt.core.accounts.models import User
from wurt.core.action.actor import Actor, Role
from wurt.core.db import clock
from wurt.core.pages.actions import create_page, create_term
from wurt.core.search.watching import bulk_load
from wurt.core.tenancy.actions.grants import grant_role
from wurt.core.tenancy.actions.organisations import add_alias, create_organisation
from wurt.core.tenancy.actions.people import add_person, set_consent
from wurt.core.tenancy.actions.tree import PlaceSeed, plant_places
from wurt.modules.agenda.actions.agenda import add_document, create_agenda
from wurt.modules.agenda.actions.bodies import create_body
from wurt.modules.agenda.actions.fields import create_field, create_goal
from wurt.modules.agenda.actions.projects import create_project, set_costs, set_decisions
from wurt.modules.agenda.actions.publish import publish_month
from wurt.modules.agenda.actions.reports import create_report, open_month
from wurt.modules.agenda.actions.values import (
    CostValue,
    DecisionValue,
    MemberValue,
    MilestoneValue,
    PartyValue,
    ProfileValues,
    ReportValues,
)
from wurt.modules.agenda.exports.pdf import document_pdf
from wurt.modules.agenda.exports.pdf_data import Imprint
from wurt.modules.agenda.models import Agenda
from wurt.modules.agenda.views.public_files import FONTS

Data = dict[str, Any]

ROLES = {
    "county_admin": Role.COUNTY_ADMIN,
    "coordinator": Role.COORDINATOR,
    "place_editor": Role.PLACE_EDITOR,
    "caseworker": Role.CASEWORKER,
    "project_group": Role.PROJECT_GROUP,
    "steering_member": Role.STEERING_MEMBER,
    "moderator": Role.MODERATOR,
    "org_admin": Role.ORG_ADMIN,
    "auditor": Role.PROJECT_GROUP,  # reads drafts, writes nothing
}
BODY_KINDS = {"lenkungsgruppe": "steering", "projektgruppe": "project"}
DOCUMENTS = {"digitalisierungsstrategie": "strategy", "digitale-agenda": "agenda"}
COSTS = {"Gesamtkosten": "total", "Förderung": "grant", "Eigenanteil": "own", "laufende Kosten": "yearly"}


def has_county() -> bool:
    """Is a county with its agenda set up in this database?"""
    return Agenda.objects.exists()


def load_county(folder: Path, demo: bool) -> None:
    """Load a county from a folder (shapes: its README). ``demo`` makes the logins, too."""
    with bulk_load():
        _Loader(folder, demo).load()


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


class _Loader:
    """Keeps what was made: organisations and people by their key in the files, projects by slug."""

    def __init__(self, folder: Path, demo: bool) -> None:
        self.folder, self.demo = folder, demo
        self.actor = Actor.for_system("demo" if demo else "init")
        self.county: Data = self.read("county.toml")
        self.months: list[Data] = self.read("months.toml")["months"]
        self.figures: list[Data] = self.read("indicators.toml")["indicators"]
        self.organisations: dict[str, UUID] = {}
        self.names: dict[str, str] = {}
        self.people: dict[str, UUID] = {}
        self.leads: dict[str, UUID] = {}
        self.projects: dict[str, UUID] = {}

    def read(self, name: str) -> Data:
        """A TOML file of the folder."""
        with (self.folder / name).open("rb") as handle:
            return tomllib.load(handle)

    def load(self) -> None:
        """Everything, in an order in which each thing finds what it points at."""
        files = sorted((self.folder / "projects").glob("*.toml"))
        projects = [tomllib.loads(path.read_text("utf-8")) for path in files]
        with clock.at(_noon(_month(min(entry["month"] for entry in self.months)))):
            self.place_slug = self.make_places()
            self.make_organisations()
            if self.demo:
                self.make_accounts()
            self.make_agenda()
            for project in projects:
                self.make_project(project)
            self.make_goals_and_bodies()
            county_figures.describe(self.actor, self.figures, self.projects)
            self.make_pages()
        self.make_documents()
        reports = {(r["month"], p["slug"]): r for p in projects for r in p.get("reports", [])}
        for entry in self.months:
            self.make_month(entry, reports)
        county_services.load(self.actor, self.read, self.place_slug, self.organisations, self.county)
        if self.demo:
            make_callers(self.folder, self.actor, self.place_slug, self.county["contact"])
            make_meetings(self.folder, self.actor)
            emails = {row["key"]: row["email"] for row in self.read("accounts.toml")["accounts"]}
            make_cases(self.read("moderation.toml")["notices"], emails)
            load_usage(self.actor, self.read("links.toml")["links"], self.place_slug)

    def make_places(self) -> str:
        """The tree of places; the slug of the county."""
        with (self.folder / "places.csv").open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        order = {"county": 0, "amt": 1, "town": 1, "municipality": 2}
        rows.sort(key=lambda row: order[row["kind"]])
        source = "; ".join(f"{s['title']} ({s['licence']})" for s in self.county["sources"][:1])
        seeds = [
            PlaceSeed(
                slug=row["slug"],
                kind=row["kind"],
                name=row["name"],
                parent=row["parent"],
                ags=row["ags"] if len(row["ags"]) in (5, 8) else "",
                postcode=row["plz"],
                latitude=float(row["lat"]) if row["lat"] else None,
                longitude=float(row["lon"]) if row["lon"] else None,
                source=source if row["lat"] else "",
            )
            for row in rows
        ]
        plant_places(self.actor, places=seeds)
        return rows[0]["slug"]

    def make_organisations(self) -> None:
        """Bodies with their other spellings. Groups of people are only names of stakeholders."""
        for row in self.read("organisations.toml")["organisations"]:
            self.names[row["slug"]] = row["name"]
            if row.get("group"):
                continue
            public_id = create_organisation(
                self.actor,
                name=row["name"],
                place=row["place"] or self.place_slug,
                kind=row["kind"],
                is_partner=row["partner"],
                is_example=row.get("example", False),
            )
            self.organisations[row["slug"]] = public_id
            for alias in row["aliases"]:
                add_alias(self.actor, organisation=public_id, name=alias)

    def make_accounts(self) -> None:
        """Demo people with logins and roles. Passwords: see ``accounts/demo.py``."""
        for row in self.read("accounts.toml")["accounts"]:
            person = add_person(
                self.actor,
                name=row["name"],
                function=row["function"],
                organisation=self.organisations.get(row.get("organisation", "")),
                is_example=row["example"],
            )
            self.people[row["name"]] = person
            create_login(self.actor, person=person, email=row["email"], password=demo_password(row["key"]))
            if role := ROLES.get(row["role"]):
                club = self.organisations[row["organisation"]] if role is Role.ORG_ADMIN else None
                place = "" if club else row.get("place") or self.place_slug
                grant_role(self.actor, person=person, role=role, place=place, organisation=club)
            if role or row.get("leads"):
                seed_totp(User.objects.get(email=row["email"]))
            self.leads |= dict.fromkeys(row.get("leads", []), person)

    def make_agenda(self) -> None:
        """The agenda with its texts and fields."""
        county = self.county
        strategy = self.read("strategy.toml")
        create_agenda(
            self.actor,
            place_slug=self.place_slug,
            name=county["agenda_name"],
            values={
                "motto": county["motto"],
                "intro": county["texts"]["intro"].strip(),
                "strategy": strategy["body"].strip(),
                "horizon": county["horizon"],
                "licence": county["licence"]["name"],
                "licence_url": county["licence"]["url"],
                "contact": county["texts"]["participate"] + "\n" + _contact(county["contact"]),
            },
            is_example=county["example"],
        )
        for row in self.read("fields.toml")["fields"]:
            create_field(
                self.actor,
                name=row["name"],
                description=row["description"],
                order=row["order"],
                slug=row["slug"],
            )

    def make_project(self, row: Data) -> None:
        """One project with costs and decisions; its reports come month by month."""
        values: ProfileValues = {
            "short_title": row["short_title"],
            "field": row["field"],
            "goal": row["goal"],
            "content": row["content"],
            "lead_organisation": self.organisations[row["lead_organisation"]],
            "lead_function": row["lead_function"],
            "lead": self.leads.get(row["slug"]),
            "start": row.get("start"),
            "end": row.get("end"),
            "planned_start": row.get("planned_start", ""),
            "participation": row["participation"],
            "participation_none_reason": row["participation_none_reason"],
            "contact": _contact(row["contact"]),
            "parties": [
                *(
                    PartyValue("partner", self.names[slug], self.organisations.get(slug))
                    for slug in row["partners"]
                ),
                *(
                    PartyValue("stakeholder", self.names[slug], self.organisations.get(slug))
                    for slug in row["stakeholders"]
                ),
            ],
        }
        public_id = create_project(
            self.actor,
            title=row["title"],
            values=values,
            slug=row["slug"],
            state=row["state"],
            ended_on=row.get("completed_on"),
            aliases=row["aliases"],
            public=True,
            is_example=row["example"],
        )
        self.projects[row["slug"]] = public_id
        if row.get("costs"):
            set_costs(self.actor, project=public_id, costs=[_cost(cost) for cost in row["costs"]])
        if row.get("decisions"):
            decisions = [
                DecisionValue(d["body"], d.get("reference", ""), d.get("decided_on"), d.get("title", ""))
                for d in row["decisions"]
            ]
            set_decisions(self.actor, project=public_id, decisions=decisions)

    def make_goals_and_bodies(self) -> None:
        """Goals with their projects, bodies with their members."""
        for row in self.read("goals.toml")["goals"]:
            create_goal(
                self.actor,
                title=row["title"],
                text=row["text"],
                projects=[self.projects[slug] for slug in row["projects"]],
                order=row["order"],
                slug=row["slug"],
            )
        for row in self.read("bodies.toml")["bodies"]:
            tasks = "\n".join(f"- {task}" for task in row["tasks"])
            create_body(
                self.actor,
                kind=BODY_KINDS.get(row["slug"], "working"),
                name=row["name"],
                text=f"{row['summary']}\n\n{tasks}\n\nSie trifft sich {row['meets']}.",
                members=[self.member(member) for member in row["members"]],
                order=row["order"],
                slug=row["slug"],
            )

    def member(self, row: Data) -> MemberValue:
        """A seat; the person is made if the logins did not make them already."""
        organisation = self.organisations[row["organisation"]]
        name = row.get("name", "")
        if name and name not in self.people:
            self.people[name] = add_person(
                self.actor,
                name=name,
                function=row["function"],
                organisation=organisation,
                is_example=row.get("example", False),
            )
        if name and row.get("consent"):
            set_consent(self.actor, person=self.people[name], public=True)
        return MemberValue(organisation, row["function"], self.people.get(name))

    def make_pages(self) -> None:
        """Plain pages and the glossary."""
        for row in self.read("pages.toml")["pages"]:
            create_page(
                self.actor,
                slug=row["slug"],
                title=row["title"],
                body=row["body"].strip(),
                easy=row.get("easy", "").strip(),
                order=row["order"],
                footer=row.get("footer", True),
                published=True,
                is_example=row.get("example", False),
            )
        for row in self.read("glossary.toml")["terms"]:
            create_term(self.actor, term=row["term"], text=row["text"])

    def make_documents(self) -> None:
        """The versions of the two documents as accessible PDF, each on its own day."""
        for row in sorted(self.read("strategy.toml")["documents"], key=lambda row: row["published_on"]):
            imprint = Imprint(
                self.county["name"],
                self.county["agenda_name"],
                row["published_on"],
                self.county["licence"]["name"],
            )
            content = document_pdf(
                row["title"],
                row["body"],
                version=row["version"],
                imprint=imprint,
                example=row.get("example", False),
                fonts=FONTS,
            )
            with clock.at(_noon(row["published_on"])):
                add_document(
                    self.actor,
                    kind=DOCUMENTS[row["slug"]],
                    version_name=row["version"],
                    content=content,
                    file_name=f"{row['slug']}-{row['version']}.pdf",
                    note=row["change_note"],
                )

    def make_month(self, entry: Data, reports: Mapping[tuple[str, str], Data]) -> None:
        """One month with its reports, published on its day."""
        month = _month(entry["month"])
        with clock.at(_noon(entry["published_at"])):
            open_month(
                self.actor,
                month=month,
                intro=entry["intro"].strip(),
                prefill=False,
                is_example=entry.get("example", False),
            )
            for (name, slug), row in reports.items():
                if name == entry["month"]:
                    create_report(self.actor, month=month, project=self.projects[slug], values=_report(row))
            county_figures.enter(self.actor, self.figures, month)
            publish_month(self.actor, month=month)


def _contact(row: Data) -> str:
    keys = ("organisation", "function", "street", "postcode", "town", "email", "phone", "opening_hours")
    return "\n".join(str(row[key]) for key in keys if row.get(key))


def _cost(row: Data) -> CostValue:
    amount = Decimal(row["amount"]) if row.get("amount") else None
    return CostValue(row["text"], amount, COSTS.get(row.get("kind", ""), "other"), row.get("source", ""))


def _report(row: Data) -> ReportValues:
    progress = row["progress"].strip()
    return {
        "status": row.get("status"),
        "status_reason": row["status_reason"],
        "progress": progress,
        "has_progress": bool(progress) and not row.get("no_progress", False),
        "overall_state": row["overall_state"],
        "next_activities": row["next_activities"],
        "risks": row["risks"],
        "milestones": [
            MilestoneValue(m["label"], m["due"] or None, m["done"], m.get("done_on"))
            for m in row.get("milestones", [])
        ],
    }


def demo_password(key: str) -> str:
    """The password of a demo login: known to everybody, of use on this machine only."""
    return f"wurt-demo-{key}"
