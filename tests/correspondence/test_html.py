"""The HTML twin of a mail."""

from base64 import b64encode
from hashlib import sha256

from correspondence.html import Block, blocks_of, framed, html_of

BODY = "Dear <Maeve>,\n\nYour place is confirmed.\nSee you there.\n\nSee my registration:\nhttps://meetings.example/my/\n"


def test_text_falls_into_paragraphs_and_actions():
    assert blocks_of(BODY) == [
        Block(lines=("Dear <Maeve>,",)),
        Block(lines=("Your place is confirmed.", "See you there.")),
        Block(label="See my registration", url="https://meetings.example/my/"),
    ]


def test_a_french_label_loses_its_spaced_colon():
    assert blocks_of("Voir mon inscription\u00a0:\nhttps://meetings.example/fr/my/") == [
        Block(label="Voir mon inscription", url="https://meetings.example/fr/my/")
    ]


def test_an_address_within_a_sentence_is_no_action():
    assert blocks_of("Write to:\nus at https://meetings.example/") == [Block(lines=("Write to:", "us at https://meetings.example/"))]


def test_an_action_is_a_button_with_its_address_written_under_it():
    html = html_of(subject="You have a place", body=BODY, language="en")

    assert html.count('href="https://meetings.example/my/"') == 2
    assert ">See my registration</a>" in html
    assert ">https://meetings.example/my/</a>" in html


def test_what_people_typed_is_not_markup_and_becomes_no_link():
    html = html_of(subject="S", body="Dear <Maeve> of evil.example,\n", language="en")

    assert "Dear &lt;Maeve&gt; of evil.example," in html
    assert 'href="http://evil' not in html


def test_the_frame_speaks_the_language_of_the_mail():
    html = html_of(subject="S", body="Bonjour", language="fr")

    assert '<html lang="fr">' in html
    assert "Conseil de l’Europe – Groupe Pompidou" in html


def test_a_mail_fetches_nothing():
    html = html_of(subject="S", body=BODY, language="en")

    assert [part for part in ("<img", "<link", "<script", "url(", "@import") if part in html] == []


def test_in_a_frame_every_style_stands_in_one_sheet_with_a_known_hash():
    shown = framed('<head><style>.a { margin: 0 }</style></head><p class="a" style="color:#123">One</p><b style="color:#123">Two</b>')

    sheet = '.a { margin: 0 }[data-style="0"]{color:#123}\n'
    assert shown.html == f'<head><style>{sheet}</style></head><p class="a" data-style="0">One</p><b data-style="0">Two</b>'
    assert shown.allowed == f"'sha256-{b64encode(sha256(sheet.encode()).digest()).decode()}'"


def test_what_people_typed_gets_no_style_in_the_frame():
    """Neither the sheet nor its hash depends on the words."""
    usual = framed(html_of(subject="S", body="Dear Maeve", language="en"))
    hostile = framed(html_of(subject="</style><style>", body='Dear x" style="color:red <b style="y"> </style><style>*{}', language="en"))

    assert hostile.allowed == usual.allowed
    assert hostile.html.count("<style") == 1
