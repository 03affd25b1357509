"""Taking a person's login and name away: shared by the actions of data protection."""

from wurt.core.accounts import sessions
from wurt.core.accounts.models import EmailChange, User
from wurt.core.action.run import save
from wurt.core.db.clock import now
from wurt.core.tenancy.models import Contact, Person


def addresses(person: Person) -> list[str]:
    """The e-mail addresses with which the person signs in."""
    return [
        *User.objects.filter(person=person).values_list("email", flat=True),
        *User.objects.filter(person=person).values_list("emailaddress__email", flat=True).exclude(
            emailaddress__email=None
        ),
        *EmailChange.objects.filter(user__person=person).values_list("old", flat=True),
        *EmailChange.objects.filter(user__person=person).values_list("email", flat=True),
    ]  # fmt: skip


def end_login(person: Person) -> None:
    """Delete the login with addresses, second factor and open sessions."""
    user = User.objects.filter(person=person).first()
    if user is not None:
        sessions.end_all(user)
        user.delete()


def forget(person: Person) -> None:
    """Empty name and salt, delete login, roles and postal address. The row must be locked. The public id
    stays, so that what was published stays whole, and the function stays as the name of an office."""
    end_login(person)
    person.grants.all().delete()
    Contact.objects.filter(person=person).delete()
    person.name, person.salt, person.name_public_since, person.erased = "", "", None, now()
    save(person, ["name", "salt", "name_public_since", "erased"])
