"""The specialised encoder against the published scheme, written out plainly here."""

from collections.abc import Iterator
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.kernel import ids

ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890"


@pytest.fixture
def salted() -> Iterator[str]:
    ids.configure("pepper")
    yield "pepper"
    ids.configure("")


def reordered(letters: str, salt: str) -> str:
    if not salt:
        return letters
    row, i, index, total = list(letters), len(letters) - 1, 0, 0
    while i > 0:
        index %= len(salt)
        code = ord(salt[index])
        total += code
        j = (code + index + total) % i
        row[i], row[j] = row[j], row[i]
        i, index = i - 1, index + 1
    return "".join(row)


def in_alphabet(number: int, letters: str) -> str:
    text = ""
    while True:
        text = letters[number % len(letters)] + text
        number //= len(letters)
        if not number:
            return text


def hashid(number: int, salt: str = "", length: int = 10) -> str:
    separators = "".join(letter for letter in "cfhistuCFHISTU" if letter in ALPHABET)
    letters = "".join(letter for letter in ALPHABET if letter not in separators)
    separators = reordered(separators, salt)
    assert len(letters) / len(separators) <= 3.5
    letters = reordered(letters, salt)
    count = ceil(len(letters) / 12)
    guards, letters = letters[:count], letters[count:]
    residue = number % 100
    text = lottery = letters[residue % len(letters)]
    letters = reordered(letters, (lottery + salt + letters)[: len(letters)])
    text += in_alphabet(number, letters)
    if len(text) < length:
        text = guards[(residue + ord(text[0])) % len(guards)] + text
    if len(text) < length:
        text += guards[(residue + ord(text[2])) % len(guards)]
    middle = len(letters) // 2
    while len(text) < length:
        letters = reordered(letters, letters)
        text = letters[middle:] + text + letters[:middle]
        excess = len(text) - length
        if excess > 0:
            text = text[excess // 2 : excess // 2 + length]
    return text


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "VolejRejNm"), (2, "Wpmbk5ezJn"), (3, "Opnel5aKBz"), (4, "wMvbmOeYAl"), (11, "7LDdwRb1YK")],
)
def test_known_ids(number: int, text: str) -> None:
    assert ids.encode(number) == text
    assert ids.decode(text) == number


def test_the_first_thousands_are_those_of_the_published_scheme() -> None:
    numbers = [*range(3000), *(44**power + step for power in range(3, 12) for step in (-1, 0, 1))]
    assert [ids.encode(number) for number in numbers] == [hashid(number) for number in numbers]


@given(st.integers(0, ids.LARGEST))
def test_every_key_has_the_published_id_and_comes_back(number: int) -> None:
    text = ids.encode(number)
    assert text == hashid(number)
    assert ids.decode(text) == number
    assert len(text) >= 10


@given(st.text(max_size=16) | st.text(ALPHABET, min_size=9, max_size=14))
def test_only_what_encodes_back_to_itself_decodes(text: str) -> None:
    number = ids.decode(text)
    assert number is None or ids.encode(number) == text


@pytest.mark.parametrize(
    "text",
    ["", "1", "AAAAAAAAAA", "VolejRejNM", "VolejRejNm ", "VolejRejN", "volejrejnm", "é" * 10, "V" * 500],
)
def test_what_is_no_id_decodes_to_nothing(text: str) -> None:
    assert ids.decode(text) is None


def test_many_keep_their_order_and_lose_what_is_no_id() -> None:
    assert ids.decode_all([ids.encode(7), "nonsense", "", ids.encode(2), ids.encode(7)]) == [7, 2, 7]


@pytest.mark.parametrize("number", [-1, 2**63])
def test_a_number_that_no_row_has_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no row"):
        ids.encode(number)


def test_a_salt_changes_every_id(salted: str) -> None:
    numbers = [*range(500), 44**9, ids.LARGEST]
    assert [ids.encode(number) for number in numbers] == [hashid(number, salted) for number in numbers]
    assert ids.decode("VolejRejNm") is None
