"""The words by which the wording of an objective or key result is judged: data, one list per language and use."""

from __future__ import annotations

from typing import Literal

TextLanguage = Literal["de", "en"]


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


COMMON: dict[TextLanguage, frozenset[str]] = {
    "de": _listed(
        "der die das den dem des ein eine einen einem einer eines und oder mit ohne für von vom zum zur im in den auf "
        "aus bei nach über unter wir unsere unser ist sind wird werden nicht alle je pro bis zu als sich"
    ),
    "en": _listed(
        "the a an and or with without for of from to on at by our we is are will be not all per until as every than "
        "their its this that each"
    ),
}
"""Frequent small words that tell the language of a title ("in" stands in both and tells nothing)."""

INFINITIVES = _listed(
    "abhalten abstimmen aktualisieren analysieren anschaffen aufbauen ausarbeiten ausrollen ausschreiben auswerten "
    "beauftragen begleiten bereitstellen beschaffen digitalisieren dokumentieren durchführen einführen einrichten "
    "entwickeln erarbeiten erfassen erheben erstellen evaluieren festlegen fortführen fortschreiben fortsetzen "
    "implementieren informieren installieren konzipieren koordinieren organisieren pilotieren planen programmieren "
    "prüfen sammeln schreiben schulen starten testen umsetzen untersuchen unterstützen veranstalten veröffentlichen "
    "vorbereiten überarbeiten"
)
"""German verbs that name work and not its result."""

SEPARABLE = frozenset(
    {
        ("arbeiten", "aus"),
        ("bauen", "auf"),
        ("bereiten", "vor"),
        ("führen", "durch"),
        ("führen", "ein"),
        ("halten", "ab"),
        ("legen", "fest"),
        ("richten", "ein"),
        ("rollen", "aus"),
        ("schreiben", "aus"),
        ("schreiben", "fort"),
        ("setzen", "um"),
        ("stellen", "bereit"),
        ("stimmen", "ab"),
        ("werten", "aus"),
    }
)
"""German verbs of work whose parts stand apart in a sentence: "Wir führen Workshops durch"."""

NOMINALS = _listed(
    "aktualisierung analyse aufbau ausarbeitung ausschreibung auswertung beauftragung bereitstellung beschaffung "
    "digitalisierung dokumentation durchführung einführung einrichtung entwicklung erarbeitung erfassung erhebung "
    "erstellung evaluierung fortführung fortschreibung implementierung installation konzeption koordination "
    "organisation pilotierung planung prüfung umsetzung veröffentlichung vorbereitung überarbeitung"
)
"""German nouns of work; they count at the beginning of a title and before an article: "Erstellung eines Konzepts"."""

GENITIVES = _listed("der des einer eines von vom unserer unseres aller neuer")
"""What follows a noun of work that is meant as a task."""

MODALS = _listed("kann können könnte könnten muss müssen darf dürfen soll sollen will wollen lassen lässt")
"""With one of them an infinitive says what people can do, which may well be a result."""

IMPERATIVES = _listed(
    "analyse analyze arrange assess build carry collect conduct configure coordinate create deliver deploy develop "
    "digitise digitize document establish evaluate execute explore finalise finalize hire host hold implement "
    "install introduce investigate launch migrate organise organize perform prepare procure produce publish recruit "
    "redesign relaunch run set setup update write"
)
"""English verbs of work; they count where an order would begin: "Implement the platform"."""

AMBIGUOUS = _listed(
    "design document draft hold host launch plan pilot process produce program project research review run schedule "
    "set support survey test train update build"
)
"""English words of work that are nouns as well; they count only before one of `DETERMINERS`."""

DETERMINERS = _listed("a an the all our new each every up out three two four five six its their")
"""What follows a verb and not a noun."""

ENGLISH_NOMINALS = _listed(
    "analysis assessment conducting creating creation deployment developing development establishing evaluation "
    "implementation implementing installation introducing introduction organising organizing preparation preparing "
    "procurement publication publishing rollout running"
)
"""English nouns of work; they count at the beginning and before "of", "a" or "the"."""

NUMBER_WORDS: dict[TextLanguage, frozenset[str]] = {
    "de": _listed(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig dreißig fünfzig hundert tausend "
        "verdoppeln verdoppelt halbieren halbiert"
    ),
    "en": _listed(
        "two three four five six seven eight nine ten eleven twelve twenty thirty fifty hundred thousand "
        "double doubled halve halved"
    ),
}
"""Numbers in words; an objective says where to go, its key results say how far."""
