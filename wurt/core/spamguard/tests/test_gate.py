"""Robots are noticed, people get through, whatever their device can do."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import altcha
import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from wurt.core.action.actor import ANONYMOUS, Actor
from wurt.core.db.clock import at, now
from wurt.core.db.errors import RuleBroken
from wurt.core.spamguard import handlers, proof
from wurt.core.spamguard.gate import Gate, Verdict
from wurt.core.spamguard.models import Spent, Tally
from wurt.core.spamguard.rates import seen, within
from wurt.core.spamguard.tests.solving import fields, solve, solved

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 3, 11, 0, tzinfo=UTC)
FORM = "toys.form"


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # The library asks the machine's clock for the expiry, so the test's day must lie in the future.
    monkeypatch.setattr(proof, "BASE", 2)
    with at(now()):
        yield


def request(
    data: dict[str, str] | None = None, ip: str = "192.0.2.1", actor: Actor = ANONYMOUS
) -> HttpRequest:
    made = RequestFactory().post("/", data or {}, REMOTE_ADDR=ip)
    made.actor, made.user = actor, AnonymousUser()  # type: ignore[attr-defined]
    return made


def page(form: str = FORM, **more: object) -> str:
    """The fields of a fresh form."""
    return render_to_string("spamguard/fields.html", {"gate": Gate(request(**more), form)})  # type: ignore[arg-type]


def send(data: dict[str, str], form: str = FORM, after: int = 10, **more: object) -> Verdict:
    with at(now() + timedelta(seconds=after)):
        return Gate(request(data, **more), form).check(proven=100, unproven=20)  # type: ignore[arg-type]


def test_a_browser_that_solved_the_sum_is_proven() -> None:
    assert send(solved(page())) == Verdict("")
    assert send(solved(page())).proven


def test_without_javascript_nobody_is_refused() -> None:
    assert send({"opened": fields(page())["opened"], "proof": ""}) == Verdict("missing")
    assert send({}) == Verdict("missing")


def test_the_trap_is_told_from_all_else() -> None:
    verdict = send({**solved(page()), "website": "http://spam.example"})
    assert (verdict.proven, verdict.trap) == (False, True)
    assert Spent.objects.count() == 0


def test_a_solution_counts_once() -> None:
    sent = solved(page())
    assert send(sent) == Verdict("")
    assert send(sent) == Verdict("used")
    assert send({**sent, "opened": fields(page())["opened"]}) == Verdict("used")


@pytest.mark.parametrize(("seconds", "reason"), [(0, "too_quick"), (2, "too_quick"), (3, ""), (3600, "")])
def test_who_is_quicker_than_anybody_reads_is_not_proven(seconds: int, reason: str) -> None:
    assert send(solved(page()), after=seconds) == Verdict(reason)


def test_a_forged_or_foreign_moment_of_opening_does_not_count() -> None:
    sent = solved(page())
    assert send({**sent, "opened": sent["opened"][:-1] + "x"}) == Verdict("too_quick")
    other = {**solved(page()), "opened": fields(page("other.form"))["opened"]}
    assert send(other) == Verdict("too_quick")


def test_an_answer_with_errors_keeps_the_moment_of_opening() -> None:
    first = fields(page())["opened"]
    with at(now() + timedelta(minutes=5)):
        again = page(data={"opened": first})
        assert fields(again)["opened"] == first
        assert send(solved(again), after=1) == Verdict("")


def test_a_proof_of_one_form_opens_no_other() -> None:
    assert send(solved(page("other.form"))) == Verdict("other_form")


def test_a_challenge_lasts_twelve_hours() -> None:
    sent = solved(page())
    assert send(sent, after=12 * 3600 + 1) == Verdict("expired")
    assert send(sent, after=12 * 3600 - 1) == Verdict("")
    challenge = altcha.create_challenge(
        "PBKDF2/SHA-256", 1, data={"form": FORM}, expires_at=1, hmac_secret=proof._secret()
    )
    assert send({"proof": solve(json.dumps(challenge.to_dict()))}) == Verdict("expired")


def changed(payload: str, **parameters: object) -> str:
    content = json.loads(base64.b64decode(payload))
    content["challenge"]["parameters"] |= parameters
    return base64.b64encode(json.dumps(content).encode()).decode()


def test_nobody_makes_it_cheaper_for_themselves() -> None:
    sent = solved(page())["proof"]
    for parameters in ({"cost": 1}, {"keyPrefix": ""}, {"expiresAt": 2_000_000_000}, {"data": {"form": "x"}}):
        assert send({"proof": changed(sent, **parameters)}) == Verdict("broken")
    content = json.loads(base64.b64decode(sent))
    content["solution"]["counter"] += 1
    assert send({"proof": base64.b64encode(json.dumps(content).encode()).decode()}) == Verdict("broken")
    foreign = altcha.create_challenge("PBKDF2/SHA-256", 1, data={"form": FORM}, hmac_secret="another")
    assert send({"proof": solve(json.dumps(foreign.to_dict()))}) == Verdict("broken")
    del content["challenge"]["signature"]
    assert send({"proof": base64.b64encode(json.dumps(content).encode()).decode()}) == Verdict("broken")


@given(
    st.one_of(
        st.text(min_size=1, max_size=300), st.binary(max_size=200).map(lambda b: base64.b64encode(b).decode())
    )
)
def test_no_nonsense_breaks_the_check(payload: str) -> None:
    assert proof.check(FORM, payload).fault in ("broken", "missing")


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda c: (
            st.lists(c, max_size=3)
            | st.dictionaries(
                st.sampled_from(["challenge", "solution", "parameters", "signature", "data"]), c, max_size=4
            )
        ),
        max_leaves=12,
    )
)
def test_no_json_breaks_the_check(content: object) -> None:
    payload = base64.b64encode(json.dumps(content).encode()).decode()
    assert proof.check(FORM, payload).fault == "broken"


def test_longest_payload() -> None:
    assert proof.check(FORM, "A" * 4001).fault == "broken"


def test_signed_in_people_need_no_sum() -> None:
    desk = Actor(person=1, name="Desk")
    assert fields(page(actor=desk))["challenge"] == ""
    assert send({}, actor=desk) == Verdict("")


def test_exactly_so_many_forms_an_hour_and_more_with_a_proof() -> None:
    with at(START):
        for _ in range(20):
            assert send({}, after=0) == Verdict("missing")
        with pytest.raises(RuleBroken) as refused:
            send({}, after=0)
        assert refused.value.code == "spamguard.too_many"
        assert send({}, after=0, ip="192.0.2.2") == Verdict("missing")
    with at(START + timedelta(hours=1)):
        assert send({}, after=0) == Verdict("missing")


@given(amount=st.integers(0, 6), tries=st.integers(0, 12))
def test_a_limit_lets_pass_as_many_as_it_says(amount: int, tries: int) -> None:
    Tally.objects.all().delete()
    with at(START):
        passed = sum(within("toy", "192.0.2.9", amount=amount, seconds=60) for _ in range(tries))
        assert passed == min(amount, tries)
        assert seen("toy", "192.0.2.9", seconds=60) == passed


@pytest.mark.parametrize(
    ("site", "client", "factor"),
    [
        (0, 0, 1),
        (99, 9, 1),
        (100, 0, 2),
        (300, 0, 4),
        (1000, 0, 8),
        (0, 10, 2),
        (0, 20, 4),
        (0, 40, 8),
        (1000, 40, 16),
    ],
)
def test_it_grows_dearer_under_load(site: int, client: int, factor: int) -> None:
    with at(START):
        for name, who, count, seconds in (
            ("guarded.site", "", site, 600),
            ("guarded.client", "192.0.2.1", client, 3600),
        ):
            if count:
                within(name, who, amount=1, seconds=seconds)
                Tally.objects.filter(count=1).update(count=count)
        assert proof.cost("192.0.2.1") == proof.BASE * factor
        challenge = json.loads(fields(page())["challenge"])
        assert challenge["parameters"]["cost"] == proof.BASE * factor


def test_no_address_is_stored_and_the_same_one_looks_new_tomorrow() -> None:
    keys = []
    for moment in (START, START + timedelta(days=1)):
        with at(moment):
            send({}, after=0, ip="198.51.100.77")
        keys.append(set(Tally.objects.values_list("key", flat=True)))
    assert len(keys[0]) == 3
    assert len(keys[1]) == 6
    stored = json.dumps([list(model.objects.values()) for model in (Tally, Spent)], default=str)
    assert "198.51" not in stored


def test_what_is_over_is_forgotten() -> None:
    with at(START):
        send({}, after=0)
    Spent.objects.create(key="old", until=START)
    Spent.objects.create(key="new", until=START + timedelta(hours=3))
    with at(START + timedelta(minutes=59)):
        handlers.forget()
        assert Tally.objects.count() == 2  # the ten minutes of the site are over
    with at(START + timedelta(hours=1, seconds=1)):
        handlers.forget()
        assert Tally.objects.count() == 0
    assert [row.key for row in Spent.objects.all()] == ["new"]


def test_people_do_not_meet_the_trap() -> None:
    text = page()
    assert '<div class="wurt-trap" aria-hidden="true">' in text
    assert 'tabindex="-1" autocomplete="off"' in text
    assert "style=" not in text
