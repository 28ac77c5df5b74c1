"""Sessions in the back office, with those who have a part in them and those let in by name."""

import re
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from attendance.models import Admission, Booking, Part
from attendance.services import queues
from meetings.admin import SessionAdmin
from meetings.models import Session
from participants.admin.reveals import sight_for, user_of
from participants.faces import Sight, face_of
from participants.models import Participant

REFERENCE = re.compile(r"\(([^()]+)\)\s*$")
LIST_ID = "people-of-the-meeting"


def named(person: Participant, sight: Sight) -> str:
    """How somebody is chosen from the list: "Maeve Orrin, Ireland (CYB26-7K2M4)", a protected person as they are shown."""
    face = face_of(person, sight)
    words = (face.name, str(person.country or person.body or face.organisation))
    return f"{', '.join(word for word in words if word)} ({person.reference})"


def people_of(meeting_id: int | None, sight: Sight) -> list[str]:
    """Everybody who comes or may come to a meeting, as they are chosen; one query."""
    if not meeting_id:
        return []
    people = Participant.objects.registered().filter(meeting=meeting_id).exclude(state=Participant.State.WITHDRAWN)
    return sorted(named(person, sight) for person in people.named().select_related("country", "body"))


class PersonField(forms.CharField):
    """A participant chosen by typing: the browser offers those of the meeting, and what counts is the reference."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"list": LIST_ID, "size": 40, "autocomplete": "off"}), **kwargs})
        self.meeting_id: int | None = None
        self.sight: Sight | None = None

    def prepare_value(self, value: Any) -> Any:
        """A stored key as the words it was chosen by."""
        if isinstance(value, int) and self.sight is not None:
            person = Participant.objects.filter(pk=value).named().first()
            return named(person, self.sight) if person else ""
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        match = REFERENCE.search(text)
        reference = (match[1] if match else text).strip()
        person = Participant.objects.filter(meeting=self.meeting_id, reference__iexact=reference).first()
        if person is None:
            raise ValidationError(_("Nobody of this meeting has this reference. Choose a person from the list."))
        return person


class PersonForm(forms.ModelForm):
    """A row about a participant of the session's meeting."""

    participant = PersonField(label=_lazy("Participant"))

    def aim(self, meeting_id: int | None, sight: Sight) -> None:
        """Tell the field whose names it offers, and to whom."""
        field = self.fields.get("participant")
        if isinstance(field, PersonField):
            field.meeting_id, field.sight = meeting_id, sight


class PartForm(PersonForm):
    """Somebody's part: a participant, or a guest."""

    participant = PersonField(label=_lazy("Participant"), required=False)

    class Meta:
        model = Part
        fields = ("role", "participant", "guest_name", "guest_words", "order")


class AdmissionForm(PersonForm):
    """Somebody let in by name."""

    class Meta:
        model = Admission
        fields = ("participant", "reason")
        widgets: ClassVar = {"reason": forms.TextInput(attrs={"size": 40})}


class PeopleFormSet(BaseInlineFormSet):
    """Rows whose participants are those of the session's meeting."""

    sight: Sight
    meeting_id: int | None

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.aim(self.instance.meeting_id or self.meeting_id, self.sight)


class PeopleInline(admin.TabularInline):
    """A list of people in one session, for whoever may see the list of participants."""

    formset = PeopleFormSet
    extra = 1  # one empty row, for browsers without scripts

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)
        formset.sight, formset.meeting_id = sight_for(request), obj.meeting_id if obj else None
        return formset


class PartInline(PeopleInline):
    model = Part
    form = PartForm
    verbose_name_plural = _lazy("Speakers, moderators, rapporteurs")


class AdmissionInline(PeopleInline):
    model = Admission
    form = AdmissionForm
    verbose_name_plural = _lazy("People let in by name")


@admin.register(Session)
class SessionWithPeopleAdmin(SessionAdmin):
    """A session with its people, what clashes, and what lowering the seats means for those who have one."""

    inlines = (PartInline, AdmissionInline)
    change_form_template = "admin/meetings/session/change_form.html"

    def get_inlines(self, request: HttpRequest, obj: Any) -> tuple[Any, ...]:
        """People are chosen once the meeting is known, by whoever may see who comes."""
        may_see = request.user.has_perm("participants.view_all_registrations")
        return self.inlines if obj and may_see else ()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        session = kwargs.get("obj")
        if session and self.get_inlines(request, session):
            context["people"] = people_of(session.meeting_id, sight_for(request))
            context["people_id"] = LIST_ID
        return super().render_change_form(request, context, *args, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """One that was booked, or in which a participant has a part, is cancelled, so that they can be told."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or not (obj.bookings.exists() or obj.parts.filter(participant__isnull=False).exists())

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Who let somebody in is written down."""
        if formset.model is Admission:
            for one in formset.forms:
                one.instance.by = one.instance.by or user_of(request)
        super().save_formset(request, form, formset, change)

    def seats_added(self, request: HttpRequest, session: Session) -> None:
        """More seats go to those who wait, and they are told."""
        moved = queues.fill_from_queue(session=session, by=user_of(request))
        if moved:
            text = ngettext("%(n)s person moved up from the queue.", "%(n)s people moved up from the queue.", len(moved))
            self.message_user(request, text % {"n": len(moved)}, messages.SUCCESS)

    def save_model(self, request: HttpRequest, obj: Session, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"seats", "room", "shares_until"} & set(form.changed_data) and obj.booking == Session.Booking.SEATS:
            self.seats_added(request, obj)
        seated, limit = Booking.objects.seated().filter(session=obj).count(), obj.seats_in_all
        if change and limit is not None and seated > limit:
            text = ngettext(
                "%(seated)s person has a seat, and there are %(limit)s: nobody loses theirs, and nobody gets one until there is room.",
                "%(seated)s people have a seat, and there are %(limit)s: nobody loses theirs, and nobody gets one until there is room.",
                seated,
            )
            self.message_user(request, text % {"seated": seated, "limit": limit}, messages.WARNING)
