"""What is stored about files. Their content belongs to the module that took them in."""

from wurt.core.db.privacy import DataClass, Privacy, register

register(
    {
        "files.storedfile": Privacy(
            purpose="keeping and delivering what was handed in",
            retention="as long as the thing it belongs to",
            default=DataClass.INTERNAL,
        ),
    }
)
