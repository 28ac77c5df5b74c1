"""A row in every ledger that the back office shows: what was exported, imported, revealed, agreed to, erased and purged."""

from accounts.models import User
from attendance.models import Badge, Certificate, Device, EvaluationAnswer
from correspondence.models import Campaign
from participants.models import Consent, ExportRecord, ImportRecord, Participant, Reveal, Target
from privacy.models import Erasure, ErasureRequest, PurgeRun
from tests.factories import BookingFactory, CheckInFactory, ScanFactory, SessionFactory


def write_all(*, clerk: User, person: Participant, hidden: Participant) -> None:
    """As ``clerk`` and time would have written them, about ``person`` and about ``hidden``, whose name is protected."""
    ExportRecord.objects.create(made_by=clerk, purpose="full", filters={"status": "Confirmed"})
    ImportRecord.objects.create(made_by=clerk, meeting=person.meeting, kind="csv", digest="0" * 64, new_state="pending")
    Reveal.objects.create(made_by=clerk, participant=hidden, reason="Asked by the host.")
    Badge.objects.create(made_by=clerk, participant=person)
    CheckInFactory(participant=person)
    Certificate.objects.create(issued_by=clerk, participant=person, language="en", days=[person.meeting.starts_on.isoformat()])
    EvaluationAnswer.objects.create(meeting=person.meeting, content=4)
    BookingFactory(session=SessionFactory(meeting=person.meeting), participant=person)
    device = Device.objects.create(meeting=person.meeting, name="Door A", token_hash="0" * 64, pin_hash="!", made_by=clerk)
    for somebody in (person, hidden):
        ScanFactory(device=device, participant=somebody)
    Target.objects.create(meeting=person.meeting, dimension="sector", value="judge", wanted=2)
    Campaign.objects.create(made_by=clerk, name="Practical information", audience="participants")
    Consent.objects.create(participant=person, what="photographs", is_given=True, how="form")
    Erasure.objects.create(purpose="request", made_by=clerk, account=7, counts={"accounts.user": 1})
    ErasureRequest.objects.create(user=person.user)
    PurgeRun.objects.create(channel="nightly", counts={"mail": {"correspondence.message": 3}})
