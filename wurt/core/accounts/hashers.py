"""How passwords of the demo are hashed."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DemoHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few rounds, for passwords that are printed on the screen anyway.

    Eight logins with the rounds of real passwords were half of the demo's loading time. The name of its
    own keeps
    real sites safe: outside of the demo no hasher answers to it, so that such a login never works there.
    """

    algorithm = "wurt_demo"
    iterations = 1_000
