"""The order of a Java hash map, in which cases write variables and queries read parameters."""

from simulator.core.java.hash_order import in_hash_order


def test_texts_come_in_the_order_of_a_java_hash_map() -> None:
    assert in_hash_order(["go2", "go", "b", "a"]) == ["a", "b", "go", "go2"]
    assert in_hash_order(["sortBy", "active"]) == ["active", "sortBy"]
    assert in_hash_order(["a", "b", "q"]) == ["a", "q", "b"]


def test_the_order_in_which_texts_without_collisions_are_put_in_does_not_matter() -> None:
    names = ["sortOrder", "sortBy", "suspended", "active"]

    assert in_hash_order(names) == in_hash_order(reversed(names))
