"""What following stores about people: an address, topics, dates; nothing else."""

from wurt.core.db.privacy import DataClass, Privacy, register

register(
    {
        "notices.subscriber": Privacy(
            purpose="telling people what they asked to be told, the way they chose",
            retention="deleted with the last topic or on unsubscribing; unconfirmed after seven days; "
            "ninety days after mail came back for good",
            default=DataClass.PERSONAL,
            fields={
                "id": DataClass.INTERNAL,
                "public_id": DataClass.INTERNAL,
                "person": DataClass.PERSONAL,
                "email": DataClass.PERSONAL,
                "language": DataClass.INTERNAL,
            },
        ),
        "notices.follow": Privacy(
            purpose="knowing whom to tell about which topic",
            retention="until the person stops following; unconfirmed seven days",
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "public_id": DataClass.INTERNAL},
        ),
        "notices.notice": Privacy(
            purpose="what there was to tell, made of public facts only",
            retention="180 days",
            default=DataClass.PUBLIC,
            fields={"id": DataClass.INTERNAL},
        ),
        "notices.dispatch": Privacy(
            purpose="telling everybody once, and showing people what they were told",
            retention="180 days, or with the subscriber",
            default=DataClass.PERSONAL,
            fields={"id": DataClass.INTERNAL, "claim": DataClass.INTERNAL, "state": DataClass.INTERNAL},
        ),
    }
)
