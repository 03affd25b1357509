"""Who gets what at the addresses of logins, people and roles; allauth's addresses too."""

from tests.access.table import FACTOR, LOGIN, Row, desk, everybody, signed_in, who
from tests.access.world import World
from wurt.core.accounts.email_tokens import confirm_token, stop_token
from wurt.core.accounts.models import EmailChange
from wurt.core.tenancy.models import Grant, Organisation, Person

STAFF = ("place_editor", "project_group", "steering_member", "coordinator", "county_admin")


def setup(world: World) -> None:
    world.rows["target"] = target = Person.objects.create(name="Tilo Tester", function="Beispiel")
    club = Organisation.objects.get(slug="boot")
    world.rows["member"] = Grant.objects.create(person=target, role="org_member", organisation=club)
    world.rows["email_change"] = EmailChange.objects.create(
        user=world.users["resident"], old=world.users["resident"].email, email="neu@moorland.example"
    )
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


def _confirm_email(world: World) -> dict[str, object]:
    return {"token": confirm_token(world.rows["email_change"].public_id)}


def _stop_email(world: World) -> dict[str, object]:
    return {"token": stop_token(world.rows["email_change"].public_id)}


def _forged(world: World) -> dict[str, object]:
    return {"token": "0" * 32 + ".x"}


def _club(world: World) -> dict[str, object]:
    return {"organisation": Organisation.objects.get(slug="boot").public_id}


def _other_club(world: World) -> dict[str, object]:
    return {"organisation": world.organisation.public_id}


def _membership(world: World) -> dict[str, object]:
    return _club(world) | {"grant": world.rows["member"].public_id}


_COUNTY = who(404, anonymous=LOGIN, coordinator=200, county_admin=200, county_admin_without_factor=200)
_COUNTY_FACTOR = _COUNTY | {"county_admin_without_factor": FACTOR}
_MEMBERS = _COUNTY | {"org_admin": 200}
_MANAGE = _COUNTY_FACTOR | {"org_admin": 200}
_MANAGE_POST = {role: 302 if answer == 200 else answer for role, answer in _MANAGE.items()}
_MANAGE_POST["anonymous"] = 403
_INVITED = {"name": "Nele Neu", "email": "nele@moorland.example"}

ROWS = [
    Row("accounts:mine", signed_in(200)),
    Row(
        "accounts:second_factor",
        who(302, anonymous=LOGIN, county_admin_without_factor=200),
    ),
    Row("accounts:organisations", signed_in(200) | {"org_admin": 302}),
    Row("accounts:organisation", _MEMBERS, _club),
    Row("accounts:organisation", _COUNTY, _other_club),
    Row("accounts:invite_member", _MANAGE, _club),
    Row("accounts:invite_member", _COUNTY_FACTOR, _other_club),
    Row("accounts:invite_member", _MANAGE_POST, _club, "POST", lambda world: _INVITED),
    Row("accounts:end_member", everybody(405), _membership),
    Row("accounts:end_member", _MANAGE_POST | {"anonymous": 404}, _membership, "POST"),
    Row("accounts:email", signed_in(302)),
    Row("accounts:email", signed_in(302), method="POST", data=lambda world: {"email": "x@moorland.example"}),
    Row("accounts:withdraw_email", signed_in(405)),
    Row("accounts:withdraw_email", signed_in(404) | {"resident": 302}, method="POST"),
    Row("accounts:confirm_email", signed_in(404) | {"resident": 200}, _confirm_email),
    Row("accounts:confirm_email", signed_in(404) | {"resident": 302}, _confirm_email, "POST"),
    Row("accounts:confirm_email", signed_in(404), _forged),
    Row("accounts:stop_email", everybody(200), _stop_email),
    Row("accounts:stop_email", everybody(200), _stop_email, "POST"),
    Row("accounts:stop_email", everybody(404), _forged),
    Row("accounts:sessions", signed_in(200)),
    Row("accounts:end_session", signed_in(405), lambda world: {"session": 1}),
    Row("accounts:end_session", signed_in(404), lambda world: {"session": 1}, "POST"),
    Row("accounts:end_other_sessions", signed_in(405)),
    Row("accounts:end_other_sessions", signed_in(302), method="POST"),
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


def _no_passkey(world: World) -> dict[str, object]:
    return {"pk": 1}


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
    Row("account_email", signed_in(302)),
    Row("account_reauthenticate", signed_in(200)),
    Row("account_reauthenticate", signed_in(200), method="POST"),
    Row("mfa_index", signed_in(200)),
    Row("mfa_activate_totp", signed_in(302)),
    Row("mfa_activate_totp", signed_in(302), method="POST"),
    Row("mfa_deactivate_totp", _WITH_APP),
    Row("mfa_deactivate_totp", _WITH_APP, method="POST"),
    Row("mfa_reauthenticate", who(200, anonymous=LOGIN, resident=302, county_admin_without_factor=302)),
    Row("mfa_list_webauthn", signed_in(200)),
    Row("mfa_add_webauthn", signed_in(302)),
    Row("mfa_add_webauthn", signed_in(302), method="POST"),
    Row("mfa_edit_webauthn", signed_in(302), _no_passkey),
    Row("mfa_remove_webauthn", signed_in(302), _no_passkey),
    Row("mfa_remove_webauthn", signed_in(302), _no_passkey, "POST"),
    Row("mfa_login_webauthn", _DOOR | {"anonymous": 302}),
    Row("mfa_login_webauthn", _DOOR | {"anonymous": 302}, method="POST"),
    Row("mfa_reauthenticate_webauthn", signed_in(302)),
    Row("mfa_reauthenticate_webauthn", signed_in(302), method="POST"),
    Row("mfa_generate_recovery_codes", signed_in(302)),
    Row("mfa_generate_recovery_codes", signed_in(302), method="POST"),
    Row("mfa_view_recovery_codes", _WITH_APP),
    Row("mfa_download_recovery_codes", _WITH_APP),
    Row("openid_connect_login", everybody(404), lambda world: {"provider_id": "kreis"}),
    Row("openid_connect_login", everybody(404), lambda world: {"provider_id": "kreis"}, "POST"),
    Row("openid_connect_callback", everybody(404), lambda world: {"provider_id": "kreis"}),
    Row("socialaccount_login_cancelled", everybody(200)),
    Row("socialaccount_login_error", everybody(401)),
    Row("socialaccount_signup", everybody(302)),
    Row("socialaccount_signup", everybody(302), method="POST"),
    Row("socialaccount_connections", signed_in(200)),
    Row("socialaccount_connections", signed_in(200), method="POST"),
]
