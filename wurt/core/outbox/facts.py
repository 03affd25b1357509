"""Facts on their way through a JSON column: what the listener gets equals what the teller wrote."""

import dataclasses
import json
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

F = TypeVar("F")


def packed(fact: Any) -> dict[str, Any]:
    """The fields of a frozen dataclass as JSON values.

    Known are text, number, bool, lists and dicts of them, UUID, date, datetime and Decimal. Raises TypeError
    for anything that would come back as something else.
    """
    plain: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(fact), default=_text))
    if unpacked(type(fact), plain) != fact:
        raise TypeError(f"{fact!r} would not come back from JSON as it is")
    return plain


def unpacked(kind: type[F], payload: dict[str, Any]) -> F:
    """The fact again; fields that this version does not know are left out."""
    hints = get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    return kind(**{name: _restored(hints[name], payload[name]) for name in names if name in payload})


def _text(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    raise TypeError(f"{value!r} has no place in a fact")


def _restored(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint in (UUID, Decimal):
        return hint(value)
    if hint in (date, datetime):
        return hint.fromisoformat(value)
    return value
