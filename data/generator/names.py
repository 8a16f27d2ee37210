"""Invented names: every person of every client has another surname, none belongs to anyone we know."""

from __future__ import annotations

from collections.abc import Sequence

from generator.chance import Chance

_GERMAN_FIRST = (
    "Anna Annika Antje Astrid Bärbel Beate Birgit Carola Charlotte Christa Claudia Cornelia Dagmar Doris Elke Emine "
    "Eva Franziska Frauke Gesa Gisela Greta Hanna Heike Helga Ilka Ines Inga Jana Janina Jördis Judith Jutta Karin "
    "Katja Katrin Käthe Kerstin Lena Leyla Lotte Luisa Maike Margit Marion Meike Merle Monika Nadine Nicole Nina "
    "Petra Ramona Regina Sabine Sandra Silke Sonja Susanne Svenja Tanja Ulrike Ute Vera Wiebke Yvonne Achim Albrecht "
    "Alexander Andreas Armin Axel Bernd Björn Carsten Christian Clemens Daniel Detlef Dieter Dirk Eike Fabian Falk "
    "Felix Frank Georg Gerd Götz Günter Hannes Harald Hauke Henning Holger Ingo Jan Jannik Jens Joachim Jörg Jürgen "
    "Kai Karsten Klaus Konrad Lars Leif Linus Lorenz Ludwig Lutz Malte Manfred Marco Markus Martin Matthias Mehmet "
    "Michael Moritz Nils Norbert Olaf Oliver Oskar Patrick Paul Peter Philipp Rainer Ralf Roland Rüdiger Sören Stefan "
    "Steffen Sven Thilo Thomas Thorsten Tim Tobias Uwe Veit Volker Wolfgang Yannick"
)
_GERMAN_START = (
    "Ahorn Apfel Au Bach Birken Birn Brom Bruck Brunn Buchen Dachs Distel Dorn Drossel Eber Eich Eller Erlen Eschen "
    "Falken Feld Fichten Finken Forst Furt Gersten Ginster Grün Hafer Hasel Heidel Hirsch Holz Hopfen Kirsch Klee "
    "Kräuter Kühl Lerchen Linden Luchs Mohn Moos Mühl Nuss Pappel Quell Rauch Reh Roggen Rüben Sand Schilf Schlehen "
    "Schnee Schön Silber Sommer Sonnen Steig Tannen Teich Ulmen Veilchen Wald Weiden Weizen Wiesen Wörn Zedern"
)
_GERMAN_END = (
    "acher bichler brink dobler dorfer egger gruber hammer hauser hofer huber kamp kofler krämer leitner lohner moser "
    "müller pointner reiter rieder schläger stetter thaler weiler wieser"
)
_BRITISH_FIRST = (
    "Aidan Aisling Alastair Alice Angus Aoife Arthur Beatrice Bridget Callum Caoimhe Catriona Ciara Clodagh Colm "
    "Conor Dermot Duncan Edith Eileen Elsie Emma Eoin Ewan Fergus Fiona Gareth Gemma Grainne Hamish Harriet Hazel "
    "Hugh Imogen Isla Ivor Jack Jemima Kieran Lachlan Laura Lewis Maeve Maurice Megan Morag Nessa Niall Nora Oisin "
    "Oonagh Owen Padraig Poppy Rhys Roisin Rory Rosalind Ruth Sheila Sinead Siobhan Stuart Tamsin Tara Tiernan Una "
    "Winifred"
)
_BRITISH_START = (
    "Ash Bal Bram Clon Corn Dray Dun Ennis Fern Glen Hart Hazel Holm Kil Lang Letter Marsh Mul Oak Pem Rath Sel Tarn "
    "Thorn Tull Under Wex Whin Wych Yar"
)
_BRITISH_END = "beck bourne bury combe croft dale derry garvan hurst keane leigh lough more stead thwaite wick"
_PLAIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
#: Where each client's surnames start, so that no two clients share one.
_OFFSET = {"musterbau": 0, "kleinod": 300, "grossbau": 400, "harbourfinch": 0}


def german_names(client: str, n: int) -> list[tuple[str, str]]:
    """Return `n` pairs of first name and surname, surnames all different."""
    return _names(client, n, _GERMAN_FIRST.split(), _GERMAN_START.split(), _GERMAN_END.split())


def british_names(client: str, n: int) -> list[tuple[str, str]]:
    """Return `n` pairs of first name and surname as they sound in Britain and Ireland."""
    return _names(client, n, _BRITISH_FIRST.split(), _BRITISH_START.split(), _BRITISH_END.split())


def plain(name: str) -> str:
    """Return a name as it stands in an e-mail address: lower case, without umlauts."""
    return name.translate(_PLAIN).lower()


def _names(
    client: str, n: int, first: Sequence[str], start: Sequence[str], end: Sequence[str]
) -> list[tuple[str, str]]:
    surnames = Chance("surnames", len(start)).shuffled([a + b for a in start for b in end])
    chosen = surnames[_OFFSET[client] : _OFFSET[client] + n]
    chance = Chance(client, "first names")
    return [(chance.pick(first), surname) for surname in chosen]
