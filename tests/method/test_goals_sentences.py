"""Goal sentences in both directions: what is read, what is refused with which message, and back again."""

import datetime as dt
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crmkit.errors import GoalError
from crmkit.method import goals
from crmkit.method.goals import Goal
from crmkit.method.goals.days import add_months
from crmkit.settings import GoalEntry

START = dt.date(2026, 1, 31)
ACTIVE, REGULAR, RATE, BREADTH, QUALITY = "active_users", "regular_users", "usage_rate", "breadth", "data_quality"

# sentence: metric, (place, org_unit, area), change_value, change_unit, direction, deadline
GERMAN = {
    "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen.":
        (ACTIVE, ("XYZ", None, None), 0.2, "relative", "up", "2026-10-31"),
    "„Wir wollen die Zahl der aktiven Nutzer im Bereich „Nord“ in 9 Monaten um 20 % erhöhen.“":
        (ACTIVE, ("Nord", None, None), 0.2, "relative", "up", "2026-10-31"),
    "Wir möchten die Anzahl der regelmäßigen Nutzerinnen und Nutzer im Vertrieb Nord bis zum 31.12.2026 um zwölf "
    "Prozentpunkte steigern.":
        (REGULAR, ("Vertrieb Nord", None, None), 0.12, "points", "up", "2026-12-31"),
    "Die Nutzungsquote soll bis Ende 2026 auf 80 % steigen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "Die Nutzungsquote im Bereich Service soll innerhalb von zwei Quartalen auf mindestens 75,5 % gebracht werden.":
        (RATE, ("Service", None, None), 0.755, "target", "up", "2026-07-31"),
    "Im Bereich Vertrieb wollen wir in einem Jahr 20 % mehr aktive Nutzer haben.":
        (ACTIVE, ("Vertrieb", None, None), 0.2, "relative", "up", "2027-01-31"),
    "In 9 Monaten um 20 % mehr aktive Nutzer im Bereich XYZ":
        (ACTIVE, ("XYZ", None, None), 0.2, "relative", "up", "2026-10-31"),
    "Wir möchten die Datenqualität in der Abteilung Kundenservice in 6 Monaten um ein Viertel verbessern.":
        (QUALITY, ("Kundenservice", None, None), 0.25, "relative", "up", "2026-07-31"),
    "Wir wollen die Nutzungsquote im CRM-Bereich Marketing 12 Monate lang halten.":
        (RATE, ("", None, "marketing"), 0.0, "relative", "keep", "2027-01-31"),
    "Die Nutzungsquote soll 6 Monate auf dem heutigen Niveau gehalten werden.":
        (RATE, ("", None, None), 0.0, "relative", "keep", "2026-07-31"),
    "Wir wollen die Nutzungsquote bis Ende Juni 2027 bei 80 Prozent halten.":
        (RATE, ("", None, None), 0.8, "target", "keep", "2027-06-30"),
    "Wir wollen bis Jahresende 150 aktive Nutzer erreichen.":
        (ACTIVE, ("", None, None), 150.0, "target", "up", "2026-12-31"),
    "Wir wollen bis zum 30. Juni 2027 eine Nutzungsquote von 80 % erreichen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-06-30"),
    "Die Nutzungsquote soll in 6 Monaten bei 80 % liegen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-07-31"),
    "Die Nutzungsquote soll bis Ende 2026 auf 80 %.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "Wir wollen die Zahl der aktiven CRM-Nutzer in der Organisationseinheit „Vertrieb bis 2020“ in anderthalb Jahren "
    "verdoppeln.":
        (ACTIVE, ("", "Vertrieb bis 2020", None), 1.0, "relative", "up", "2027-07-31"),
    "Bis Ende Q3 2026 wollen wir die Quote der aktiven Nutzer im Team Nord um 5 %-Punkte erhöhen.":
        (RATE, ("Team Nord", None, None), 0.05, "points", "up", "2026-09-30"),
    "Die Zahl der regelmäßig aktiven Anwenderinnen und Anwender soll sich bis zum 30.06.2027 verdoppeln.":
        (REGULAR, ("", None, None), 1.0, "relative", "up", "2027-06-30"),
    "Unser Ziel ist es, die Nutzungsquote in den nächsten zwölf Monaten um 10 Prozentpunkte zu steigern.":
        (RATE, ("", None, None), 0.1, "points", "up", "2027-01-31"),
    "Ziel ist, den Anteil der aktiven Nutzer binnen eines Jahres um 2,5 Prozentpunkte zu erhöhen.":
        (RATE, ("", None, None), 0.025, "points", "up", "2027-01-31"),
    "Die Zahl der aktiven User:innen im Vertrieb soll um ein Drittel zunehmen, und zwar in 6 Monaten.":
        (ACTIVE, ("Vertrieb", None, None), 1 / 3, "relative", "up", "2026-07-31"),
    "Wir wollen die Zahl aktiver Nutzer im Bereich Vertrieb/Nord um fünfundzwanzig Prozent in einem halben Jahr "
    "erhoehen.":
        (ACTIVE, ("Vertrieb/Nord", None, None), 0.25, "relative", "up", "2026-07-31"),
    "Wir wollen die Zahl der aktiven Nutzer in 26 Wochen um 1.200 Nutzer erhöhen.":
        (ACTIVE, ("", None, None), 1200.0, "absolute", "up", "2026-08-01"),
    "Wir wollen die Zahl der aktiven Nutzer in einem Monat um zwölf erhöhen.":
        (ACTIVE, ("", None, None), 12.0, "absolute", "up", "2026-02-28"),
    "Wir wollen die Zahl der aktiven Nutzer im CRM in 9 Monaten um zwanzig Prozent erhöhen.":
        (ACTIVE, ("", None, None), 0.2, "relative", "up", "2026-10-31"),
    "Wir wollen die Zahl der aktiven Nutzer im CRM-Bereich Kundenservice in der Organisationseinheit Nord in 9 Monaten "
    "um 20 % erhöhen.":
        (ACTIVE, ("", "Nord", "service"), 0.2, "relative", "up", "2026-10-31"),
    "Wir wollen die Zahl der aktiven Nutzer in VT Nord-West bis 2026-12-31 auf 150 bringen.":
        (ACTIVE, ("VT Nord-West", None, None), 150.0, "target", "up", "2026-12-31"),
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten auf die Hälfte senken.":
        (ACTIVE, ("", None, None), 0.5, "relative", "down", "2026-10-31"),
    "Wir wollen die Zahl der regelmäßigen Benutzer in 90 Tagen um 10 Prozent verringern.":
        (REGULAR, ("", None, None), 0.1, "relative", "down", "2026-05-01"),
    "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten auf 80 % bringen.":
        (ACTIVE, ("XYZ", None, None), 0.8, "target", "up", "2026-10-31"),
    "Wir wollen die Nutzungsbreite im Marketing in drei Quartalen um zehn Prozent ausbauen.":
        (BREADTH, ("Marketing", None, None), 0.1, "relative", "up", "2026-10-31"),
    "Wir wollen die Nutzungsquote im Bereich „um 20 % bis 31.12.2026 erhöhen“ in 9 Monaten um 10 % steigern.":
        (RATE, ("um 20 % bis 31.12.2026 erhöhen", None, None), 0.1, "relative", "up", "2026-10-31"),
    "Die   Nutzungsquote soll\nin neun Monaten um zwölf Prozent steigen!":
        (RATE, ("", None, None), 0.12, "relative", "up", "2026-10-31"),
}  # fmt: skip

