"""Our words on the library's forms."""

import pytest
from django.utils.module_loading import import_string

from accounts.forms import WORDS, RequestCodeForm, SignInForm


@pytest.fixture
def form_paths(settings):
    return [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]


def test_every_field_of_every_form_has_our_label(form_paths):
    fields = {name for path in form_paths for name, field in import_string(path).base_fields.items() if not field.widget.is_hidden}

    assert fields - set(WORDS) == {"remember"}  # which the sign-in form drops


def test_boxes_do_not_repeat_their_label():
    assert "placeholder" not in RequestCodeForm().fields["email"].widget.attrs


def test_an_empty_form_says_what_to_enter(db):
    assert SignInForm({}).errors == {"login": ["Enter your e-mail address."], "password": ["Enter your password."]}


def test_what_is_no_address_is_answered_with_an_example(db):
    assert SignInForm({"login": "maeve", "password": "x"}).errors == {"login": ["Enter an e-mail address such as name@police.example."]}
