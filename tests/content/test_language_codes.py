"""Which words a counsellor may write for a language."""

import pytest

from bot.content.language_codes import cure, is_known


@pytest.mark.parametrize("code", ["de", "uk", "fa", "fa_AF", "fa-AF", "zh-Hant", "kmr"])
def test_a_code_is_known_with_and_without_a_region(code: str) -> None:
    assert is_known(code)


@pytest.mark.parametrize(
    ("word", "meant"), [("ua", "uk"), ("Farsi", "fa"), ("arabich", "ar"), ("cz", "cs")]
)
def test_what_people_write_instead_is_understood(word: str, meant: str) -> None:
    assert not is_known(word)
    assert f"`{meant}`" in str(cure(word))