ENGLISH = {
    "We want to increase the number of active users in the area XYZ by 20 % within 9 months.":
        (ACTIVE, ("XYZ", None, None), 0.2, "relative", "up", "2026-10-31"),
    "Raise the usage rate in sales to 80% by 31 December 2026.":
        (RATE, ("sales", None, None), 0.8, "target", "up", "2026-12-31"),
    "Active users in Sales North should grow by 15 percent in two quarters.":
        (ACTIVE, ("Sales North", None, None), 0.15, "relative", "up", "2026-07-31"),
    "Keep the usage rate at 80 % for 12 months.":
        (RATE, ("", None, None), 0.8, "target", "keep", "2027-01-31"),
    "Keep the number of regular users stable for two years.":
        (REGULAR, ("", None, None), 0.0, "relative", "keep", "2028-01-31"),
    "Maintain the usage rate until 2026-12-31.":
        (RATE, ("", None, None), 0.0, "relative", "keep", "2026-12-31"),
    "Hold the usage rate at 80 percent in marketing until Dec 31, 2026.":
        (RATE, ("marketing", None, None), 0.8, "target", "keep", "2026-12-31"),
    "Keep the data quality at today's level for 6 months.":
        (QUALITY, ("", None, None), 0.0, "relative", "keep", "2026-07-31"),
    "Reach 150 active users by the end of 2026.":
        (ACTIVE, ("", None, None), 150.0, "target", "up", "2026-12-31"),
    "Reach a usage rate of 80 % within 9 months.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-10-31"),
    "We want to reduce the number of regular users in the customer service department by a quarter within a year.":
        (REGULAR, ("customer service", None, None), 0.25, "relative", "down", "2027-01-31"),
    "The usage rate should be at 80 % by the end of the year.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "Increase active users by a third by March 1, 2027.":
        (ACTIVE, ("", None, None), 1 / 3, "relative", "up", "2027-03-01"),
    "We aim to double the number of active users in Sales & Marketing within one and a half years.":
        (ACTIVE, ("Sales & Marketing", None, None), 1.0, "relative", "up", "2027-07-31"),
    "Our goal is to raise the share of active users in the sales department to at least 75.5 percent by the end of "
    "June 2027.":
        (RATE, ("sales", None, None), 0.755, "target", "up", "2027-06-30"),
    'The number of active users in the organisational unit "Sales / North" shall be increased by one hundred within 9 '
    "months.":
        (ACTIVE, ("", "Sales / North", None), 100.0, "absolute", "up", "2026-10-31"),
    "The number of active users should grow by 1,200 users in the next three quarters.":
        (ACTIVE, ("", None, None), 1200.0, "absolute", "up", "2026-10-31"),
    "We want to have 20 % more active users in customer service within half a year.":
        (ACTIVE, ("customer service", None, None), 0.2, "relative", "up", "2026-07-31"),
    "We want 10 percentage points more active users within 6 months.":
        (ACTIVE, ("", None, None), 0.1, "points", "up", "2026-07-31"),
    "We want to bring the usage rate in the CRM area service to 80% by the end of Q3 2026.":
        (RATE, ("", None, "service"), 0.8, "target", "up", "2026-09-30"),
    "Improve data quality by 10% in 6 months":
        (QUALITY, ("", None, None), 0.1, "relative", "up", "2026-07-31"),
    "The usage rate should rise by 2.5 percentage points by 1st March 2027.":
        (RATE, ("", None, None), 0.025, "points", "up", "2027-03-01"),
    "Increase the number of active users in the team Alpha by twenty-five percent over the next 12 months.":
        (ACTIVE, ("Alpha", None, None), 0.25, "relative", "up", "2027-01-31"),
    "Halve the number of active users in Purchasing by year-end 2026.":
        (ACTIVE, ("Purchasing", None, None), 0.5, "relative", "down", "2026-12-31"),
    "Reduce the number of active users to half within 9 months.":
        (ACTIVE, ("", None, None), 0.5, "relative", "down", "2026-10-31"),
    "Lift the breadth of use by three quarters in eight weeks.":
        (BREADTH, ("", None, None), 0.75, "relative", "up", "2026-03-28"),
    "Reduce active users by a third in 1 month.":
        (ACTIVE, ("", None, None), 1 / 3, "relative", "down", "2026-02-28"),
    "Bring the number of active CRM users to 150 people no later than 30.06.2026.":
        (ACTIVE, ("", None, None), 150.0, "target", "up", "2026-06-30"),
    "We would like to grow the number of regular users in the CRM by twelve users within 12 months.":
        (REGULAR, ("", None, None), 12.0, "absolute", "up", "2027-01-31"),
    "The percentage of active users must reach 80 per cent until 31 January 2027.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-01-31"),
    "In 9 months we want 5 fewer active users in the area Archive.":
        (ACTIVE, ("Archive", None, None), 5.0, "absolute", "down", "2026-10-31"),
    "“We want to increase the usage rate by 2,5 percentage points within 9 months.”":
        (RATE, ("", None, None), 0.025, "points", "up", "2026-10-31"),
}  # fmt: skip


