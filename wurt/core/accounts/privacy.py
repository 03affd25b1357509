"""What logins store about people; also speaks for the tables of allauth and Django's sessions."""

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, name_tables, register

SIGNING_IN = Activity(
    name=_("Signing in"),
    people=_("staff, project leads, residents with an account"),
    recipients=_("the county's administrators"),
    basis=_("Art. 6 (1) e GDPR: public task; Art. 32 GDPR: security of processing"),
)
_WITH_LOGIN = _("as long as the login exists")
_CASCADE = "goes with the login, which the sweep “logins” ends"

register(
    {
        "accounts.user": Privacy(
            purpose=_("signing in"),
            retention=_(
                "deleted with the person, or two years after the last sign-in, with a warning thirty days "
                "before; thirty days after a sign-up that was never confirmed"
            ),
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "password": DataClass.SECRET,
                "is_active": DataClass.INTERNAL,
                "language": DataClass.INTERNAL,
                "email": DataClass.PERSONAL,
                "person": DataClass.PERSONAL,
            },
            activity=SIGNING_IN,
            subject=("person",),
            sweep="logins",
        ),
        "accounts.emailchange": Privacy(
            purpose=_("changing the address of a login so that the old mailbox can stop or undo it"),
            retention=_("fourteen days"),
            default=DataClass.INTERNAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "user": DataClass.PERSONAL,
                "old": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
            },
            activity=SIGNING_IN,
            subject=("user__person",),
            kept=Kept(days=14, since="created"),
        ),
        "account.emailaddress": Privacy(
            purpose=_("proving that an address belongs to the person"),
            retention=_WITH_LOGIN,
            default=DataClass.PERSONAL,
            fields={"user": DataClass.PERSONAL, "email": DataClass.PERSONAL},
            activity=SIGNING_IN,
            subject=("user__person",),
            no_rule=_CASCADE,
        ),
        "account.emailconfirmation": Privacy(
            purpose=_("proving that an address belongs to the person"),
            retention=_("three days"),
            default=DataClass.PERSONAL,
            fields={"key": DataClass.SECRET},
            activity=SIGNING_IN,
            subject=("email_address__user__person",),
            kept=Kept(days=3, since="created"),
        ),
        "mfa.authenticator": Privacy(
            purpose=_("the second factor of staff"),
            retention=_WITH_LOGIN,
            default=DataClass.PERSONAL,
            fields={"user": DataClass.PERSONAL, "data": DataClass.SECRET},
            activity=SIGNING_IN,
            subject=("user__person",),
            no_rule=_CASCADE,
        ),
        "socialaccount.socialaccount": Privacy(
            purpose=_("recognising who signs in through the county's identity provider or a broker"),
            retention=_WITH_LOGIN,
            default=DataClass.PERSONAL,
            fields={"user": DataClass.PERSONAL, "uid": DataClass.SECRET},
            activity=SIGNING_IN,
            subject=("user__person",),
            no_rule=_CASCADE,
        ),
        **{
            label: Privacy(
                purpose=_("a table that allauth brings and Wurt leaves unused"),
                retention=_("empty of people"),
                default=DataClass.INTERNAL,
                fields={"secret": DataClass.SECRET, "key": DataClass.SECRET}
                if label.endswith("app")
                else {"token": DataClass.SECRET, "token_secret": DataClass.SECRET},
            )
            for label in ("socialaccount.socialapp", "socialaccount.socialtoken")
        },
        "usersessions.usersession": Privacy(
            purpose=_("showing people where they are signed in, so that they can end it"),
            retention=_("at most a day longer than the session itself"),
            default=DataClass.PERSONAL,
            fields={
                "user": DataClass.PERSONAL,
                "ip": DataClass.SENSITIVE,  # always 0.0.0.0, see bridge.py
                "session_key": DataClass.SECRET,
            },
            activity=SIGNING_IN,
            subject=("user__person",),
            kept=Kept(
                days=1,
                since="created_at",
                only=~Q(session_key__in=Session.objects.values("session_key")),
            ),
        ),
        "sessions.session": Privacy(
            purpose=_("staying signed in between two pages"),
            retention=_("twelve hours for staff, fourteen days for others, then deleted within a day"),
            default=DataClass.PERSONAL,
            fields={"session_key": DataClass.SECRET, "session_data": DataClass.SECRET},
            activity=SIGNING_IN,
            no_subject="sealed; usersessions.usersession says whose it is, and ending that deletes this",
            kept=Kept(days=0, since="expire_date"),
        ),
        **{
            label: Privacy(
                purpose=_("a table that Django brings and Wurt leaves unused"),
                retention=_("empty of people"),
                default=DataClass.INTERNAL,
            )
            for label in (
                "auth.group",
                "auth.group_permissions",
                "auth.permission",
                "contenttypes.contenttype",
            )
        },
    }
)
name_tables(
    {
        "account.emailaddress": _("E-mail address of a login"),
        "account.emailconfirmation": _("Confirmation of an e-mail address"),
        "accounts.emailchange": _("Change of an e-mail address"),
        "auth.group": _("Group of logins (not used)"),
        "auth.group_permissions": _("Right of a group of logins (not used)"),
        "auth.permission": _("Right of logins (not used)"),
        "contenttypes.contenttype": _("Kind of table"),
        "mfa.authenticator": _("Second factor or passkey"),
        "sessions.session": _("Session"),
        "socialaccount.socialaccount": _("Sign-in through another house"),
        "socialaccount.socialapp": _("Connection to another house (not used)"),
        "socialaccount.socialtoken": _("Key of another house (not used)"),
        "usersessions.usersession": _("Where somebody is signed in"),
    }
)
