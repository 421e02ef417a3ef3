"""Where the elements of a file end their start tags."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from simulator.model.places import start_tag_ends


def test_the_place_is_behind_the_start_tag() -> None:
    ends, end = start_tag_ends(b"<a>\n  <b x='1'\n     y='2'/></a>")

    assert ends == [(1, 4), (3, 13)]
    assert end == (3, 17)


def test_a_closing_bracket_inside_quotes_ends_nothing() -> None:
    ends, _ = start_tag_ends(b"<a x='1 > 0' y=\">'\"/>")

    assert ends == [(1, 22)]


def test_columns_count_characters_not_bytes() -> None:
    ends, _ = start_tag_ends('<a x="ü"/>'.encode())

    assert ends == [(1, 11)]


@given(
    st.lists(st.sampled_from(["<b/>", "\n", "text", "<!-- <no/> -->", "<c d='>'>x</c>", "ä"]), max_size=12)
)
def test_every_element_has_its_place_in_order(parts: list[str]) -> None:
    content = f"<a>{''.join(parts)}</a>".encode()

    ends, end = start_tag_ends(content)

    assert len(ends) == len(list(etree.fromstring(content).iter("*")))
    assert [*ends, end] == sorted({*ends, end})
