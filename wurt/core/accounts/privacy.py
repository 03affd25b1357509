"""What logins store about people; also speaks for the tables of allauth and Django's sessions."""

from wurt.core.db.privacy import DataClass, Privacy, register

_WITH_LOGIN = "as long as the login exists"

register(
    {
        "accounts.user": Privacy(
            purpose="signing in",
            retention="deleted with the person, or two years after the last sign-in",
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "password": DataClass.SECRET,
                "is_active": DataClass.INTERNAL,
                "language": DataClass.INTERNAL,
                "email": DataClass.PERSONAL,
                "person": DataClass.PERSONAL,
            },
        ),
        "account.emailaddress": Privacy(
            purpose="proving that an address belongs to the person",
            retention=_WITH_LOGIN,
            default=DataClass.PERSONAL,
            fields={"user": DataClass.PERSONAL, "email": DataClass.PERSONAL},
        ),
        "account.emailconfirmation": Privacy(
            purpose="proving that an address belongs to the person",
            retention="three days",
            default=DataClass.PERSONAL,
            fields={"key": DataClass.SECRET},
        ),
        "mfa.authenticator": Privacy(
            purpose="the second factor of staff",
            retention=_WITH_LOGIN,
            default=DataClass.PERSONAL,
            fields={"user": DataClass.PERSONAL, "data": DataClass.SECRET},
        ),
        "usersessions.usersession": Privacy(
            purpose="showing people where they are signed in, so that they can end it",
            retention="with the session, at most twelve hours after its last use",
            default=DataClass.PERSONAL,
            fields={
                "user": DataClass.PERSONAL,
                "ip": DataClass.SENSITIVE,
                "session_key": DataClass.SECRET,
            },
        ),
        "sessions.session": Privacy(
            purpose="staying signed in between two pages",
            retention="twelve hours",
            default=DataClass.PERSONAL,
            fields={"session_key": DataClass.SECRET, "session_data": DataClass.SECRET},
        ),
        **{
            label: Privacy(
                purpose="a table that Django brings and Wurt leaves unused",
                retention="empty of people",
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
