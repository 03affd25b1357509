"""Words: cutting text, one spelling for all spellings, stems, words that say nothing."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

LONGEST = 60
"""A longer run of letters is no word (an address, a key); it is cut here, so that it fits into a column."""

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_PIECE = re.compile(r"[^\W_]+")
_SOFT = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")
_GENDER = re.compile(r"(?<=[^\W\d_])(?:[*:_·]|/-?)(?=in(?:nen)?\b)")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})

_STOP_TEXT = """
aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus bei
beim bekomme bekommen bin bis bist bitte brauche brauchen braucht da dabei dadurch dafuer dagegen daher
damit dann daran darauf daraus darf darfst darin darueber darum das dass dazu dein deine deinem deinen
deiner dem den denen denn der deren des dessen deswegen dich die dies diese diesem diesen dieser dieses
dir doch dort du duerfen durch ein eine einem einen einer eines einige einigen einiger er es etwa etwas
euch euer eure eurem euren eurer fuer ganz gab geben gegen gemacht genau gern gibt habe haben hat hatte
hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres im in indem infolge ins irgend
ist ja je jede jedem jeden jeder jedes jetzt kann kannst kein keine keinem keinen keiner koennen koennte
koennten man manche mehr mein meine meinem meinen meiner mich mir mit moechte moechten muss muessen musst
nach neben nicht noch nun nur ob oder ohne sehr sein seine seinem seinen seiner seit sich sie sind so
sobald sofern sogar solch solche sollen sollte sollten soll sondern sonst soviel sowie statt trotz ueber
um und uns unser unsere unserem unseren unserer unter viel viele vielen vom von vor waehrend wann war
waren warum was weg weil welche welchem welchen welcher welches wem wen wenn wer werde werden weshalb
wessen wie wieder wieso will wir wird wirst wo wobei wodurch wofuer woher wohin womit woran worauf woraus
worin worueber wovon wozu wollen wuerde wuerden wurde wurden zu zum zur zwar zwischen the of and or is
are to in on for with what where when how which who can i
"""
STOP = frozenset(_STOP_TEXT.split())
"""Words of German (and a few of English) that stand everywhere, and the words that questions begin with."""


class Token(NamedTuple):
    """A word where it stands: ``key`` is its one spelling, ``start``/``end`` its place in the text."""

    key: str
    shown: str
    start: int
    end: int
    joined: bool = False


def clean(text: str) -> str:
    """Composed letters, no invisible ones, inner signs of gendered words taken out ("Bürger*innen")."""
    return _GENDER.sub("", unicodedata.normalize("NFC", text).translate(_SOFT))


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """The one spelling of a word: small letters, ä as ae, ß as ss, other accents gone.

    "Müll", "MUELL" and "Muell" are the same then. ``fold(fold(w)) == fold(w)``.
    """
    text = unicodedata.normalize("NFC", word).casefold().translate(_UMLAUTS)
    if not text.isascii():
        text = "".join(
            c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)
        ).casefold()
    return text[:LONGEST]


def tokens(text: str) -> Iterator[Token]:
    """The words of a text that went through :func:`clean`, in order.

    A word with hyphens gives its pieces and, ``joined``, the word without them: "E-Bike" is found by "ebike".
    """
    for match in _WORD.finditer(text):
        word = match.group()
        if "-" not in word:
            yield Token(fold(word), word, match.start(), match.end())
            continue
        for piece in _PIECE.finditer(word):
            start = match.start() + piece.start()
            yield Token(fold(piece.group()), piece.group(), start, start + len(piece.group()))
        yield Token(fold(word.replace("-", "")), word, match.start(), match.end(), joined=True)


def spelled(text: str) -> Iterator[tuple[str, str, bool]]:
    """(key, shown, joined) of the same words, for those who file a text and need no places."""
    for word in _WORD.findall(text):
        if "-" not in word:
            yield fold(word), word, False
            continue
        for piece in _PIECE.findall(word):
            yield fold(piece), piece, False
        yield fold(word.replace("-", "")), word, True


_stemmer = snowballstemmer.stemmer("german")


@lru_cache(maxsize=200_000)
def stem(key: str) -> str:
    """The stem of a folded word. Snowball's German stemmer knows ae, oe and ue as umlauts.

    It does not know Latin plurals (Museum and Museen, Zentrum and Zentren) nor the doubled s (Bus and Busse,
    Ergebnis and Ergebnisse): they are brought together here.
    """
    if not key.isalpha():
        return key
    if len(key) >= 6 and key.endswith("um") and not key.endswith("aum"):
        key = f"{key[:-2]}en"
    found = str(_stemmer.stemWord(key)) or key
    return found[:-1] if found.endswith("ss") else found
