"""What logins store about people; also speaks for the tables of allauth and Django's sessions."""

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wurt.core.db.privacy import Activity, DataClass, Kept, Privacy, register

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
        "usersessions.usersession": Privacy(
            purpose=_("showing people where they are signed in, so that they can end it"),
            retention=_("at most a day longer than the session itself"),
            default=DataClass.PERSONAL,
            fields={
                "user": DataClass.PERSONAL,
                "ip": DataClass.SENSITIVE,
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
            retention=_("twelve hours, then deleted within a day"),
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
