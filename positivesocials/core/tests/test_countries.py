from positivesocials.core import countries


def test_a_code_becomes_a_name_and_an_unknown_one_stays():
    assert countries.name_of("GB") == "United Kingdom"
    assert countries.name_of("ZZ") == "ZZ"


def test_choices_are_in_the_order_of_names():
    assert [code for code, _name in countries.choices(["US", "EG", "ES"])] == ["EG", "ES", "US"]
