"""Who gets what at the addresses of logins, people and roles; allauth's addresses too."""

from tests.access.table import FACTOR, LOGIN, Row, desk, everybody, signed_in, who
from tests.access.world import World
from wurt.core.tenancy.models import Grant, Person

STAFF = ("place_editor", "project_group", "steering_member", "coordinator", "county_admin")


def setup(world: World) -> None:
    world.rows["target"] = target = Person.objects.create(name="Tilo Tester", function="Beispiel")
    world.rows["grant"] = Grant.objects.create(person=target, role="moderator", place=world.county)


def _person(world: World) -> dict[str, object]:
    return {"person": world.person("project_group").public_id}


def _target(world: World) -> dict[str, object]:
    return {"person": world.rows["target"].public_id}


def _grant(world: World) -> dict[str, object]:
    return _target(world) | {"grant": world.rows["grant"].public_id}


def _admin(name: str, kwargs=None, post: dict[str, object] | None = None) -> list[Row]:
    """A form that only the administrator opens and sends."""
    address = kwargs or (lambda world: {})
    return [
        Row(name, desk(200), address),
        Row(name, desk(302, method="POST"), address, "POST", lambda world: post or {}),
    ]


def _button(name: str, kwargs) -> list[Row]:
    """A button that only the administrator presses."""
    return [Row(name, everybody(405), kwargs), Row(name, desk(302, method="POST"), kwargs, "POST")]


ROWS = [
    Row("accounts:mine", signed_in(200)),
    Row(
        "accounts:second_factor",
        who(302, anonymous=LOGIN, county_admin_without_factor=200),
    ),
    Row("accounts:people", desk(200)),
    Row("accounts:trail", desk(200)),
    Row("accounts:trail_csv", desk(200)),
    Row("accounts:person", desk(200), _person),
    *_admin("accounts:invite", post={"name": "Nele Neu", "email": "nele@moorland.example"}),
    *_admin("accounts:add", post={"name": "Nele Neu"}),
    *_admin("accounts:edit", _target, {"name": "Tilo T.", "version": "1"}),
    *_admin("accounts:give_login", _target, {"email": "tilo@moorland.example"}),
    *_admin("accounts:grant", _target, {"role": "caseworker", "place": "amt-geest"}),
    *_button("accounts:revoke", _grant),
    *_button("accounts:consent", _target),
    *_button("accounts:deactivate", _person),
    *_button("accounts:activate", _person),
    *_button("accounts:reset_factor", _person),
]

# allauth's pages. Whoever is signed in is led away from the doors: staff to the second factor if it is
# missing.
_DOOR = who(302, anonymous=200, county_admin_without_factor=FACTOR)
_STAGE = who(302, county_admin_without_factor=FACTOR)
_WITH_APP = signed_in(302) | dict.fromkeys(("resident", "county_admin_without_factor"), 404)


def _key(world: World) -> dict[str, object]:
    return {"key": "abc"}


def _reset_key(world: World) -> dict[str, object]:
    return {"uidb36": "1", "key": "abc"}


ROWS += [
    Row("account_login", _DOOR),
    Row("account_login", _DOOR, method="POST"),
    Row("account_signup", _DOOR),
    Row("account_signup", _DOOR, method="POST"),
    Row("account_request_login_code", _DOOR),
    Row("account_request_login_code", _DOOR, method="POST"),
    Row("account_confirm_login_code", _STAGE),
    Row("mfa_authenticate", _STAGE),
    Row("mfa_authenticate", _STAGE, method="POST"),
    Row("account_logout", everybody(302), method="POST"),
    Row("account_inactive", everybody(200)),
    Row("account_email_verification_sent", everybody(200)),
    Row("account_confirm_email", everybody(200), _key),
    Row("account_confirm_email", everybody(404), _key, "POST"),
    Row("account_reset_password", everybody(200)),
    Row("account_reset_password_done", everybody(200)),
    Row("account_reset_password_from_key", everybody(200), _reset_key),
    Row("account_reset_password_from_key", everybody(200), _reset_key, "POST"),
    Row("account_reset_password_from_key_done", everybody(200)),
    Row("account_change_password", signed_in(200)),
    Row("account_change_password", signed_in(200), method="POST"),
    Row("account_set_password", signed_in(302)),
    Row("account_email", signed_in(200)),
    Row("account_reauthenticate", signed_in(200)),
    Row("account_reauthenticate", signed_in(200), method="POST"),
    Row("mfa_index", signed_in(200)),
    Row("mfa_activate_totp", signed_in(302)),
    Row("mfa_activate_totp", signed_in(302), method="POST"),
    Row("mfa_deactivate_totp", _WITH_APP),
    Row("mfa_deactivate_totp", _WITH_APP, method="POST"),
    Row("mfa_reauthenticate", who(200, anonymous=LOGIN, resident=302, county_admin_without_factor=302)),
    Row("mfa_generate_recovery_codes", signed_in(302)),
    Row("mfa_generate_recovery_codes", signed_in(302), method="POST"),
    Row("mfa_view_recovery_codes", _WITH_APP),
    Row("mfa_download_recovery_codes", _WITH_APP),
    Row("usersessions_list", signed_in(200)),
    Row("usersessions_list", signed_in(302), method="POST"),
]
