"""The one way to show who somebody is (door three of the design)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.utils.translation import gettext as _

from accounts.models import User


class Identity(Protocol):
    """The columns a face is made from; a Participant has them, and so has a row fetched for an export."""

    pk: int
    user_id: int | None
    given_name: str
    family_name: str
    email: str
    phone: str
    salutation: str
    function: str
    service: str
    organisation: str
    alias: str
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """What a viewer may see: their own identity, the protected people revealed to them, and whether all of those."""

    user_id: int | None = None
    revealed: frozenset[int] = frozenset()
    sees_protected: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """Who somebody is, as one viewer may see it; what may not be seen is an empty string."""

    name: str
    given_name: str
    family_name: str
    salutation: str
    email: str
    phone: str
    function: str
    service: str
    organisation: str
    is_masked: bool = False

    @property
    def formal_name(self) -> str:
        """Title and name with the family name in capitals, as lists print it: "Ms Maeve ORRIN"."""
        if self.is_masked:
            return self.name
        title = {"ms": _("Ms"), "mr": _("Mr")}.get(self.salutation, "")
        return " ".join(part for part in (title, self.given_name, self.family_name.upper()) if part)


PUBLIC = Sight()


def sight_of(viewer: Any, *, revealed: Iterable[int] = ()) -> Sight:
    """What a user may see. ``viewer`` None is the public. Reveals count only for those who hold the permission now."""
    if not isinstance(viewer, User):
        return PUBLIC
    wanted = frozenset(revealed)
    allowed = wanted and viewer.has_perm("participants.view_protected_identity")
    return Sight(user_id=viewer.pk, revealed=wanted if allowed else frozenset())


def face_of(person: Identity, sight: Sight) -> Face:
    """Return what ``sight`` may see of ``person``: everything of most, a mask of a protected person."""
    own = person.user_id is not None and person.user_id == sight.user_id
    if person.is_protected and not (own or sight.sees_protected or person.pk in sight.revealed):
        return mask_of(person)
    if not person.family_name:
        return replace(mask_of(person), name=_("Erased person"))
    return Face(
        name=f"{person.given_name} {person.family_name}".strip(),
        given_name=person.given_name,
        family_name=person.family_name,
        salutation=person.salutation,
        email=person.email,
        phone=person.phone,
        function=person.function,
        service=person.service,
        organisation=person.organisation,
    )


def mask_of(person: Identity) -> Face:
    """A protected person to everybody else: an alias or "Representative", and nothing that leads to the person.

    Function and service go too: in a small service they say who it is.
    """
    return Face(
        name=person.alias or _("Representative"),
        given_name="",
        family_name="",
        salutation="",
        email="",
        phone="",
        function="",
        service="",
        organisation=person.organisation,
        is_masked=True,
    )
