import pytest
from django.core.exceptions import FieldError
from django.db import connection

from positivesocials.accounts.models import Account
from positivesocials.profiles.models import Persona
from positivesocials.vault import services as vault
from positivesocials.vault.services import KeyOwner


def stored_name(persona):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM profiles_persona WHERE salt = %s", [persona.salt])
        return bytes(cursor.fetchone()[0])


def test_a_sealed_text_comes_back_and_is_not_in_the_row(ada):
    persona = Persona(account=ada, name="Quiet Heron")
    persona.save()

    assert Persona.objects.get(pk=persona.pk).name == "Quiet Heron"
    assert b"Heron" not in stored_name(persona)


def test_a_ciphertext_moved_to_another_row_does_not_open(ada):
    one, other = Persona(account=ada, name="One"), Persona(account=ada, name="Other")
    one.save()
    other.save()

    Persona.objects.filter(pk=other.pk).update(name=stored_name(one))

    assert Persona.objects.get(pk=other.pk).name is None


def test_a_changed_text_is_sealed_anew(ada):
    persona = Persona(account=ada, name="Before")
    persona.save()

    persona = Persona.objects.get(pk=persona.pk)
    persona.name = "After"
    persona.save()

    assert Persona.objects.get(pk=persona.pk).name == "After"


def test_nothing_opens_after_its_key_was_shredded(ada):
    persona = Persona(account=ada, name="Quiet Heron")
    persona.save()

    vault.shred(KeyOwner("accounts.Account", ada.pk))

    assert Persona.objects.get(pk=persona.pk).name is None


def test_a_shredded_key_is_never_made_again(ada):
    owner = KeyOwner("accounts.Account", ada.pk)
    vault.shred(owner)

    with pytest.raises(vault.NoKey):
        vault.make_key(owner)


def test_searching_and_bulk_updating_sealed_text_is_refused(ada):
    with pytest.raises(FieldError, match="sealed"):
        Persona.objects.filter(name="Quiet Heron").first()
    with pytest.raises(FieldError, match="sealed"):
        Persona.objects.update(name="Quiet Heron")


def test_equal_texts_and_lengths_look_different_at_rest(ada):
    one, other = Persona(account=ada, name="No"), Persona(account=ada, name="A longer name")
    one.save()
    other.save()

    assert stored_name(one) != stored_name(other)
    assert len(stored_name(one)) == len(stored_name(other))


def test_a_page_opens_many_rows_with_one_key_query(make_member, django_assert_num_queries):
    from positivesocials.vault.fields import warm

    for name in ("Ida", "Jon", "Kim"):
        make_member(name)

    with vault.keys_open():
        personas = list(Persona.objects.all())
        with django_assert_num_queries(1, using="keys"):
            warm(personas)
            names = {persona.name for persona in personas}

    assert names == {"Ida", "Jon", "Kim"}


def test_an_account_is_found_by_the_blind_index_of_its_address(ada):
    from positivesocials.accounts.services import handle_of

    assert Account.objects.get(handle=handle_of("  ADA@example.org ")) == ada
    assert Account.objects.get(pk=ada.pk).address == "ada@example.org"
