from positivesocials.care import directory


def test_a_country_shows_its_own_lines_and_never_anothers(db, client):
    page = client.get("/help-now/", {"country": "GB"}).content.decode()

    assert "Samaritans" in page
    assert 'href="tel:116123"' in page
    assert "Lifeline Australia" not in page
    assert "13 11 14" not in page


def test_a_country_without_a_known_line_shows_the_directory(db, client):
    page = client.get("/help-now/", {"country": "EG"}).content.decode()

    assert "We know no line in Egypt yet." in page
    assert "findahelpline.com" in page
    assert "tel:" not in page


def test_another_country_and_nonsense_show_no_number(db, client):
    for choice in ["ZZ", "", "XX", "<script>", "GB' OR 1=1"]:
        assert b"tel:" not in client.get("/help-now/", {"country": choice}).content


def test_unchecked_numbers_say_so_and_checked_ones_do_not(db, client):
    unchecked = client.get("/help-now/", {"country": "NZ"}).content.decode()
    checked = client.get("/help-now/", {"country": "ZA"}).content.decode()
    about_directory = len(directory.everywhere())

    assert (
        unchecked.count("Not checked by this site") == about_directory + 2
    )  # The line for a crisis, and the emergency number.
    assert checked.count("Not checked by this site") == about_directory


def test_several_numbers_in_one_row_are_several_links(db, client):
    page = client.get("/help-now/", {"country": "DE"}).content.decode()

    assert page.count("tel:") == 4
    assert 'href="tel:08001110111"' in page
