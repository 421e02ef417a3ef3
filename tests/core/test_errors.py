from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.core.errors import Rejection, UserError


@dataclass(eq=False)
class NoSuchOrder(Rejection):
    key: str
    tenant: str | None = None


def test_a_rejection_says_its_kind_and_fields() -> None:
    with pytest.raises(Rejection) as caught:
        raise NoSuchOrder("7", tenant="north")

    assert str(caught.value) == "NoSuchOrder(key='7', tenant='north')"
    assert isinstance(caught.value, NoSuchOrder)
    assert caught.value.key == "7"


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (UserError("no such thing"), "no such thing"),
        (UserError("not XML", file=Path("a.bpmn"), line=3), "a.bpmn:3: not XML"),
        (UserError("not a model", file=Path("a.bpmn")), "a.bpmn: not a model"),
        (UserError("nobody answers", url="http://there"), "http://there: nobody answers"),
    ],
)
def test_a_users_mistake_is_told_in_one_line_beginning_with_its_place(error: UserError, line: str) -> None:
    assert str(error) == line
