"""Which words show help: every line of the list."""

import time
from pathlib import Path

import pytest

from positivesocials.care.crisis import signs_in
from positivesocials.care.tests.listed import code_of, crisis_lines


@pytest.mark.parametrize(("sign", "language", "text"), crisis_lines("crisis.txt"))
def test_words_are_a_sign_of_what_the_list_says(sign, language, text):
    assert code_of(signs_in(text)) == sign
