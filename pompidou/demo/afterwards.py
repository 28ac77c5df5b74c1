"""What comes after the demo's meetings: some made their certificate, and some said how it was."""

import datetime as dt
from typing import cast

from accounts.models import User
from attendance.models import Certificate, Evaluated, EvaluationAnswer
from attendance.models.evaluation import QUESTIONS
from attendance.services import certificates, evaluation
from meetings.models import Meeting
from participants.models import Participant

# How many answered. Of three nothing is shown; of eleven and of seven all but the last that wait for their five.
ANSWERS = {"strasbourg-2016": 11, "dublin-2017": 3, "strasbourg-2026": 7}
# Marks for content, speakers, exchange, interpretation and organisation; a comment; a topic for next year.
SAID = (
    ((5, 4, 5, 4, 5), "The case studies were what I came for. More of them, please.", "Tracing payments across several services"),
    ((4, 4, 3, 5, 4), "", "Vente de stupéfiants sur les réseaux sociaux"),
    ((5, 5, 4, 4, 4), "Les échanges avec les opérateurs postaux ont été très utiles.", "Petits envois et données douanières"),
    ((3, 4, 2, 4, 5), "Too little time for questions after the presentations.", ""),
    ((4, 5, 4, 3, 4), "", "Electronic evidence: what courts accept"),
    ((4, 3, 4, 4, 3), "The room was cold on the second day.", ""),
    ((5, 4, 5, 5, 5), "", "Preservation requests that get an answer in time"),
    ((4, 4, 4, 2, 4), "L’interprétation s’interrompait dans la petite salle.", ""),
    ((5, 5, 5, 4, 4), "I now know whom to call in six countries.", "Joint exercises between police and industry"),
    (
        (2, 3, 3, 4, 4),
        "Too general for those who do this every day; a second track for them would help.",
        "Artificial intelligence in online markets",
    ),
    ((4, 4, 5, 5, 5), "", "Coopération avec les plateformes hors d’Europe"),
)
EVERY = 4  # so many-th person who was there made a certificate
REASON = "The name was misspelt; it is corrected now."


def write(meeting: Meeting, *, by: User) -> None:
    """Certificates and answers of a meeting that is over, from those who were there."""
    EvaluationAnswer.objects.filter(meeting=meeting).delete()
    Evaluated.objects.filter(participant__meeting=meeting).delete()
    Certificate.objects.filter(participant__meeting=meeting).delete()
    there = Participant.objects.filter(meeting=meeting, check_ins__status="present").confirmed().named().distinct()
    people = list(there.select_related("user").order_by("pk"))
    certify(meeting, [person for person in people[::EVERY] if person.user], by=by)
    for person, (marks, comment, topics) in zip(people[: ANSWERS[meeting.slug]], SAID, strict=False):
        evaluation.answer(participant=person, said={**dict(zip(QUESTIONS, marks, strict=True)), "comment": comment, "topics": topics})


def certify(meeting: Meeting, people: list[Participant], *, by: User) -> None:
    """Each makes their own two days later; the secretariat takes the first back, and its owner makes another."""
    at = dt.datetime.combine(meeting.ends_on + dt.timedelta(days=2), dt.time(10, 12), tzinfo=meeting.zone)
    for person in people:
        certificates.issue(participant=person, language=person.language, by=cast(User, person.user), at=at)
    for person in people[:1]:
        certificates.revoke(certificate=person.certificates.get(), reason=REASON, by=by, at=at + dt.timedelta(hours=1))
        certificates.issue(participant=person, language=person.language, by=cast(User, person.user), at=at + dt.timedelta(hours=5))
