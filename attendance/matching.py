"""People on seats so that the worth is greatest: each newcomer may move others on, or take the seat of somebody worth less there."""

import itertools
from collections.abc import Mapping

Place = tuple[int, str]
OUT = None  # where somebody goes who loses the seat
Move = tuple[int, int]  # what moving somebody on changes, and who


class Matching:
    """An assignment of the greatest worth at every step; whoever came first stays where two are worth the same."""

    def __init__(self, capacity: Mapping[Place, int]) -> None:
        self.capacity = dict(capacity)
        self.worth: dict[int, Mapping[Place, int]] = {}
        self.seated: dict[int, Place] = {}
        self.here: dict[Place, list[int]] = {place: [] for place in capacity}  # in the order in which they came
        self.moves: dict[Place, dict[Place | None, Move]] = {}

    def add(self, key: int, worth: Mapping[Place, int]) -> None:
        """Let one more person in, to whom these places are worth so much; a place that is not named is none for them."""
        self.worth[key] = worth
        if path := self.best_path(worth):
            self.move_along(key, path)

    def best_path(self, worth: Mapping[Place, int]) -> list[Place | None]:
        """The places to go along, the last being free or OUT; empty where nothing is gained. Nobody gains more than their best place."""
        gain: dict[Place | None, int] = {}
        gain.update(worth.items())
        before: dict[Place | None, Place] = {}
        waiting = [place for place in worth if self.is_full(place)]
        while waiting:
            place = waiting.pop()
            for onward, (change, _who) in self.moves_from(place).items():
                if gain[place] + change > gain.get(onward, 0):
                    gain[onward], before[onward] = gain[place] + change, place
                    if onward is not OUT and self.is_full(onward):
                        waiting.append(onward)
        ends = [place for place in gain if place is OUT or not self.is_full(place)]
        path: list[Place | None] = [max(ends, key=lambda place: gain[place])] if ends else []
        while path and path[0] in before:
            path.insert(0, before[path[0]])
        return path

    def is_full(self, place: Place) -> bool:
        return len(self.here[place]) >= self.capacity[place]

    def moves_from(self, place: Place) -> dict[Place | None, Move]:
        """For each place onward, whose move from here costs least: of equals, whoever came last."""
        if place not in self.moves:
            best: dict[Place | None, Move] = {}
            for key in reversed(self.here[place]):
                own = self.worth[key]
                for onward, value in (*own.items(), (OUT, 0)):
                    if onward != place and (onward not in best or value - own[place] > best[onward][0]):
                        best[onward] = (value - own[place], key)
            self.moves[place] = best
        return self.moves[place]

    def move_along(self, key: int, path: list[Place | None]) -> None:
        """Seat somebody on the first place of a path, whoever sat there on the next, and so on."""
        chain = [self.moves_from(place)[onward][1] for place, onward in itertools.pairwise(path) if place is not OUT]
        for place, leaver in zip(path, chain, strict=False):
            if place is not OUT:
                self.here[place].remove(leaver)
                del self.seated[leaver]
        for who, place in zip((key, *chain), path, strict=True):
            if place is not OUT:
                self.seated[who] = place
                self.here[place].append(who)
                self.moves.pop(place, None)
