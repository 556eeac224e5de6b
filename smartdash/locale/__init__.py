"""Languages of the interface: message catalogues, numbers and dates."""

from smartdash.locale.catalogue import LANGUAGES, Language, Words, words

__all__ = ["LANGUAGES", "Language", "Words", "words"]
