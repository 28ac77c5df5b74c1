"""What the processes of a herd do at the same moment."""

from accounts.limits import Rule, is_spent, spend


def try_often(what, amount, times):
    """Try so often; how many of the tries passed."""
    rule = Rule(amount, 600, ("address",))
    return sum(not is_spent(what, rule, ["maeve@police.example"]) for _ in range(times))


def count(what, amount):
    """How many tries there are, this one included."""
    return spend(what, Rule(amount, 600, ("address",)), ["maeve@police.example"]).count
