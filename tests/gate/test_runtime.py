"""What a model said is remembered, the longest unasked forgotten first."""

from beside.gate.runtime import Memory


def test_the_longest_unasked_is_forgotten_first():
    looked, memory = [], Memory(2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert memory.get(key, lambda key=key: looked.append(key) or key.upper()) == key.upper()
    assert looked == ["a", "b", "c", "b"]
    assert len(memory) == 2
