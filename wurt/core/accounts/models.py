"""Logins. A login belongs to one person; what the person may do hangs on the person's grants."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from wurt.core.db.clock import now
from wurt.core.db.ids import new_id
from wurt.core.tenancy.models import Person


class UserManager(BaseUserManager["User"]):
    """Looks people up by e-mail, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Used by allauth's sign-up; everything else goes through actions."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """E-mail login, with or without password. No Django permissions: see ``core/action/permission.py``."""

    email = models.EmailField(_("e-mail address"), unique=True)
    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user"
    )
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=5, blank=True, default="")
    created = models.DateTimeField(default=now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.email


class EmailChange(models.Model):
    """Another address for a login: asked for, then confirmed by whoever reads the new one (``done``).

    ``old`` is kept until the old mailbox can no longer put it back. Links are signed and name the row.
    """

    public_id = models.UUIDField(default=new_id, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="email_changes")
    old = models.EmailField()
    email = models.EmailField()
    created = models.DateTimeField(default=now)
    done = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(done__isnull=True), name="email_change_open_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)
