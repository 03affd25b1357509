"""Signing in through the county's identity provider and through a broker, against a real provider."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access.world import World, make_world
from wurt.core.accounts import actions
from wurt.core.accounts.models import User
from wurt.core.accounts.tests.identity import OLD, House, go, house, over_there, through
from wurt.core.accounts.tests.test_login import code, enter, trail
from wurt.core.action.actor import Actor, Assurance, Role
from wurt.core.action.guard import writes_allowed
from wurt.core.audit.models import AuditEntry
from wurt.core.tenancy.models import Grant, Person

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::authlib.deprecate.AuthlibDeprecationWarning"),
    pytest.mark.no_database,
]
INVITED = "neu@moorland.example"
DESK = "/verwaltung/agenda/aufgaben/"


@pytest.fixture(scope="module")
def provider() -> Iterator[House]:
    with house() as running:
        yield running


@pytest.fixture
def world(provider: House, settings: Any) -> World:
    cache.clear()
    provider.settings(settings)
    with writes_allowed("world"):
        return make_world()


def invite(world: World, role: Role | None = Role.COORDINATOR, address: str = INVITED) -> Person:
    public_id = actions.invite_person(world.actor("county_admin"), email=address, name="Nele Neu")
    person = Person.objects.get(public_id=public_id)
    if role is not None:
        with writes_allowed("test"):
            Grant.objects.create(person=person, role=role, place=world.county)
    return person


def memory(url: str) -> str:
    """Where a description or the keys of a provider are remembered."""
    return f"oidc:{hashlib.sha256(url.encode()).hexdigest()}"


def reason(answer: Any) -> str:
    """What the trail says of a refusal; and that nobody is signed in after it."""
    assert "_auth_user_id" not in answer.wsgi_request.session
    entry = AuditEntry.objects.filter(action="accounts.identity_refused").latest("pk")
    return str(entry.after["reason"])


def refuse(answer: Any, code: str, status: int, words: str) -> None:
    assert (answer.status_code, reason(answer)) == (status, code)
    assert words in answer.content.decode()


# --- staff


def test_an_invited_person_comes_in_by_the_verified_address_and_needs_our_second_factor(
    world: World, provider: House
) -> None:
    person = invite(world)
    provider.knows("s-1", email=INVITED.upper(), email_verified=True, name="Nele", amr=["pwd"])
    client = Client()
    answer = through(client, "s-1")
    assert answer.headers["Location"] == reverse("accounts:second_factor")
    assert client.get("/verwaltung/organisationen/").headers["Location"].startswith("/konto/zweiter-faktor/")
    (link,) = SocialAccount.objects.filter(user__person=person)
    assert (link.provider, link.uid.split(":")[1]) == ("kreis", "s-1")
    assert link.extra_data == {"factor": False, "level": ""}
    names = list(AuditEntry.objects.filter(object_id=str(person.public_id)).values_list("action", flat=True))
    assert names[-2:] == ["accounts.link_invited", "accounts.logged_in"]


@pytest.mark.parametrize("claim", [{"acr": "mfa-acr"}, {"amr": ["pwd", "hwk"]}])
def test_a_second_factor_over_there_counts_if_the_operator_says_so(
    world: World, provider: House, claim: dict[str, Any]
) -> None:
    invite(world)
    provider.knows("s-2", email=INVITED, email_verified=True, **claim)
    client = Client()
    assert through(client, "s-2").headers["Location"] == DESK
    assert client.get("/verwaltung/organisationen/").status_code == 200


@pytest.mark.parametrize(
    "claim", [{}, {"acr": "other"}, {"amr": "mfa"}, {"amr": ["pwd"]}, {"acr": ["mfa-acr"]}]
)
def test_any_other_claim_does_not_count(world: World, provider: House, claim: dict[str, Any]) -> None:
    invite(world)
    provider.knows("s-3", email=INVITED, email_verified=True, **claim)
    client = Client()
    through(client, "s-3")
    assert client.get("/verwaltung/organisationen/").status_code == 302


def test_who_was_linked_comes_back_whatever_the_address_says_now(world: World, provider: House) -> None:
    person = invite(world)
    provider.knows("s-4", email=INVITED, email_verified=True)
    through(Client(), "s-4")
    provider.knows("s-4", email="ganz-anders@moorland.example", email_verified=True)
    client = Client()
    through(client, "s-4")
    assert client.session["_auth_user_id"] == str(User.objects.get(person=person).pk)


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_verified_opens_nothing(
    world: World, provider: House, verified: object
) -> None:
    invite(world)
    provider.knows("s-5", email=INVITED, email_verified=verified)
    refuse(through(Client(), "s-5"), "unknown_person", 403, "noch keinen Zugang")
    assert not SocialAccount.objects.exists()


def test_no_address_opens_a_login_that_is_in_use(world: World, provider: House) -> None:
    """Take-over by e-mail: the provider says it is the administrator."""
    address = world.users["county_admin"].email
    provider.knows("s-6", email=address, email_verified=True, acr="mfa-acr")
    refuse(through(Client(), "s-6"), "link_by_hand", 403, "wird schon benutzt")
    assert not SocialAccount.objects.exists()


def test_a_second_identity_with_the_same_address_does_not_get_in(world: World, provider: House) -> None:
    invite(world)
    provider.knows("s-7", email=INVITED, email_verified=True)
    provider.knows("s-8", email=INVITED, email_verified=True)
    through(Client(), "s-7")
    refuse(through(Client(), "s-8"), "link_by_hand", 403, "wird schon benutzt")
    assert SocialAccount.objects.count() == 1


def test_nobody_becomes_staff_by_signing_in(world: World, provider: House) -> None:
    before = User.objects.count()
    provider.knows("s-9", email="fremd@moorland.example", email_verified=True, acr="mfa-acr")
    refuse(through(Client(), "s-9"), "unknown_person", 403, "eingeladen")
    assert User.objects.count() == before


def test_a_deactivated_login_stays_shut(world: World, provider: House) -> None:
    person = invite(world)
    provider.knows("s-10", email=INVITED, email_verified=True)
    through(Client(), "s-10")
    actions.deactivate_login(world.actor("county_admin"), person=person.public_id)
    client = Client()
    assert through(client, "s-10").headers["Location"] == "/konto/inactive/"
    assert "_auth_user_id" not in client.session


def test_a_known_login_links_by_hand_and_can_take_it_back(world: World, provider: House) -> None:
    provider.knows("s-11", email="egal@moorland.example", email_verified=True, acr="mfa-acr")
    client = enter(world, "coordinator")
    client.post("/konto/2fa/authenticate/", {"code": code()})
    assert through(client, "s-11", process="connect").headers["Location"] == "/konto/verbunden/"
    fresh = Client()
    assert through(fresh, "s-11").headers["Location"] == DESK
    assert fresh.get("/verwaltung/organisationen/").status_code == 200
    (link,) = SocialAccount.objects.all()
    assert client.post("/konto/verbunden/", {"account": link.pk}).status_code == 302
    refuse(through(Client(), "s-11"), "unknown_person", 403, "eingeladen")
    assert trail("coordinator", world)[-1] == "accounts.identity_disconnected"


def test_an_identity_of_somebody_else_is_not_linked(world: World, provider: House) -> None:
    invite(world)
    provider.knows("s-12", email=INVITED, email_verified=True)
    through(Client(), "s-12")
    client = enter(world, "resident")
    through(client, "s-12", process="connect")
    assert not SocialAccount.objects.filter(user=world.users["resident"]).exists()


def test_linking_needs_a_post_and_a_recent_sign_in(world: World, provider: House) -> None:
    provider.knows("s-13", email="x@moorland.example", email_verified=True)
    client = world.client("coordinator")  # signed in long ago
    page = client.get("/konto/anmelden/kreis/?process=connect")
    assert page.status_code == 200
    assert "refresh" not in page.content.decode()
    answer = through(client, "s-13", process="connect")
    assert answer.headers["Location"].startswith("/konto/reauthenticate/")
    assert not SocialAccount.objects.exists()


# --- citizens


def test_a_citizen_gets_an_account_with_nothing_but_what_is_needed(world: World, provider: House) -> None:
    provider.knows(
        "b-1", email="Anke@Moorland.example", email_verified=True, acr="STORK-QAA-Level-3",
        name="Anke Beispiel", given_name="Anke", birthdate="1980-01-01", address={"locality": "Heide"},
    )  # fmt: skip
    client = Client()
    assert through(client, "b-1", "buerger").headers["Location"] == "/konto/"
    user = User.objects.get(email="anke@moorland.example")
    (link,) = SocialAccount.objects.filter(user=user)
    assert link.extra_data == {"factor": False, "level": "substantial"}
    stored = json.dumps(
        [list(SocialAccount.objects.values("uid", "extra_data")), client.session.__dict__], default=str
    )
    assert "Anke Beispiel" not in stored
    assert "1980" not in stored
    assert user.person is not None
    assert (user.person.name, user.person.grants.count()) == ("", 0)
    assert EmailAddress.objects.get(user=user).verified
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("STORK-QAA-Level-4", Assurance.HIGH),
        ("STORK-QAA-Level-3", Assurance.SUBSTANTIAL),
        ("x", Assurance.NONE),
    ],
)
def test_the_level_of_trust_reaches_the_actor(
    world: World, provider: House, said: str, level: Assurance
) -> None:
    provider.knows("b-2", email="b2@moorland.example", email_verified=True, acr=said)
    client = Client()
    through(client, "b-2", "buerger")
    actor: Actor = client.get("/konto/").wsgi_request.actor
    assert (actor.assurance, actor.second_factor) == (level, False)
    assert world.client("resident").get("/konto/").wsgi_request.actor.assurance is Assurance.NONE


def test_the_broker_never_opens_a_login_of_staff(world: World, provider: House) -> None:
    """Neither by address, nor by an old link, nor by linking, nor with a role that came afterwards."""
    staff = world.users["coordinator"]
    provider.knows("b-3", email=staff.email, email_verified=True, acr="mfa-acr", amr=["mfa"])
    refuse(through(Client(), "b-3", "buerger"), "email_taken", 403, "schon ein Konto")
    client = enter(world, "coordinator")
    client.post("/konto/2fa/authenticate/", {"code": code()})
    assert through(client, "b-3", "buerger", process="connect").status_code == 403
    assert not SocialAccount.objects.exists()

    provider.knows("b-4", email="b4@moorland.example", email_verified=True, amr=["mfa"], acr="mfa-acr")
    citizen = Client()
    through(citizen, "b-4", "buerger")
    person = User.objects.get(email="b4@moorland.example").person
    with writes_allowed("test"):
        Grant.objects.create(person=person, role=Role.COUNTY_ADMIN, place=world.county)
    assert citizen.get("/verwaltung/personen/").status_code == 403
    assert citizen.get("/konto/").wsgi_request.actor.grants == ()
    refuse(through(Client(), "b-4", "buerger"), "staff_login", 403, "für Bürgerinnen und Bürger")


def test_an_address_in_use_is_not_taken_over_by_the_broker(world: World, provider: House) -> None:
    provider.knows("b-5", email=world.users["resident"].email, email_verified=True)
    refuse(through(Client(), "b-5", "buerger"), "email_taken", 403, "schon ein Konto")
    client = enter(world, "resident")
    through(client, "b-5", "buerger", process="connect")
    fresh = Client()
    through(fresh, "b-5", "buerger")
    assert fresh.session["_auth_user_id"] == str(world.users["resident"].pk)


@pytest.mark.parametrize("verified", [False, None])
def test_without_a_verified_address_the_person_confirms_one(
    world: World, provider: House, verified: object
) -> None:
    provider.knows("b-6", email=world.users["resident"].email, email_verified=verified)
    client = Client()
    assert through(client, "b-6", "buerger").headers["Location"] == "/konto/verbunden/signup/"
    page = client.get("/konto/verbunden/signup/")
    assert world.users["resident"].email not in page.content.decode()
    client.post("/konto/verbunden/signup/", {"email": "neu-b6@moorland.example"})
    assert "_auth_user_id" not in client.session
    assert [message.to for message in mail.outbox] == [["neu-b6@moorland.example"]]
    assert not EmailAddress.objects.get(email="neu-b6@moorland.example").verified


def test_new_accounts_can_be_closed(world: World, provider: House, settings: Any) -> None:
    provider.settings(settings, citizens={"signup": False})
    provider.knows("b-7", email="b7@moorland.example", email_verified=True)
    refuse(through(Client(), "b-7", "buerger"), "signup_closed", 403, "zurzeit nicht möglich")
    assert not User.objects.filter(email="b7@moorland.example").exists()


# --- what can go wrong between the houses


def test_cancelled_over_there(world: World) -> None:
    client = Client()
    back = over_there(go(client), "x", action="deny")
    state = parse_qs(urlsplit(go(client)).query)["state"][0]
    parts = urlsplit(back)
    if "state=" not in parts.query:
        back = f"/konto/anmelden/kreis/zurueck/?{urlencode({'error': 'access_denied', 'state': state})}"
    answer = client.get(back, headers={"accept-language": "de"})
    assert answer.status_code == 200
    assert "Sie haben die Anmeldung abgebrochen" in answer.content.decode()


def test_a_wrong_or_used_state_is_refused(world: World, provider: House) -> None:
    invite(world)
    provider.knows("s-20", email=INVITED, email_verified=True)
    client = Client()
    back = over_there(go(client), "s-20")
    refuse(Client().get(back, headers={"accept-language": "de"}), "state", 401, "abgelaufen")
    refuse(client.get(back + "x", headers={"accept-language": "de"}), "state", 401, "abgelaufen")
    assert client.get(back).status_code == 302
    other = Client()
    assert other.get(back, headers={"accept-language": "de"}).status_code == 401


def test_a_token_for_another_request_is_refused(world: World, provider: House) -> None:
    """The nonce: a code that was got for somebody else's request is put under ours."""
    invite(world)
    provider.knows("s-21", email=INVITED, email_verified=True)
    client = Client()
    address = urlsplit(go(client))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    query["nonce"] = "another"
    back = over_there(urlunsplit(address._replace(query=urlencode(query))), "s-21")
    refuse(client.get(back, headers={"accept-language": "de"}), "nonce", 401, "passt nicht zu Ihrer Anfrage")


