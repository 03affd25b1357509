"""``wurt doctor`` sees a secret key that is not the one of the database."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from tests.access.world import make_world
from wurt.core.accounts import checks
from wurt.core.accounts.models import User

pytestmark = pytest.mark.django_db
OTHER = "another-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"


def told():
    return [(found.grade.value, found.problem) for found in checks.second_factors()]


def shut(some, all_):
    return [
        (
            "fault",
            f"The secret key does not open the second factors of {some} of {all_} logins: their "
            "one-time codes are refused. It is not the key with which they were set up.",
        )
    ]


def test_nobody_has_one():
    assert told() == []


def test_the_right_key_opens_all_and_another_none(writing, settings):
    make_world()
    logins = Authenticator.objects.filter(type="totp").values("user").distinct().count()
    assert logins > 1
    assert told() == []
    right, settings.SECRET_KEY = settings.SECRET_KEY, OTHER
    assert told() == shut(logins, logins)
    # One of them starts anew under the new key, recovery codes included.
    user = User.objects.filter(authenticator__type="totp").first()
    Authenticator.objects.filter(user=user).delete()
    RecoveryCodes.activate(user)
    assert told() == shut(logins - 1, logins)
    settings.SECRET_KEY = right
    assert told() == shut(1, logins)


def test_what_is_not_encrypted_or_broken(writing):
    make_world()
    user = User.objects.filter(authenticator__type="totp").first()
    Authenticator.objects.exclude(user=user).delete()
    Authenticator.objects.create(user=user, type="webauthn", data={"credential": {}})
    assert told() == []
    Authenticator.objects.filter(type="totp").update(data={"secret": "as plain text"})
    assert told() == shut(1, 1)
