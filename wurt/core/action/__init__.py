"""The kernel of every write: actor, permission, action, guard. ``from wurt.core.action import …``."""
