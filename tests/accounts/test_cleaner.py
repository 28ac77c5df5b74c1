"""The cleaner's edges and its properties, and the fields that apply it; tests/corpus.py has the everyday attacks."""

import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from accounts.text import PersonCharField, PersonTextField, clean_person_text, fold


class NameForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("name",)


@pytest.mark.parametrize(
    "name",
    [
        "Łukasz Żółć",
        "McDONALD",
        "Đặng Thị Ánh",
        "Бояна Ђорђевић",
        "Γεώργιος Παπαδόπουλος",
        "გიორგი ბერიძე",
        "Անահիտ Սարգսյան",
        "محمد عبد الله",
        "שָׁלוֹם בֶּן־דָּוִד",
        "می\u200cخواهم",  # a zero-width non-joiner among letters is Persian spelling
        "क्\u200dषितिज",
        "ปู่ เจ้า",
        "བསྒྲུབས་པ",
        "X Æ A-12",
        "Anne-Marie (dite Mimi) & Co. n° 5",
    ],
)
def test_names_of_every_script_stay_as_typed(name):
    assert clean_person_text(name) == unicodedata.normalize("NFC", name)


def test_the_same_name_typed_on_another_keyboard_is_the_same_text():
    assert clean_person_text("Siobha\u0301n") == "Siobh\u00e1n"


def test_white_space_around_is_dropped():
    assert clean_person_text("\u00a0 Maeve Orrin \t\n") == "Maeve Orrin"


def test_nothing_stays_nothing():
    assert clean_person_text("   ") == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Maeve\rBcc: all@post.example", "control"),
        ("Maeve\tOrrin", "control"),
        ("Maeve\x0bOrrin", "control"),
        ("Maeve\uffffOrrin", "control"),
        ("Maeve\ufff9Orrin", "control"),
        ("Maeve\u206aOrrin", "control"),
        ("Maeve\u202enirrO", "bidi"),
        (" \u200b \u2060\ufeff ", "invisible"),
        ("\u2800\u2800", "invisible"),
        ("\u00ad\u200d", "invisible"),
        ("\ufe0f", "invisible"),
        ("\u0301", "invisible"),
        ("Z" + "\u0301" * 6, "marks"),
        ("a" + "\u0301\u034f" * 6, "marks"),  # a joiner between the marks does not hide the stack
        ("a" + "\u0301\u200d" * 6, "marks"),
        ("a" + "\u0489" * 6, "marks"),
    ],
)
def test_each_refusal_has_its_reason(text, code):
    with pytest.raises(ValidationError) as refused:
        clean_person_text(text)

    assert refused.value.code == code


def test_paragraphs_may_not_have_other_controls_than_line_breaks_and_tabs():
    assert clean_person_text("One\n\tTwo", multiline=True) == "One\n\tTwo"
    with pytest.raises(ValidationError):
        clean_person_text("One\x0bTwo", multiline=True)


@given(st.text(st.characters(codec=None), max_size=60), st.booleans())
def test_what_passes_is_clean_and_passes_again(text, multiline):
    try:
        cleaned = clean_person_text(text, multiline=multiline)
    except ValidationError:
        return

    hidden = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert clean_person_text(cleaned, multiline=multiline) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert hidden.isdisjoint(unicodedata.category(character) for character in cleaned if not (multiline and character in "\n\t"))


@given(st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=40))
def test_letters_and_digits_always_pass(text):
    assert clean_person_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("O’Connor", "o'connor"),
        ("STRAßE", "strasse"),
        ("Łukasz", "lukasz"),
        ("Bjørn", "bjorn"),
        ("Đorđević", "dordevic"),
        ("Işıl", "isil"),
        ("İstanbul", "istanbul"),
        ("Œuvre", "oeuvre"),
        ("ℌans", "hans"),
        ("Ｍａｅｖｅ", "maeve"),
    ],
)
def test_accents_strokes_and_case_do_not_count_when_searching(typed, folded):
    assert fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


def test_a_form_answers_hostile_text_with_an_error_at_the_field():
    form = NameForm({"name": "Maeve\u202eOrrin"})

    assert form.errors.as_data()["name"][0].code == "bidi"


def test_a_form_keeps_the_cleaned_text():
    form = NameForm({"name": " Siobha\u0301n "})

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Siobh\u00e1n"


def test_full_clean_cleans_where_there_is_no_form():
    user = User(email="maeve@police.example", password="!", name=" Siobha\u0301n ")

    user.full_clean(validate_unique=False, validate_constraints=False)

    assert user.name == "Siobh\u00e1n"


def test_a_text_that_grows_when_composed_is_measured_afterwards():
    with pytest.raises(ValidationError):
        PersonCharField(max_length=3).clean("\u0958\u0958", None)  # two letters that Unicode composes as four


def test_a_paragraph_field_takes_line_breaks():
    assert PersonTextField().clean("One\r\nTwo", None) == "One\nTwo"
