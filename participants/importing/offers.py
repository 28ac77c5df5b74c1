"""What can be typed into a faulty cell that names one of a few things."""

from meetings.audiences import Category
from meetings.languages import wording
from participants import choices


def offers() -> dict[str, list[str]]:
    """By field, the names in the page's language."""
    from delegations.models import Body

    return {
        "country": [wording(row, "name").text for row in choices.countries()],
        "sector": [row.name for row in choices.sectors()],
        "category": [str(label) for _value, label in Category.choices],
        "body": [str(body) for body in Body.objects.all()],
    }
