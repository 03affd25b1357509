"""A control proves that a race can go wrong; whether it does in one round is chance, above all on a busy
machine. So a control gets several rounds in fresh worlds and passes with the first that goes wrong. The
races themselves get no second chance.
"""

import pytest

ROUNDS = 8


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    values = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    if not pyfuncitem.name.startswith("test_control") or "arena" not in values:
        return None
    for number in range(ROUNDS):
        values["arena"].round = number
        try:
            pyfuncitem.obj(**values)
        except AssertionError:
            if number == ROUNDS - 1:
                raise
            values["world"] = values["arena"].ask("prepare")
        else:
            break
    return True