def test_a_token_for_another_client_is_refused(world: World, provider: House) -> None:
    invite(world)
    provider.knows("s-22", email=INVITED, email_verified=True)
    client = Client()
    address = urlsplit(go(client))
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    query["client_id"] = "another"
    back = over_there(urlunsplit(address._replace(query=urlencode(query))), "s-22")
    answer = client.get(back, headers={"accept-language": "de"})
    assert answer.status_code in (401, 503)
    assert reason(answer) in ("audience", "down")  # the provider may refuse the code before we see a token


def test_a_token_that_has_expired_is_refused(world: World, settings: Any) -> None:
    with house(**OLD) as old:
        old.settings(settings)
        cache.clear()
        invite(world)
        old.knows("s-23", email=INVITED, email_verified=True)
        refuse(through(Client(), "s-23"), "expired", 401, "zu alt")


def test_a_provider_that_calls_itself_something_else_is_refused(world: World, provider: House) -> None:
    url = f"{provider.address}/.well-known/openid-configuration"
    description = dict.fromkeys(
        ("authorization_endpoint", "token_endpoint", "jwks_uri"), "https://evil.example/"
    )
    cache.set(memory(url), {**description, "issuer": "https://evil.example"}, 60)
    answer = Client(headers={"accept-language": "de"}).post("/konto/anmelden/kreis/")
    refuse(answer, "issuer", 401, "passt nicht zu Ihrer Anfrage")