def read(sentence: str) -> tuple:
    goal = goals.parse(sentence, start=START)
    where = (goal.place, goal.org_unit, goal.area)
    return goal.metric, where, goal.change_value, goal.change_unit, goal.direction, goal.deadline.isoformat()


@pytest.mark.parametrize("sentence", GERMAN)
def test_german(sentence):
    assert read(sentence) == GERMAN[sentence]


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english(sentence):
    assert read(sentence) == ENGLISH[sentence]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("sentence", [*GERMAN, *ENGLISH])
def test_written_and_read_again(sentence, language):
    goal = goals.parse(sentence, start=START)
    assert goals.parse(goal.sentence(language), start=START).meaning == goal.meaning


def test_canonical_sentences():
    goal = goals.parse(next(iter(GERMAN)), start=START)
    assert goal.sentence("de") == goal.wording == next(iter(GERMAN))
    assert goal.sentence("en") == next(iter(ENGLISH))
    kept = goals.parse("Keep the usage rate at 80 % until 31 December 2026.", start="2026-01-15")
    assert kept.sentence("de") == "Wir wollen die Nutzungsquote bis 31.12.2026 bei 80 % halten."
    assert kept.sentence("en") == "We want to keep the usage rate at 80 % until 2026-12-31."
    fewer = goals.parse("Die Zahl der aktiven Nutzer soll in einem Monat um zwei Drittel sinken.", start=START)
    assert fewer.sentence("de") == "Wir wollen die Zahl der aktiven Nutzer in 1 Monat um zwei Drittel senken."
    assert fewer.sentence("en") == "We want to reduce the number of active users by two thirds within 1 month."


