from django.apps import AppConfig


class SpamguardConfig(AppConfig):
    name = "wurt.core.spamguard"
    label = "spamguard"