def test_when_the_provider_is_down_all_other_ways_stay_open(world: World, settings: Any) -> None:
    settings.WURT_OUTBOUND_INTERNAL = ["http://localhost:9"]
    for kind in settings.WURT_OIDC:
        kind["url"] = "http://localhost:9"
    client = Client(headers={"accept-language": "de"})
    page = client.get("/konto/login/")
    assert page.status_code == 200
    assert "Anmelden über Kreis-Anmeldung" in page.content.decode()
    answer = client.post("/konto/anmelden/kreis/")
    refuse(answer, "down", 503, "antwortet gerade nicht")
    assert enter(world, "resident").last.headers["Location"] == "/konto/"


def test_when_the_keys_cannot_be_fetched_it_is_said(world: World, provider: House, settings: Any) -> None:
    invite(world)
    provider.knows("s-24", email=INVITED, email_verified=True)
    client = Client()
    back = over_there(go(client), "s-24")
    url = f"{provider.address}/.well-known/openid-configuration"
    cache.set(memory(url), {**cache.get(memory(url)), "jwks_uri": "http://localhost:9/jwks"}, 60)
    refuse(client.get(back, headers={"accept-language": "de"}), "down", 503, "antwortet gerade nicht")


def test_keys_that_changed_are_fetched_anew_and_foreign_ones_not_believed(
    world: World, provider: House
) -> None:
    invite(world)
    provider.knows("s-25", email=INVITED, email_verified=True)
    cache.set(memory(f"{provider.address}/jwks"), {"keys": []}, 60)
    assert through(Client(), "s-25").status_code == 302


