"""JUEL and FEEL say the same in the subset that both have; what is beyond is named, not guessed."""

import pytest

from simulator.targets.adapt_expressions import NotPortable
from simulator.targets.adapt_texts import feel_of, feel_or_text, juel_of, variable_of

BOTH_WAYS = [
    ("${x > 5}", "= x > 5"),
    ("${x == 'a' && y != 2}", '= x = "a" and y != 2'),
    ("${!(a || b) && c}", "= not(a or b) and c"),
    ("${(a + b) * c - -d}", "= (a + b) * c - -d"),
    ("${a - (b - c)}", "= a - (b - c)"),
    ("${order.customer.age >= 18}", "= order.customer.age >= 18"),
    ("${a % 2 == 0}", "= modulo(a, 2) = 0"),
    ("${a > 1 ? 'many' : 'one'}", '= if a > 1 then "many" else "one"'),
    ("${x == null || x == true}", "= x = null or x = true"),
    ("${nrOfCompletedInstances >= 2}", "= numberOfCompletedInstances >= 2"),
    ("${a || b && c}", "= a or b and c"),
    ("${(a || b) && c}", "= (a or b) and c"),
]


@pytest.mark.parametrize(("juel", "feel"), BOTH_WAYS)
def test_an_expression_is_the_same_in_both_languages(juel: str, feel: str) -> None:
    assert (feel_of(juel), juel_of(feel)) == (feel, juel)


@pytest.mark.parametrize(
    ("juel", "feel"),
    [
        ("#{a eq 1 and not b or c gt 2}", "= a = 1 and not(b) or c > 2"),
        ("plain", '= "plain"'),
        ('say "hi"', '= "say \\"hi\\""'),
        ("order-${id}", '= "order-" + string(id)'),
        ("= already", "= already"),
    ],
)
def test_texts_become_feel(juel: str, feel: str) -> None:
    assert feel_of(juel) == feel


@pytest.mark.parametrize(
    ("feel", "juel"), [('= "order-" + id', "order-${id}"), ("sales", "sales"), ("= 1", "${1}")]
)
def test_texts_become_juel(feel: str, juel: str) -> None:
    assert juel_of(feel) == juel


def test_plain_text_stays_where_plain_text_is_allowed() -> None:
    assert (feel_or_text("PT1H"), feel_or_text("${wait}")) == ("PT1H", "= wait")


@pytest.mark.parametrize(
    "juel",
    [
        "${empty x}",
        "${bean.call(1)}",
        "${a[0]}",
        "${a >}",
        "${(a}",
        "${'a' ~ b}",
        "${" + "(" * 200 + "1" + ")" * 200 + "}",
    ],
)
def test_juel_beyond_the_subset_is_not_portable(juel: str) -> None:
    with pytest.raises(NotPortable):
        feel_of(juel)


@pytest.mark.parametrize(
    "feel", ["= for i in x return i", "= count(x) > 1", "= x in [1..2]", "= a = ", "= -" * 400 + "1"]
)
def test_feel_beyond_the_subset_is_not_portable(feel: str) -> None:
    with pytest.raises(NotPortable):
        juel_of(feel)


@pytest.mark.parametrize(
    ("text", "variable"), [("= orderId", "orderId"), ("= a + b", None), ("orderId", None)]
)
def test_only_one_variable_alone_is_a_variable(text: str, variable: str | None) -> None:
    assert variable_of(text) == variable