DE = ' A sentence that works: "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen."'
EN = ' A sentence that works: "We want to increase the number of active users in the area XYZ by 20 % within 9 months."'
METRICS = " No metric is named; known: active_users, regular_users, usage_rate, breadth, data_quality, outcome."
REFUSED = {
    "Wir wollen mehr.": f'not understood: "mehr".{METRICS}{DE}',
    "": f'the metric (such as "die Zahl der aktiven Nutzer") is missing.{DE}',
    "Wir wollen den Umsatz im Bereich XYZ in 9 Monaten um 20 % erhöhen.": f'not understood: "Umsatz".{METRICS}{DE}',
    "Wir wollen die Zahl der Nutzer in 9 Monaten um 10 % steigern.": f'not understood: "Zahl der Nutzer".{METRICS}{DE}',
    "Wir wollen den Anteil der regelmäßigen Nutzer in 9 Monaten um 10 % steigern.":
        f'not understood: "Anteil".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in naher Zukunft um 20 % erhöhen.":
        f'not understood: "in naher Zukunft".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten deutlich und spürbar erhöhen.":
        f'not understood: "deutlich und spürbar".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um rund 20 % erhöhen.": f'not understood: "um rund 20 %".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 20 bis 30 % erhöhen.": f'not understood: "bis 30 %".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um -20 % erhöhen.": f'not understood: "um -20 %".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten nicht um 20 % erhöhen.": f'not understood: "nicht".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 2 % pro Monat erhöhen.":
        f'not understood: "pro Monat".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer im Herbst in 9 Monaten um 20 % erhöhen.":
        f'not understood: "im Herbst".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer um 20 % erhöhen.":
        f'the deadline (such as "in 9 Monaten") is missing.{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten erhöhen.": f'the amount (such as "um 20 %") is missing.{DE}',
    "Die Zahl der aktiven Nutzer in 9 Monaten um 20 %.": f'the verb (such as "erhöhen") is missing.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 20 % auf 80 % erhöhen.":
        f'the amount is stated twice: "um 20 %" and "auf 80 %".{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten bis Ende 2026 um 10 % steigern.":
        f'the deadline is stated twice: "bis Ende 2026" and "in 9 Monaten".{DE}',
    "Wir wollen die Nutzungsquote und die Datenqualität in 9 Monaten um 10 % steigern.":
        f'the metric is stated twice: "die Nutzungsquote" and "die Datenqualität".{DE}',
    "Wir wollen die Nutzungsquote im Bereich A und im Bereich B in 9 Monaten um 10 % steigern.":
        f'the place is stated twice: "im Bereich A" and "im Bereich B".{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 10 % steigern und senken.":
        f'the verb is stated twice: "steigern" and "senken".{DE}',
    "Wir wollen die Nutzungsquote von 30 % auf 50 % in 9 Monaten erhöhen.":
        f'"von 30 %": the value at the start is measured, leave it out.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 20 erhöhen.":
        f'"um 20": say whether percent or percentage points are meant.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten auf 80 erhöhen.":
        f'"auf 80": this metric is a share, state its target in percent.{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 0 % erhöhen.": f'"um 0 %": this is no change.{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 2,5 Nutzer erhöhen.":
        f'"um 2,5 Nutzer": no whole number of people.{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten auf 80 % senken.":
        f'"auf 80 %": a share of today or of all people, state a number of people instead.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten auf drei Viertel steigern.":
        f'"auf drei Viertel": state a target as a number.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten auf 10 Prozentpunkte steigern.":
        f'"auf 10 Prozentpunkte": a target is stated in percent, percentage points are a change.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten auf 120 % steigern.": f'"auf 120 %": more than the whole.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 120 % senken.": f'"um 120 %": more than the whole.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 10 % halten.": f'"um 10 %": what is kept does not change.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 10 % erreichen.":
        f'"um 10 %": a change needs a verb such as "erhöhen".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 10 % verdoppeln.":
        f'"um 10 %": the verb states the amount already.{DE}',
    "Wir wollen 10 % mehr aktive Nutzer in 9 Monaten reduzieren.":
        f'"10 % mehr": verb and amount contradict each other.{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten auf dem heutigen Niveau steigern.":
        f'"auf dem heutigen Niveau": only what is kept stays at a level.{DE}',
    "Wir wollen die Nutzungsquote bis Dezember 2026 um 10 % steigern.":
        f'"bis Dezember 2026": begin or end? Write "bis Ende Dezember 2026" or a day.{DE}',
    "Wir wollen die Nutzungsquote bis 31.02.2027 um 10 % steigern.": f'"bis 31.02.2027": there is no such day.{DE}',
    "Wir wollen die Nutzungsquote bis 31.12.2025 um 10 % steigern.":
        f'"bis 31.12.2025": the deadline 2025-12-31 is not after the start 2026-01-31.{DE}',
    "Wir wollen die Nutzungsquote in 0 Monaten um 10 % steigern.": f'"in 0 Monaten": no whole number of months.{DE}',
    "Wir wollen die Nutzungsquote in 1,3 Monaten um 10 % steigern.":
        f'"in 1,3 Monaten": no whole number of months.{DE}',
    "Wir wollen die Nutzungsquote in 900 Monaten um 10 % steigern.": f'"in 900 Monaten": longer than 10 years.{DE}',
    "Wir wollen die Nutzungsquote im CRM-Bereich Einkauf in 9 Monaten um 10 % steigern.":
        f'"Einkauf": no CRM area; known: Vertrieb, Marketing, Service, Gemeinsames.{DE}',
    "We want to increase the number of logins by 20 % within 9 months.":
        f'not understood: "number of logins".{METRICS}{EN}',
    "We want to increase the number of active users slightly within 9 months.": f'not understood: "slightly".{EN}',
    "Increase active users by 10 and by 20 % within 9 months.":
        f'the amount is stated twice: "by 10" and "by 20 %".{EN}',
    "We want to increase the usage rate from 60 % to 80 % within 9 months.":
        f'"from 60 %": the value at the start is measured, leave it out.{EN}',
    "We want to increase the usage rate by 10 % within 9 months, starting in May.":
        f'not understood: "starting in May".{EN}',
    "We want to increase the usage rate to 80 % by 05/06/2026.":
        f'"by 05/06/2026": day or month first? Write "by 2026-12-31".{EN}',
    "We want to increase the usage rate to 80 % by 2027.":
        f'"by 2027": begin or end? Write "by the end of 2026" or a day.{EN}',
    "We want to increase the usage rate to 80 %.": f'the deadline (such as "within 9 months") is missing.{EN}',
}  # fmt: skip


@pytest.mark.parametrize("sentence", REFUSED)
def test_refused(sentence):
    with pytest.raises(GoalError) as caught:
        goals.parse(sentence, start=START)
    assert str(caught.value) == f'goal "{sentence}": {REFUSED[sentence]}'


@pytest.mark.parametrize(
    ("start", "term", "deadline"),
    [
        ("2026-01-31", "in 1 Monat", "2026-02-28"),
        ("2028-01-31", "in 1 Monat", "2028-02-29"),
        ("2026-03-31", "in 18 Monaten", "2027-09-30"),
        ("2026-05-31", "in einem Quartal", "2026-08-31"),
        ("2026-11-30", "in einem Vierteljahr", "2027-02-28"),
        ("2024-02-29", "in einem Jahr", "2025-02-28"),
        ("2026-06-28", "in zwei Wochen", "2026-07-12"),
        ("2026-06-28", "bis Ende Februar 2028", "2028-02-29"),
    ],
)
def test_deadlines(start, term, deadline):
    goal = goals.parse(f"Die Nutzungsquote soll {term} um 10 % steigen.", start=start)
    assert goal.deadline.isoformat() == deadline


def test_start_is_a_day():
    sentence = "Die Nutzungsquote soll in 9 Monaten um 10 % steigen."
    assert goals.parse(sentence, start=dt.datetime(2026, 1, 31, 12)).start == START
    with pytest.raises(GoalError) as caught:
        goals.parse(sentence, start="31.01.2026")
    assert str(caught.value) == 'goal: `start`: "31.01.2026" is no date, write it as YYYY-MM-DD.'


def test_from_entry():
    entry = GoalEntry(
        sentence="Die Nutzungsquote soll in 9 Monaten um 10 % steigen.",
        owner_role="Vertriebsleitung",
        answers={"gain": "Weniger Rückfragen"},
        fit="adjust",
        fit_reason="Neue Struktur",
    )
    goal = goals.from_entry(entry, START)
    assert (goal.start, goal.owner_role, dict(goal.answers)) == (
        START, "Vertriebsleitung", {"gain": "Weniger Rückfragen"},
    )  # fmt: skip
    assert (goal.fit, goal.fit_reason) == ("adjust", "Neue Struktur")
    dated = goals.from_entry(entry.model_copy(update={"start": dt.date(2025, 6, 30)}), default_start=START)
    assert dated.deadline == dt.date(2026, 3, 30)


def names():
    letters = string.ascii_letters + string.digits + "ÄÖÜäöüß&/.-+ ,;:()%'" + "„“"
    return st.text(letters, min_size=1, max_size=20).filter(lambda name: name.strip(" ") != "")


@st.composite
def any_goal(draw):
    metric = draw(st.sampled_from([ACTIVE, REGULAR, RATE, BREADTH, QUALITY]))
    counts = metric in (ACTIVE, REGULAR)
    direction = draw(st.sampled_from(["up", "down", "keep"]))
    units = ["target"] if direction == "keep" else ["relative", "points", "target", *(["absolute"] if counts else [])]
    unit = draw(st.sampled_from(units))
    hundredths = st.integers(1, 10_000).map(lambda n: n / 10_000)
    people = st.integers(2, 20_000).map(float)
    by_people = unit == "absolute" or (unit == "target" and counts and (direction == "down" or draw(st.booleans())))
    share = hundredths | st.sampled_from([1 / 3, 2 / 3]) if unit == "relative" else hundredths
    value = draw(people if by_people else share)
    start = draw(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
    term = st.integers(1, 130).map(lambda n: add_months(start, n))
    deadline = draw(term | st.integers(1, 4000).map(lambda n: start + dt.timedelta(days=n)))
    return Goal(
        metric=metric, change_value=value, change_unit=unit, direction=direction, start=start, deadline=deadline,
        place=draw(st.just("") | names()), org_unit=draw(st.none() | names()),
        area=draw(st.sampled_from([None, "sales", "marketing", "service", "shared"])),
    )  # fmt: skip


@settings(deadline=None)
@given(any_goal(), st.sampled_from(["de", "en"]))
def test_parse_after_write_is_identity(goal, language):
    assert goals.parse(goal.sentence(language), start=goal.start).meaning == goal.meaning


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_a_goal_or_one_line(text):
    try:
        goals.parse(text, start=START)
    except GoalError as error:
        assert len(str(error).splitlines()) == 1
