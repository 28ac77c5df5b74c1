"""The pieces pages are made of, one by one."""

import pytest
from django import forms
from django.template.loader import render_to_string

from reports.charts import Bar, bar_chart


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="As in your passport.")
    language = forms.ChoiceField(label="Language", choices=[("en", "English"), ("fr", "French")], widget=forms.RadioSelect)
    remarks = forms.CharField(label="Remarks", required=False)

    def clean(self):
        raise forms.ValidationError("The two do not fit.")


def piece(name, **context):
    return " ".join(render_to_string(f"components/{name}.html", context).split())


def field(name, data=None):
    html = render_to_string("bootstrap5/field.html", {"field": Form(data)[name], "form_show_labels": True})
    return " ".join(html.split())


def test_error_summary_links_each_error_to_its_field():
    html = piece("error_summary", form=Form({}))

    assert (
        "<ul><li>The two do not fit.</li>"
        '<li><a href="#id_name">This field is required.</a></li>'
        '<li><a href="#id_language_0">This field is required.</a></li></ul>'
    ) in html


def test_without_errors_there_is_no_summary():
    assert piece("error_summary", form=Form()) == ""


def test_a_field_has_its_label_then_its_hint_then_its_error_then_its_box():
    html = field("name", {})

    order = [html.index(part) for part in (">Name</label>", "As in your passport.", "This field is required.", "<input")]
    assert order == sorted(order)
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_choice_is_a_group_with_its_question():
    html = field("language")

    assert '<fieldset><legend class="form-label">Language</legend>' in html
    assert '<label for="id_language_0" class="form-check-label">English</label>' in html


def test_an_optional_field_says_so_and_no_other_does():
    assert "(optional)" in field("remarks")
    assert "(optional)" not in field("name")


@pytest.mark.parametrize("name", ["status_tag", "page_header", "empty", "notice", "figure"])
def test_pieces_escape_what_they_are_given(name):
    html = piece(name, **dict.fromkeys(["title", "text", "lead", "label", "number", "note", "state", "kind"], "<i>x</i>"))

    assert "&lt;i&gt;" in html
    assert "<i>" not in html


def test_a_figure_with_a_list_behind_it_is_a_link():
    assert piece("figure", number=4, label="to approve", url="/admin/").startswith('<a class="pg-figure" href="/admin/">')


def test_a_chart_stands_with_its_table():
    html = piece("chart", chart=bar_chart([Bar("Police", 3)], title="Sectors"))

    assert '<th scope="row">Police</th><td>3</td>' in html


def test_an_empty_chart_says_that_there_is_nothing_yet():
    assert "Nothing to show yet." in piece("chart", chart=bar_chart([], title="Sectors"))


def test_the_page_itself_is_the_last_crumb_and_no_link():
    html = piece("breadcrumbs", crumbs=[("Meetings", "/meetings/"), ("Dublin 2017", "")])

    assert '<a href="/meetings/">Meetings</a>' in html
    assert '<span aria-current="page">Dublin 2017</span>' in html


def test_a_step_says_where_one_is_without_colour():
    html = piece("steps", steps=[("You", "done"), ("Your work", "current"), ("Your stay", "todo")])

    assert "You <span class=" in html
    assert '<li class="pg-step-current" aria-current="step">Your work</li>' in html


def test_what_cannot_be_undone_is_asked_by_post_with_a_way_back():
    html = piece("confirm", title="Withdraw?", text="", action="/my/x/withdraw/", button="Withdraw", cancel_url="/my/x/", danger=True)

    assert '<form class="pg-actions" method="post" action="/my/x/withdraw/">' in html
    assert '<button class="btn btn-danger" type="submit">Withdraw</button><a href="/my/x/">Cancel</a>' in html
