"""Users sign in by e-mail address."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import User, normal_address
from tests.factories import UserFactory


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Maeve.Orrin@Garda.Example", "maeve.orrin@garda.example"),
        ("  maeve@garda.example\n", "maeve@garda.example"),
        ("MAEVE+meeting@GARDA.EXAMPLE", "maeve+meeting@garda.example"),
    ],
)
def test_an_address_is_stored_in_one_form(typed, stored):
    assert normal_address(typed) == stored


def test_a_user_made_without_password_has_none_that_works(db):
    user = User.objects.create_user("Maeve@Garda.Example")

    assert user.email == "maeve@garda.example"
    assert not user.has_usable_password()
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_an_administrator_may_do_everything(db):
    user = User.objects.create_superuser("admin@secretariat.example", "a long password for tests")

    assert (user.is_staff, user.is_superuser) == (True, True)
    assert user.check_password("a long password for tests")


def test_a_user_is_found_by_address_in_any_capitalisation(db):
    user = UserFactory(email="maeve@garda.example")

    assert User.objects.get_by_natural_key(" MAEVE@garda.EXAMPLE ") == user


def test_an_address_belongs_to_one_user(db):
    UserFactory(email="maeve@garda.example")

    with pytest.raises(IntegrityError):
        UserFactory(email="maeve@garda.example")


def test_the_database_refuses_an_address_with_capitals(db):
    with pytest.raises(IntegrityError):
        User.objects.create(email="Maeve@garda.example")


def test_a_form_lowers_the_address_before_it_looks_for_another(db):
    UserFactory(email="maeve@garda.example")
    user = User(email="Maeve@Garda.example", password="!")

    with pytest.raises(ValidationError) as refused:
        user.full_clean()

    assert list(refused.value.error_dict) == ["email"]


@pytest.mark.parametrize(("name", "shown"), [("Maeve Orrin", "Maeve Orrin"), ("", "maeve@garda.example")])
def test_a_user_is_shown_by_name_or_else_by_address(name, shown):
    user = User(email="maeve@garda.example", name=name)

    assert (str(user), user.get_full_name(), user.get_short_name()) == (shown, shown, shown)
