from positivesocials.replies import aliases


def test_no_alias_is_suggested_that_somebody_wears_there():
    worn = [f"{first} {second}" for first in aliases.FIRST[:21] for second in aliases.SECOND]

    assert {aliases.suggest(worn) for _ in range(9)} & set(worn) == set()


def test_where_all_are_worn_the_field_is_empty():
    worn = [f"{first} {second}" for first in aliases.FIRST for second in aliases.SECOND]

    assert aliases.suggest(worn) == ""


def test_a_picture_that_was_not_drawn_here_is_another_one():
    drawn = aliases.draw_picture()
    salt = drawn.split(":")[0]

    assert aliases.picture(drawn) == salt
    for forged in ("", salt, f"{'0' * 16}:{drawn.split(':')[1]}", drawn[:-1]):
        assert aliases.picture(forged) not in {salt, "0" * 16}
