"""A message is written in its event's transaction, once, to one address, and its words are no code."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from correspondence import outbox
from correspondence.models import Message, MessageTemplate


def put(**changes):
    """Ask for the mail with a code to sign in, which is the shortest."""
    wanted = {
        "kind": "sign_in_code",
        "to": "maeve@garda.example",
        "language": "en",
        "values": {"code": "K7QM2X", "minutes": "10"},
        "dedup_key": "code:1",
    }
    return outbox.put(**{**wanted, **changes})


def edit(**columns):
    MessageTemplate.objects.filter(kind="sign_in_code").update(**columns)


def test_a_message_is_a_row_with_its_words_filled_in(db):
    message = put(reference="CYB26-X")

    assert (message.to, message.language, message.reference, message.state) == ("maeve@garda.example", "en", "CYB26-X", "queued")
    assert message.subject == "Your code to sign in"
    assert "Your code is K7QM2X. It works once, for 10 minutes" in message.body
    assert message.is_secret


def test_the_words_are_those_of_the_language(db):
    assert put(language="fr").subject.startswith("Votre code de connexion")


def test_its_delivery_is_queued(db):
    message = put()

    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == ("correspondence.tasks.deliver_message", [message.pk])


def test_one_event_is_told_once(db):
    first = put()

    assert put() is None
    assert list(Message.objects.all()) == [first]
    assert DBTaskResult.objects.count() == 1


def test_a_second_message_does_not_spoil_the_callers_transaction(db):
    put()

    with transaction.atomic():
        put()
        put(dedup_key="code:2")

    assert Message.objects.count() == 2


def test_what_is_rolled_back_was_never_written(db):
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    assert (Message.objects.count(), DBTaskResult.objects.count()) == (0, 0)


def test_the_address_is_stored_in_one_form(db):
    assert put(to="Maeve@Garda.Example").to == "maeve@garda.example"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maeve",
        "maeve@garda.example, all@post.example",
        "maeve@garda.example\nBcc: all@post.example",
        "maeve@garda.example\r\n\r\nA body",
        "Maeve <maeve@garda.example>",
        "máeve@garda.example",
    ],
)
def test_anything_but_one_plain_address_is_refused(db, address):
    with pytest.raises(ValidationError):
        put(to=address)

    assert Message.objects.count() == 0


@pytest.mark.parametrize("values", [{}, {"code": "X"}, {"code": "X", "minutes": "10", "name": "Maeve"}])
def test_the_values_must_be_those_of_the_kind(db, values):
    with pytest.raises(ValueError, match=r"sign_in_code needs \['code', 'minutes'\]"):
        put(values=values)


def test_an_unknown_kind_is_an_error(db):
    with pytest.raises(KeyError):
        put(kind="birthday")


def test_a_value_cannot_end_the_subject_and_start_a_header(db):
    edit(subject_en="Works for {minutes}")

    message = put(values={"code": "X", "minutes": "10\r\nBcc: all@post.example"})

    assert message.subject == "Works for 10 Bcc: all@post.example"


def test_a_code_stays_out_of_the_subject_whatever_the_row_says(db):
    edit(subject_en="Your code: {code}")

    assert put().subject == "Your code: {code}"


def test_a_subject_with_a_code_is_refused_when_saved(db):
    template = MessageTemplate.objects.get(kind="sign_in_code")
    template.subject_fr = "Votre code : {code}"

    with pytest.raises(ValidationError) as refusal:
        template.full_clean()

    assert refusal.value.message_dict == {"subject_fr": ["A subject is read by many: {code} belongs into the text."]}


def test_a_value_is_not_filled_in_again(db):
    edit(body_en="{code}")

    assert put(values={"code": "{minutes}", "minutes": "10"}).body == "{minutes}"


@pytest.mark.parametrize("trick", ["{code.__class__}", "{code[0]}", "{code!r}", "{0}", "{{ code }}", "{% debug %}", "{}"])
def test_a_template_is_no_code(db, trick):
    edit(subject_en=trick)

    assert put().subject == trick


def test_the_secretarys_words_are_used(db):
    edit(subject_en="For {minutes} minutes", body_en="Valid for {minutes} minutes.")

    message = put()

    assert (message.subject, message.body) == ("For 10 minutes", "Valid for 10 minutes.")


def test_shipped_words_are_used_where_the_row_is_missing(db):
    MessageTemplate.objects.all().delete()

    assert put().subject == "Your code to sign in"


def test_a_subject_is_cut_to_its_column(db):
    edit(subject_en="{minutes}")

    assert put(values={"code": "X", "minutes": "x" * 900}).subject == "x" * 300
