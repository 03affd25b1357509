"""One recipient is told once, by mail or by letter; trouble stays visible."""

from datetime import timedelta

import pytest
from django.core import mail

from wurt.core.action.actor import Actor
from wurt.core.action.permission import authorize
from wurt.core.action.run import action, record
from wurt.core.db.clock import at, now
from wurt.core.notices import direct, single_queries
from wurt.core.notices.actions import direct as actions
from wurt.core.notices.direct import Recipient
from wurt.core.notices.models import Direct
from wurt.core.notices.policies import SEND
from wurt.core.notices.tests import toys
from wurt.core.outbox.worker import drain
from wurt.core.tenancy.authority import county as the_county

pytestmark = pytest.mark.django_db(transaction=True)


@action("toys.tell")
def tell(actor: Actor, *, recipient: Recipient, key: str) -> bool:
    """A step of some room."""
    authorize(actor, SEND)
    record(actor, the_county())
    return direct.tell(recipient, kind="toys.news", key=key, data=toys.DATA)


def test_told_once_by_mail_without_anything_to_unsubscribe(county: None) -> None:
    ada = Recipient(email="ada@example.org")
    assert [tell(toys.SYSTEM, recipient=ada, key="1") for _ in range(2)] == [True, False]
    drain()
    drain()
    (message,) = mail.outbox
    assert message.to == ["ada@example.org"]
    assert "List-Unsubscribe" not in message.extra_headers
    assert Direct.objects.get().state == "sent"


def test_a_letter_where_there_is_no_mail_and_nothing_where_there_is_no_way(county: None) -> None:
    assert tell(toys.SYSTEM, recipient=Recipient(name="Oma", address="Deich 1\n25000 Ort"), key="1")
    assert not tell(toys.SYSTEM, recipient=Recipient(name="Nobody"), key="2")
    drain()
    assert mail.outbox == []
    row = Direct.objects.get()
    (letter,) = single_queries.single_letters(toys.SYSTEM, row.pk)
    assert (letter.name, letter.address) == ("Oma", "Deich 1\n25000 Ort")
    assert actions.single_letters_posted(toys.SYSTEM, upto=row.pk) == 1
    assert single_queries.single_desk(toys.SYSTEM).letters == ()


def test_a_worker_lost_in_the_middle_leaves_it_unclear_and_staff_decides(county: None) -> None:
    tell(toys.SYSTEM, recipient=Recipient(email="ada@example.org"), key="1")
    Direct.objects.update(state="sending", claimed=now())  # claimed, then the worker was killed
    drain()
    assert mail.outbox == []
    with at(now() + timedelta(minutes=16)):
        assert direct.mark_lost() == 1
    row = Direct.objects.get()
    assert row.state == "unclear"
    assert [line.to for line in single_queries.single_desk(toys.SYSTEM).mails] == ["ada@example.org"]
    actions.send_direct_again(toys.SYSTEM, direct=row.public_id)
    assert direct.send(direct.due_mail(), now() + timedelta(minutes=1)) == 1
    assert len(mail.outbox) == 1
