"""Why a document was found, told with its own words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from wurt.core.search.engine.plan import Choice, Plan, Why
from wurt.core.search.engine.snippets import Read
from wurt.core.search.engine.words import Token, clean, fold, stem, tokens
from wurt.core.search.vocabulary import known

SHORTEST_COMPOUND = 7


@dataclass(frozen=True, slots=True)
class Reason:
    """``typed`` is answered by ``shown``, a word of the document: by a part of either, or as probably meant.

    ``inside``: the part is one of what was typed ("Busanbindung" is answered by "Bus").
    """

    typed: str
    shown: str
    why: Why
    inside: bool = False


class Matcher:
    """Says of a word in a text which typed word it answers. Made once for the documents of a page."""

    def __init__(self, plan: Plan, typed: str, texts: Iterable[Read]) -> None:
        self.written = {token.key: token.shown for token in tokens(clean(typed))}
        self.choices: dict[str, tuple[str, Choice]] = {}
        for group in plan.groups:
            for choice in group.choices:
                self.choices.setdefault(choice.term, (group.typed, choice))
        self.firsts = {term[:1] for term in self.choices}
        self.parts = self._parts(texts)
        self.memory: dict[str, str] = {}

    def __call__(self, token: Token) -> str:
        """The typed word, folded; "" if the word is not what was looked for."""
        if token.key not in self.memory:
            found = self._found(token.key)
            self.memory[token.key] = self.choices[found][0] if found else ""
        return self.memory[token.key]

    def reason(self, typed: str, shown: str) -> Reason | None:
        """How ``shown`` answers ``typed``; None where it is the very word, which explains itself."""
        key = fold(shown.replace("-", ""))
        term = self._found(key)
        if key == typed or not term:
            return None
        why, written = self.choices[term][1].why, self.written.get(typed, typed)
        if why is Why.WORD:
            return None if term == stem(key) else Reason(written, shown, Why.PART)
        return Reason(written, shown, why, inside=why is Why.PART)

    def _found(self, key: str) -> str:
        """The term under which a word is looked for."""
        # No stem begins with another letter than its word, and stemming every word of ten texts is slow.
        forms = (form for form in (key, *self.parts.get(key, ())) if form[:1] in self.firsts)
        return next((term for form in forms if (term := stem(form)) in self.choices), "")

    def _parts(self, texts: Iterable[Read]) -> dict[str, Collection[str]]:
        """What is inside those long words that may hold a term: asked once, for few words."""
        beginnings = {choice.word[:4] for _typed, choice in self.choices.values()}
        beginnings |= {term[:3] for term in self.choices}
        wanted = {
            token.key
            for text in texts
            for token in text.words
            if len(token.key) >= SHORTEST_COMPOUND and any(start in token.key for start in beginnings)
        }
        return {word: found.parts for word, found in known(wanted).items() if found.parts}