def test_what_the_browser_asks_for_changes_nothing_of_the_request(world: World) -> None:
    client = Client()
    page = client.post("/konto/anmelden/kreis/?scope=profile&auth_params=prompt%3Dnone%26acr_values%3Dlow")
    target = page.context["target"]
    asked = {name: values[0] for name, values in parse_qs(urlsplit(target).query).items()}
    assert set(asked["scope"].split()) == {"openid", "email"}
    assert asked["acr_values"] == "mfa-acr"
    assert asked["code_challenge_method"] == "S256"
    assert "prompt" not in asked
    assert len(asked["nonce"]) >= 32


def test_a_login_somewhere_else_is_no_way_to_our_own_pages_of_others(world: World, provider: House) -> None:
    invite(world)
    provider.knows("s-26", email=INVITED, email_verified=True, acr="mfa-acr")
    answer = through(Client(), "s-26", next="https://evil.example/")
    assert answer.headers["Location"] == DESK


def test_an_unknown_provider_is_absent(world: World) -> None:
    assert Client().get("/konto/anmelden/fremd/").status_code == 404
    assert Client().get("/konto/anmelden/fremd/zurueck/?code=x&state=y").status_code == 404


def test_linking_an_invitation_is_for_the_sign_in_alone(world: World) -> None:
    from wurt.core.db.errors import NotAllowed

    person = invite(world)
    with pytest.raises(NotAllowed):
        actions.link_invited(world.actor("county_admin"), person=person.public_id, provider="kreis", uid="x")
