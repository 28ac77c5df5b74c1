"""What is asked before somebody loses a seat or a turn, or agrees to lose one later: what it is, and to whom it goes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attendance.workshops import Choice, named


@dataclass(frozen=True, slots=True)
class Question:
    """One page that is answered with a button or left."""

    title: str
    text: str
    button: str
    do: str
    is_loss: bool = False


def question(do: str, choice: Choice, old: Choice | None) -> Question | None:
    """What is asked before a button does what it says; None where nothing is lost by it."""
    if do == "give_up" and choice.has_seat:
        title = _("Give up your seat in “%(session)s”?") % {"session": choice.title.text}
        return Question(title, fate(choice), _("Give up my seat"), do, is_loss=True)
    if do == "give_up" and choice.is_queued:
        title = _("Leave the queue for “%(session)s”?") % {"session": choice.title.text}
        text = _("You are number %(n)s in the queue. If you come back later, you join its end.") % {"n": choice.position}
        return Question(title, text, _("Leave the queue"), do, is_loss=True)
    if do == "swap" and old and old.has_seat and choice.may_ask:
        title = _("Change to “%(session)s”?") % {"session": choice.title.text}
        lost = _("You give up your seat in %(session)s.") % {"session": named([old.session])}
        return Question(title, f"{lost} {fate(old)}", _("Change to this one"), do)
    if do == "queue" and choice.may_ask and choice.besides:
        return to_wait(choice)
    return None


def fate(choice: Choice) -> str:
    """What becomes of a seat that is given up."""
    if not choice.waiting:
        return _("It is free for others at once; you can take it again only while nobody has.")
    sentence = ngettext(
        "It goes at once to the next in the queue, in which %(n)s person waits. If you want it back, you join the end.",
        "It goes at once to the next in the queue, in which %(n)s people wait. If you want it back, you join the end.",
        choice.waiting,
    )
    return sentence % {"n": choice.waiting}


def to_wait(choice: Choice) -> Question:
    """The queue of a full session, with the place in it, and what waiting means for a seat at the same hours."""
    text = _("All seats are taken. You would be number %(n)s in the queue.") % {"n": choice.next_position}
    if choice.besides:
        text = f"{text} {on_moving_up(choice)}"
    return Question(_("Wait for “%(session)s”?") % {"session": choice.title.text}, text, _("Join the queue"), "queue")


def on_moving_up(choice: Choice) -> str:
    """What happens to seats at the same hours when one comes free."""
    sentence = _(
        "Until then you keep your seat in %(sessions)s. When a seat comes free here you change over at once, without being asked again: "
        "the other goes to somebody else, and a mail tells you."
    )
    return sentence % {"sessions": named(choice.besides)}
