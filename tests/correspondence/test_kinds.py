"""The kinds of mail, their templates and placeholders."""

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from correspondence import kinds
from correspondence.models import MessageTemplate
from correspondence.wording import add_missing_templates, shipped

EVERY = [kind.key for kind in kinds.with_templates()]


@pytest.mark.parametrize("key", EVERY)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_shipped_words_use_only_their_own_placeholders(key, language):
    subject, body = shipped(key, language)

    assert subject
    assert kinds.placeholders_in(subject + body) <= set(kinds.get(key).placeholders)


@pytest.mark.parametrize("key", EVERY)
def test_both_languages_say_the_same_things(key):
    english, french = ("".join(shipped(key, language)) for language in ("en", "fr"))

    assert kinds.placeholders_in(english) == kinds.placeholders_in(french)


@pytest.mark.parametrize("key", [kind.key for kind in kinds.with_templates() if not kind.is_secret])
def test_mail_that_is_kept_holds_no_secret(key):
    assert {"code", "confirm_link", "reset_link"}.isdisjoint(kinds.get(key).placeholders)


def test_every_shipped_text_belongs_to_a_kind():
    files = {path.name for path in (settings.BASE_DIR / "templates" / "mails").glob("*.txt")}

    assert files == {f"{key}.{language}.txt" for key in EVERY for language in ("en", "fr")}


def test_every_kind_has_a_row_after_migration(db):
    assert set(MessageTemplate.objects.values_list("kind", flat=True)) == set(EVERY)


def test_edited_rows_stay_and_missing_ones_come_back(db):
    MessageTemplate.objects.filter(kind="sign_in_code").update(subject_en="Ours: {code}")
    MessageTemplate.objects.filter(kind="password_reset").delete()

    add_missing_templates()

    assert MessageTemplate.objects.get(kind="sign_in_code").subject_en == "Ours: {code}"
    assert MessageTemplate.objects.filter(kind="password_reset").count() == 1


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("body_en", "Dear {nmae}", "unknown_placeholder"),
        ("body_fr", "{code} {adresse}", "unknown_placeholder"),
        ("subject_en", "{code.__class__}", "unknown_placeholder"),
        ("subject_fr", "{}", "unknown_placeholder"),
        ("subject_en", "Two\nlines", "line_break"),
        ("subject_fr", "Two\rlines", "line_break"),
    ],
)
def test_a_mistake_in_a_template_is_refused_when_saved(db, column, text, code):
    template = MessageTemplate.objects.get(kind="sign_in_code")
    setattr(template, column, text)

    with pytest.raises(ValidationError) as refused:
        template.full_clean()

    assert [(name, errors[0].code) for name, errors in refused.value.error_dict.items()] == [(column, code)]


def test_the_refusal_names_the_placeholders_there_are(db):
    template = MessageTemplate.objects.get(kind="sign_in_code")
    template.body_en = "{nmae}"

    with pytest.raises(ValidationError) as refused:
        template.full_clean()

    assert refused.value.messages == ["Unknown placeholder: {nmae}. This mail knows: {code}, {minutes}."]


def test_a_kind_that_is_gone_is_shown_by_its_key():
    assert kinds.label_of("birthday") == "birthday"


@given(st.text(max_size=80), st.dictionaries(st.sampled_from(["code", "name"]), st.text(max_size=20)))
def test_filling_never_fails_and_leaves_the_unknown_alone(text, values):
    filled = kinds.fill(text, values)

    if kinds.placeholders_in(text).isdisjoint(values):
        assert filled == text
