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
from crmkit.method.goals.goal import METRICS as ALL_METRICS
from crmkit.method.goals.grammar import spelt
from crmkit.method.goals.names import tidy
from crmkit.method.goals.places import GRAMMARS
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
    "Die Anzahl aktiver Anwender soll sich in 18 Monaten verdreifachen.":
        (ACTIVE, ("", None, None), 2.0, "relative", "up", "2027-07-31"),
    "Die Zahl der aktiven Nutzer soll bis Jahresende 2027 vervierfacht werden.":
        (ACTIVE, ("", None, None), 3.0, "relative", "up", "2027-12-31"),
    "Wir wollen die Zahl der aktiven Nutzer im Bereich Archiv bis zum 31. Dezember 2026 halbieren.":
        (ACTIVE, ("Archiv", None, None), 0.5, "relative", "down", "2026-12-31"),
    "Wir müssen die Zahl der aktiven Nutzer und Nutzerinnen bis zum 30. Juni um einhundertfünfundzwanzig erhöhen.":
        (ACTIVE, ("", None, None), 125.0, "absolute", "up", "2026-06-30"),
    "Wir wollen die Zahl der aktiven Nutzer*innen in neun Monaten auf neunhundertneunundneunzig steigern.":
        (ACTIVE, ("", None, None), 999.0, "target", "up", "2026-10-31"),
    "Wir wollen die Zahl der aktiven NutzerInnen in neun Monaten auf tausendzweihundertfuenfzig steigern.":
        (ACTIVE, ("", None, None), 1250.0, "target", "up", "2026-10-31"),
    "Wir wollen die Zahl der aktiven Nutzer/-innen in neun Monaten um 1 200 steigern.":
        (ACTIVE, ("", None, None), 1200.0, "absolute", "up", "2026-10-31"),
    "Wir wollen die Zahl der aktiv Nutzenden in neun Monaten um 1'200 Mitarbeitende steigern.":
        (ACTIVE, ("", None, None), 1200.0, "absolute", "up", "2026-10-31"),
    "Wir wollen die Nutzungsquote des Bereichs Vertrieb bis Ende Q3 auf 80 % bringen.":
        (RATE, ("Vertrieb", None, None), 0.8, "target", "up", "2026-09-30"),
    "Wir wollen die Nutzungsrate der Abteilung Kundenservice bis Ende des dritten Quartals 2027 auf 80 % anheben.":
        (RATE, ("Kundenservice", None, None), 0.8, "target", "up", "2027-09-30"),
    "Wir wollen die CRM-Nutzungsquote unserer Servicetechnik bis Ende nächsten Jahres auf 80 % bringen.":
        (RATE, ("Servicetechnik", None, None), 0.8, "target", "up", "2027-12-31"),
    "Wir wollen die Nutzungsquote in unserem Vertrieb bis Ende Juni auf mindestens 80 % bringen.":
        (RATE, ("Vertrieb", None, None), 0.8, "target", "up", "2026-06-30"),
    "Am Standort Köln soll die Nutzungsquote bis zum Ende des 1. Quartals 2027 um wenigstens 5 Prozentpunkte zunehmen.":
        (RATE, ("Köln", None, None), 0.05, "points", "up", "2027-03-31"),
    "Bei der Bauleitung soll der Anteil aktiver Nutzer spätestens am 1.3.27 bei 60 v. H. liegen.":
        (RATE, ("Bauleitung", None, None), 0.6, "target", "up", "2027-03-01"),
    "Wir wollen die Nutzungsquote unternehmensweit bis Jahresende um 10 PP steigern.":
        (RATE, ("", None, None), 0.1, "points", "up", "2026-12-31"),
    "Im gesamten Unternehmen soll die Quote aktiver Nutzer in 5 Quartalen um 7,5 Prozent-Punkte wachsen.":
        (RATE, ("", None, None), 0.075, "points", "up", "2027-04-30"),
    "Ende 2026 soll die Nutzungsquote bei 80 % liegen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "Zum 31.12.2026 soll die Nutzungsquote 80 % betragen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "Bis 30.06. soll die Nutzungsquote mindestens 80 % sein.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-06-30"),
    "Am 1. März 2027 sollen achtzig Prozent Nutzungsquote erreicht sein.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-03-01"),
    "Steigerung der Nutzungsquote um 10 % in 9 Monaten":
        (RATE, ("", None, None), 0.1, "relative", "up", "2026-10-31"),
    "Ziel: Verdopplung der Zahl regelmäßiger Nutzer bei der Verkaufsförderung bis Ende dieses Jahres":
        (REGULAR, ("Verkaufsförderung", None, None), 1.0, "relative", "up", "2026-12-31"),
    "Senkung der Zahl der aktiven Nutzer im Archiv auf 50 % aller Nutzer in 9 Monaten":
        (ACTIVE, ("Archiv", None, None), 0.5, "target", "down", "2026-10-31"),
    "Die Nutzungsbreite wächst in einem Dreivierteljahr um drei Viertel.":
        (BREADTH, ("", None, None), 0.75, "relative", "up", "2026-10-31"),
    "Die Breite der CRM-Nutzung soll in einem Halbjahr um ein Siebtel ansteigen.":
        (BREADTH, ("", None, None), 1 / 7, "relative", "up", "2026-07-31"),
    "Die Nutzungsquote soll 6 Monate lang stabil bleiben.":
        (RATE, ("", None, None), 0.0, "relative", "keep", "2026-07-31"),
    "Wir wollen die Zahl der regelmäßigen Nutzer über die nächsten zwei Jahre auf gleichem Niveau halten.":
        (REGULAR, ("", None, None), 0.0, "relative", "keep", "2028-01-31"),
    "Wir wollen die Zahl der aktiven Nutzer für ein Jahr bei mindestens 150 Personen halten.":
        (ACTIVE, ("", None, None), 150.0, "target", "keep", "2027-01-31"),
    "Wir wollen hundert aktive Nutzer in einem Jahr erreichen.":
        (ACTIVE, ("", None, None), 100.0, "target", "up", "2027-01-31"),
    "Wir wollen eine Nutzungsquote von achtzig Prozent innerhalb eines halben Jahres erreichen.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-07-31"),
    "In den kommenden zweieinhalb Jahren soll sich die Qualität unserer Kundendaten um ein Fünftel verbessern.":
        (QUALITY, ("", None, None), 0.2, "relative", "up", "2028-07-31"),
    "Die Stammdatenqualität soll im Laufe eines Jahres auf 95 % steigen.":
        (QUALITY, ("", None, None), 0.95, "target", "up", "2027-01-31"),
    "Wir wollen in der Region Süd binnen 100 Tagen zehn mehr aktive Nutzer.":
        (ACTIVE, ("Region Süd", None, None), 10.0, "absolute", "up", "2026-05-11"),
    "5 Prozent weniger regelmäßige Nutzer im Archiv in 4 Monaten":
        (REGULAR, ("Archiv", None, None), 0.05, "relative", "down", "2026-05-31"),
    "Wir wollen die Zahl der regelmäßig Nutzenden im Bereich »Nord / Süd« in 9 Monaten um 20 % erhöhen.":
        (REGULAR, ("Nord / Süd", None, None), 0.2, "relative", "up", "2026-10-31"),
    "Wir wollen die Nutzungsquote im Bereich 'Kunden's Bestes' 9 Monate lang halten.":
        (RATE, ("Kunden's Bestes", None, None), 0.0, "relative", "keep", "2026-10-31"),
    "Im CRM-Bereich Vertrieb sollen bis Ende Mai 2027 höchstens 20 aktive Nutzer erreicht werden.":
        (ACTIVE, ("", None, "sales"), 20.0, "target", "down", "2027-05-31"),
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
    "Increase the number of active users by one hundred and twenty-five within nine months.":
        (ACTIVE, ("", None, None), 125.0, "absolute", "up", "2026-10-31"),
    "Increase the number of active users to nine hundred ninety-nine within nine months.":
        (ACTIVE, ("", None, None), 999.0, "target", "up", "2026-10-31"),
    "Grow the number of active users to one thousand two hundred and fifty in a year.":
        (ACTIVE, ("", None, None), 1250.0, "target", "up", "2027-01-31"),
    "Raise the total of active users by two-fifths within two and a half years.":
        (ACTIVE, ("", None, None), 0.4, "relative", "up", "2028-07-31"),
    "Triple the number of active users in one and a half years.":
        (ACTIVE, ("", None, None), 2.0, "relative", "up", "2027-07-31"),
    "Quadruple active users by the end of next year.":
        (ACTIVE, ("", None, None), 3.0, "relative", "up", "2027-12-31"),
    "The number of regular users should be tripled by 1 June 2027.":
        (REGULAR, ("", None, None), 2.0, "relative", "up", "2027-06-01"),
    "Lift the usage rate of the Sales team by a fifth by the end of Q3.":
        (RATE, ("Sales", None, None), 0.2, "relative", "up", "2026-09-30"),
    "Boost the usage rate of our Field Service by one eighth by the end of Q1 2028.":
        (RATE, ("Field Service", None, None), 0.125, "relative", "up", "2028-03-31"),
    "Increase the usage rate across Sales by a sixth by end of June.":
        (RATE, ("Sales", None, None), 1 / 6, "relative", "up", "2026-06-30"),
    "Increase the usage rate company-wide by 8 pp by 30 June.":
        (RATE, ("", None, None), 0.08, "points", "up", "2026-06-30"),
    "Increase the usage rate in the whole company to 66.6 % by June 30th, 2027.":
        (RATE, ("", None, None), 0.666, "target", "up", "2027-06-30"),
    "Increase the usage rate at the Cologne site by ten percent in 9 months' time.":
        (RATE, ("Cologne", None, None), 0.1, "relative", "up", "2026-10-31"),
    "Our goal is to reach at least 80 % usage rate by the end of the third quarter of 2026.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-09-30"),
    "Reach a usage rate of eighty percent by year-end.":
        (RATE, ("", None, None), 0.8, "target", "up", "2026-12-31"),
    "We shall have at least 150 active users in Purchasing by 31 March 2027.":
        (ACTIVE, ("Purchasing", None, None), 150.0, "target", "up", "2027-03-31"),
    "The share of active users among all users should be at least 80 % by the end of 2027.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-12-31"),
    "The active user rate should rise to 80 % within 52 weeks.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-01-30"),
    "The proportion of active users should go up by 5 percentage points within a year.":
        (RATE, ("", None, None), 0.05, "points", "up", "2027-01-31"),
    "Reduce the number of active users to 50 % of all users within a year.":
        (ACTIVE, ("", None, None), 0.5, "target", "down", "2027-01-31"),
    "Cut the number of active users in Archive to 12 by December 31, 2026.":
        (ACTIVE, ("Archive", None, None), 12.0, "target", "down", "2026-12-31"),
    "Grow the number of regularly active users by 12 people within a year.":
        (REGULAR, ("", None, None), 12.0, "absolute", "up", "2027-01-31"),
    "Increase the number of active users by 1 200 within 100 days.":
        (ACTIVE, ("", None, None), 1200.0, "absolute", "up", "2026-05-11"),
    "The usage rate should stay at 80 % for two years.":
        (RATE, ("", None, None), 0.8, "target", "keep", "2028-01-31"),
    "The usage rate should hit 80 % in 18 months.":
        (RATE, ("", None, None), 0.8, "target", "up", "2027-07-31"),
    "We intend to maintain the regular user count at 40 for three quarters.":
        (REGULAR, ("", None, None), 40.0, "target", "keep", "2026-10-31"),
    "Hold active users at at least 150 people until the end of June 2027.":
        (ACTIVE, ("", None, None), 150.0, "target", "keep", "2027-06-30"),
    "Bring the active CRM user count in our Customer Service to 75 by 2027-02-28.":
        (ACTIVE, ("Customer Service", None, None), 75.0, "target", "up", "2027-02-28"),
    "The quality of our customer data should improve to 95 per cent in the following 8 months.":
        (QUALITY, ("", None, None), 0.95, "target", "up", "2026-09-30"),
    "The breadth of our CRM usage should expand by three tenths by the end of May 2026.":
        (BREADTH, ("", None, None), 0.3, "relative", "up", "2026-05-31"),
    "In the CRM area “Marketing” we want thirty percent fewer regular users within six months.":
        (REGULAR, ("", None, "marketing"), 0.3, "relative", "down", "2026-07-31"),
    "We want to increase the usage rate in the department 'Today's Sales' by 5 %-points by 1 May 2026.":
        (RATE, ("Today's Sales", None, None), 0.05, "points", "up", "2026-05-01"),
}  # fmt: skip

FIGURE = "Kundenzufriedenheit im Service"
# sentence: outcome, percent, change_value, change_unit, direction, deadline
GERMAN_FIGURES = {
    f"Wir wollen die Kennzahl „{FIGURE}“ in 9 Monaten auf 8,5 erhöhen.":
        (FIGURE, False, 8.5, "target", "up", "2026-10-31"),
    'Wir wollen die Kennzahl "Reklamationen" in 9 Monaten um 10 senken.':
        ("Reklamationen", False, 10.0, "absolute", "down", "2026-10-31"),
    "Die Kennziffer »Antwortzeit« soll bis Ende 2026 auf 3 Tage sinken.":
        ("Antwortzeit", False, 3.0, "target", "down", "2026-12-31"),
    "Die Messgröße 'Rückmeldung binnen 5 Tagen' soll bis Ende Q3 2026 auf 70 % steigen.":
        ("Rückmeldung binnen 5 Tagen", True, 0.7, "target", "up", "2026-09-30"),
    "Die Größe ‚Freude am CRM‘ soll in 12 Monaten um 0,5 Punkte von 10 zunehmen.":
        ("Freude am CRM", False, 0.5, "absolute", "up", "2027-01-31"),
    "Wir wollen die Kennzahl «Umsatz je Kunde» binnen eines Jahres um 1.500 Euro steigern.":
        ("Umsatz je Kunde", False, 1500.0, "absolute", "up", "2027-01-31"),
    "Wir wollen die Kennzahl ›Umsatz‹ binnen eines Jahres auf € 2.000.000,50 steigern.":
        ("Umsatz", False, 2_000_000.5, "target", "up", "2027-01-31"),
    "Wir wollen den Wert der Kennzahl „NPS“ zwei Quartale lang halten.":
        ("NPS", False, 0.0, "relative", "keep", "2026-07-31"),
    "Der Indikator „NPS“ soll ein Jahr bei 40 Punkten gehalten werden.":
        ("NPS", False, 40.0, "target", "keep", "2027-01-31"),
    "Die Kenngröße „Termintreue“ soll ein Jahr lang bei mindestens 90 % bleiben.":
        ("Termintreue", True, 0.9, "target", "keep", "2027-01-31"),
    "Wir wollen den KPI „Termintreue“ in zwei Quartalen um 5 Prozentpunkte erhöhen.":
        ("Termintreue", False, 0.05, "points", "up", "2026-07-31"),
    "Wir wollen die Kennzahl “Termintreue“ in zwei Quartalen um 5 % reduzieren.":
        ("Termintreue", False, 0.05, "relative", "down", "2026-07-31"),
    "Die Kennzahl „Antwortzeit“ soll in 6 Monaten auf höchstens 36 Stunden gebracht werden.":
        ("Antwortzeit", False, 36.0, "target", "down", "2026-07-31"),
    "Die Kennzahl „Antwortzeit“ soll in 6 Monaten höchstens 3 Tage betragen.":
        ("Antwortzeit", False, 3.0, "target", "down", "2026-07-31"),
    "Halbierung der Kennzahl „Beschwerden“ in 6 Monaten":
        ("Beschwerden", False, 0.5, "relative", "down", "2026-07-31"),
    "Die Kennzahl „Umsatz in 9 Monaten um 20 % erhöhen“ soll unternehmensweit bis Jahresende um ein Drittel wachsen.":
        ("Umsatz in 9 Monaten um 20 % erhöhen", False, 1 / 3, "relative", "up", "2026-12-31"),
    "Wir wollen die Kennzahl „Note „„gut““ vergeben“ in 9 Monaten um drei Viertel erhöhen.":
        ("Note „gut“ vergeben", False, 0.75, "relative", "up", "2026-10-31"),
}  # fmt: skip
ENGLISH_FIGURES = {
    "We want to increase the figure “Customer satisfaction” to 8.5 within 9 months.":
        ("Customer satisfaction", False, 8.5, "target", "up", "2026-10-31"),
    "The KPI 'Response time' should fall to 3 days by the end of 2026.":
        ("Response time", False, 3.0, "target", "down", "2026-12-31"),
    "Reduce the indicator ‘Complaints’ by 10 within a year.":
        ("Complaints", False, 10.0, "absolute", "down", "2027-01-31"),
    'Reduce the measure "Complaints" to at most 20 within a year.':
        ("Complaints", False, 20.0, "target", "down", "2027-01-31"),
    "The metric «Client's joy» shall be kept at 70 % for 12 months.":
        ("Client's joy", True, 0.7, "target", "keep", "2027-01-31"),
    "Keep the figure “NPS” stable for two quarters.":
        ("NPS", False, 0.0, "relative", "keep", "2026-07-31"),
    "Raise the key figure “Revenue” to €500,000.25 by year-end 2026.":
        ("Revenue", False, 500_000.25, "target", "up", "2026-12-31"),
    "Raise the figure “Revenue” by 1,500 euros within half a year.":
        ("Revenue", False, 1500.0, "absolute", "up", "2026-07-31"),
    "Raise the key performance indicator “Answered in time” by 5 percentage points within six months.":
        ("Answered in time", False, 0.05, "points", "up", "2026-07-31"),
    "Raise the figure “Answered in time” by 10 % in the CRM within six months.":
        ("Answered in time", False, 0.1, "relative", "up", "2026-07-31"),
    "Bring the figure “Response time” to at most 90 minutes within six months.":
        ("Response time", False, 90.0, "target", "down", "2026-07-31"),
    "Lower the value of the figure “Effort” by 3 hours in 26 weeks.":
        ("Effort", False, 3.0, "absolute", "down", "2026-08-01"),
    "Double the figure “References” by the end of next year.":
        ("References", False, 1.0, "relative", "up", "2027-12-31"),
    "The figure “Share of ““warm”” leads” should grow to 30 percent by the end of Q4.":
        ("Share of “warm” leads", True, 0.3, "target", "up", "2026-12-31"),
}  # fmt: skip


def read(sentence: str) -> tuple:
    goal = goals.parse(sentence, start=START)
    assert (goal.outcome, goal.percent) == ("", False)
    where = (goal.place, goal.org_unit, goal.area)
    return goal.metric, where, goal.change_value, goal.change_unit, goal.direction, goal.deadline.isoformat()


def read_figure(sentence: str) -> tuple:
    goal = goals.parse(sentence, start=START)
    assert (goal.metric, goal.place, goal.org_unit, goal.area) == ("outcome", "", None, None)
    change = (goal.change_value, goal.change_unit, goal.direction)
    return goal.outcome, goal.percent, *change, goal.deadline.isoformat()


@pytest.mark.parametrize("sentence", GERMAN)
def test_german(sentence):
    assert read(sentence) == GERMAN[sentence]


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english(sentence):
    assert read(sentence) == ENGLISH[sentence]


@pytest.mark.parametrize("sentence", GERMAN_FIGURES)
def test_german_figures(sentence):
    assert read_figure(sentence) == GERMAN_FIGURES[sentence]


@pytest.mark.parametrize("sentence", ENGLISH_FIGURES)
def test_english_figures(sentence):
    assert read_figure(sentence) == ENGLISH_FIGURES[sentence]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("sentence", [*GERMAN, *ENGLISH, *GERMAN_FIGURES, *ENGLISH_FIGURES])
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


def test_canonical_sentences_of_figures():
    goal = goals.parse(next(iter(GERMAN_FIGURES)), start=START)
    assert goal.sentence("de") == goal.wording == next(iter(GERMAN_FIGURES))
    assert goal.sentence("en") == f"We want to increase the figure “{FIGURE}” to 8.5 within 9 months."
    revenue = goals.parse("Reduce the figure «Costs „2026“ (net)» by 2,000.5 euros by 2026-12-15.", start=START)
    assert revenue.sentence("de") == ('Wir wollen die Kennzahl "Costs „2026“ (net)" bis 15.12.2026 um 2.000,5 senken.')
    assert revenue.sentence("en") == ('We want to reduce the figure "Costs „2026“ (net)" by 2,000.5 by 2026-12-15.')


DE = ' A sentence that works: "Wir wollen die Zahl der aktiven Nutzer im Bereich XYZ in 9 Monaten um 20 % erhöhen."'
EN = ' A sentence that works: "We want to increase the number of active users in the area XYZ by 20 % within 9 months."'
METRICS = (
    " No metric is named; known: die Zahl der aktiven Nutzer, die Zahl der regelmäßigen Nutzer, die Nutzungsquote, "
    "die Nutzungsbreite, die Datenqualität, die Kennzahl „…“."
)
METRICS_EN = (
    " No metric is named; known: the number of active users, the number of regular users, the usage rate, "
    "the breadth of use, the data quality, the figure “…”."
)
WHICH_USERS = 'which ones? Write "die Zahl der aktiven Nutzer" or "die Zahl der regelmäßigen Nutzer"'
WHICH_USERS_EN = 'which ones? Write "the number of active users" or "the number of regular users"'
WHICH_USE = 'write "die Nutzungsquote" (how many use the CRM) or "die Nutzungsbreite" (how much of it they use)'
WHICH_USE_EN = 'write "the usage rate" (how many use the CRM) or "the breadth of use" (how much of it they use)'
REFUSED = {
    "Wir wollen mehr.": f'not understood: "mehr".{METRICS}{DE}',
    "": f'the metric (such as "die Zahl der aktiven Nutzer") is missing.{DE}',
    "Wir wollen den Umsatz im Bereich XYZ in 9 Monaten um 20 % erhöhen.": f'not understood: "Umsatz".{METRICS}{DE}',
    "Wir wollen die Zahl der Nutzer in 9 Monaten um 10 % steigern.": f'"die Zahl der Nutzer": {WHICH_USERS}.{DE}',
    "Wir wollen den Anteil der regelmäßigen Nutzer in 9 Monaten um 10 % steigern.":
        f'not understood: "Anteil".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in naher Zukunft um 20 % erhöhen.":
        f'not understood: "in naher Zukunft".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten deutlich und spürbar erhöhen.":
        f'not understood: "deutlich und spürbar".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um rund 20 % erhöhen.": f'not understood: "um rund 20 %".{DE}',
    "Wir wollen die Zahl der aktiven Nutzer in 9 Monaten um 20 bis 30 % erhöhen.":
        f'"um 20 bis 30 %": a range, state one number.{DE}',
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
        f'not understood: "number of logins".{METRICS_EN}{EN}',
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
    "Wir wollen die Nutzungsqoute in 9 Monaten um 20 % erhöhen.":
        f'not understood: "Nutzungsqoute". Did you mean "Nutzungsquote"?{METRICS}{DE}',
    "Wir wollen die Nutzungsquote in 9 Monatn um 20 % erhöhen.":
        f'not understood: "in 9 Monatn". Did you mean "Monaten"?{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 20 % erhöen.":
        f'not understood: "erhöen". Did you mean "erhöhen"?{DE}',
    "Wir wollen die Nutzungsquote im CRM-Bereich Vertreib in 9 Monaten um 20 % erhöhen.":
        f'"Vertreib": no CRM area; known: Vertrieb, Marketing, Service, Gemeinsames. Did you mean "Vertrieb"?{DE}',
    "Wir wollen die Zahl der Anmeldungen in 9 Monaten um 20 % steigern.":
        f'not understood: "Zahl der Anmeldungen".{METRICS}{DE}',
    "Wir wollen in 9 Monaten 20 % mehr Nutzer.": f'"Nutzer": {WHICH_USERS}.{DE}',
    "Wir wollen die Zahl der Power-User in 9 Monaten um 20 % steigern.": f'"User": {WHICH_USERS}.{DE}',
    "Wir wollen die Nutzerzahl in 9 Monaten um 20 % steigern.": f'"die Nutzerzahl": {WHICH_USERS}.{DE}',
    "Wir wollen die CRM-Nutzung in 9 Monaten um 20 % steigern.": f'"die CRM-Nutzung": {WHICH_USE}.{DE}',
    "Wir wollen den Nutzungsgrad in 9 Monaten um 20 % steigern.": f'"den Nutzungsgrad": {WHICH_USE}.{DE}',
    "Wir wollen die User Adoption in 9 Monaten um 20 % steigern.": f'"die User Adoption": {WHICH_USE}.{DE}',
    "Wir wollen die Zahl der aktiven Mitarbeitenden in 9 Monaten um 20 % steigern.":
        f'not understood: "Zahl der aktiven Mitarbeitenden".{METRICS}{DE}',
    "Wir wollen die Zahl der monatlich aktiven Nutzer in 9 Monaten um 20 % steigern.":
        f'not understood: "Zahl der monatlich".{DE}',
    "Wir wollen die Nutzungsquote des Vertriebs bis Ende Juni auf 80 % bringen.":
        f'"des Vertriebs": a place reads "im Bereich …" or "in der Abteilung …".{DE}',
    "Wir wollen die Nutzungsquote unternehmensweit im Vertrieb bis Ende Juni auf 80 % bringen.":
        f'the place is stated twice: "unternehmensweit" and "im Vertrieb".{DE}',
    "Wir wollen die Nutzungsquote im Bereich „ “ in 9 Monaten um 20 % erhöhen.":
        f'"im Bereich „ “": the name is missing.{DE}',
    "Wir wollen die Datenqualität in 9 Monaten um 20 % erhöhen, aber nicht im Vertrieb.":
        f'not understood: "aber nicht".{DE}',
    "Die Nutzungsquote soll in 9 Monaten auf über 80 % steigen.":
        f'"auf über 80 %": no exact number, write "mindestens" or "höchstens" before it.{DE}',
    "Die Nutzungsquote soll nicht unter 80 % fallen, 9 Monate lang.":
        f'"nicht unter 80 %": no exact number, write "mindestens" or "höchstens" before it.{DE}',
    "Die Nutzungsquote soll in 9 Monaten nicht nicht um 10 % steigen.": f'not understood: "nicht nicht".{DE}',
    "Die Nutzungsquote soll in 9 Monaten nicht weniger als 80 % betragen.":
        f'"nicht weniger als 80 %": no exact number, write "mindestens" or "höchstens" before it.{DE}',
    "Die Nutzungsquote soll in 9 Monaten um 10–20 % steigen.": f'"um 10–20 %": a range, state one number.{DE}',
    "Die Nutzungsquote soll in 9 Monaten um zwischen 10 und 20 % steigen.":
        f'"um zwischen 10 und 20 %": a range, state one number.{DE}',
    "Die Nutzungsquote soll in 9 bis 12 Monaten um 10 % steigen.": f'not understood: "in 9 bis".{DE}',
    "Die Nutzungsquote soll in 9 Monaten um höchstens 20 % steigen.":
        f'"um höchstens 20 %": an upper limit is no goal, state the change itself.{DE}',
    "Die Nutzungsquote soll in 9 Monaten auf höchstens 20 % steigen.":
        f'"auf höchstens 20 %": verb and amount contradict each other.{DE}',
    "Die Nutzungsquote soll 9 Monate lang bei höchstens 20 % bleiben.":
        f'"bei höchstens 20 %": what is kept stays at or above, this is an upper limit.{DE}',
    "Die Nutzungsquote soll in 9 Monaten um 20 % aller Nutzer steigen.":
        f'"um 20 % aller Nutzer": of all people? Then write percentage points.{DE}',
    "Die Datenqualität soll in 9 Monaten auf 90 % aller Nutzer steigen.":
        f'"auf 90 % aller Nutzer": only people can be a share of all people.{DE}',
    "Die Zahl der aktiven Nutzer soll von 60 auf 72 in 9 Monaten steigen.":
        f'"von 60": the value at the start is measured, leave it out.{DE}',
    "Die Zahl der aktiven Nutzer soll in 9 Monaten um das Doppelte steigen.":
        f'"um das Doppelte": write "verdoppeln", "verdreifachen", or "um 100 %".{DE}',
    "Die Zahl der aktiven Nutzer soll in 9 Monaten um 20 Euro steigen.":
        f'"um 20 Euro": people are counted, leave the unit out.{DE}',
    "Die Zahl der aktiven Nutzer soll in 9 Monaten auf 1 Nutzer sinken.":
        f'"auf 1 Nutzer": no number of people that can be a target.{DE}',
    "Wir wollen bei der Zahl der aktiven Nutzer einen Zuwachs von 20 % in 9 Monaten erreichen.":
        f'not understood: "bei", "einen Zuwachs".{DE}',
    "Die Nutzungsquote soll bis Mitte 2026 um 10 % steigen.":
        f'"bis Mitte 2026": no exact day, write one such as "bis 30.06.2026".{DE}',
    "Die Nutzungsquote soll bis Anfang März um 10 % steigen.":
        f'"bis Anfang März": no exact day, write one such as "bis 30.06.2026".{DE}',
    "Die Nutzungsquote soll bis Sommer 2026 um 10 % steigen.":
        f'"bis Sommer 2026": no exact day, write one such as "bis 30.06.2026".{DE}',
    "Die Nutzungsquote soll bis Q3 2026 um 10 % steigen.":
        f'"bis Q3 2026": begin or end? Write "bis Ende Dezember 2026" or a day.{DE}',
    "Die Nutzungsquote soll im dritten Quartal 2026 um 10 % steigen.":
        f'"im dritten Quartal 2026": begin or end? Write "bis Ende Dezember 2026" or a day.{DE}',
    "Die Nutzungsquote soll in 2027 um 10 % steigen.":
        f'"in 2027": begin or end? Write "bis Ende Dezember 2026" or a day.{DE}',
    "Die Nutzungsquote soll bis 12/2026 um 10 % steigen.":
        f'"bis 12/2026": begin or end? Write "bis Ende Dezember 2026" or a day.{DE}',
    "Die Nutzungsquote soll bis zum Ende des Geschäftsjahres um 10 % steigen.":
        f'"bis zum Ende des Geschäftsjahres": no exact day, write one such as "bis 30.06.2026".{DE}',
    "Die Nutzungsquote soll bis Ende Januar um 10 % steigen.":
        f'"bis Ende Januar": the deadline 2026-01-31 is not after the start 2026-01-31.{DE}',
    "Wir wollen die Nutzungsquote um 10 % und die Datenqualität um 5 % in 9 Monaten erhöhen.":
        f'the amount is stated twice: "um 10 %" and "um 5 %".{DE}',
    "Wir wollen die Nutzungsquote in 9 Monaten um 10 % erhöhen und in 12 Monaten auf 80 % halten.":
        f'the deadline is stated twice: "in 9 Monaten" and "in 12 Monaten".{DE}',
    "Wir wollen die Kennzahl „A“ und die Kennzahl „B“ in 9 Monaten um 10 % erhöhen.":
        f'the metric is stated twice: "die Kennzahl „A“" and "die Kennzahl „B“".{DE}',
    "Wir wollen die Nutzungsquote und die Kennzahl „B“ in 9 Monaten um 10 % erhöhen.":
        f'the metric is stated twice: "die Kennzahl „B“" and "die Nutzungsquote".{DE}',
    "Die Kennzahl „Antwortzeit“ soll in 6 Monaten um 3 Tage auf 5 sinken.":
        f'the amount is stated twice: "um 3 Tage" and "auf 5".{DE}',
    "Die Kennzahl „Antwortzeit“ soll in 6 Monaten auf 3 Tage gebracht werden.":
        f'"gebracht": more or less of this figure? Write "erhöhen" or "senken".{DE}',
    "Die Kennzahl „Antwortzeit“ soll sich in 6 Monaten um 10 % verbessern.":
        f'"verbessern": more or less of this figure? Write "erhöhen" or "senken".{DE}',
    "Die Kennzahl „Antwortzeit“ soll in 6 Monaten auf 3 Tage.":
        f'"soll": more or less of this figure? Write "erhöhen" or "senken".{DE}',
    "Die Kennzahl „Umsatz“ im Bereich Nord soll in 6 Monaten um 10 % wachsen.":
        f'"im Bereich Nord": a figure of your own is one of the whole client, leave the place out.{DE}',
    "Die Kennzahl „Umsatz“ soll im CRM-Bereich Vertrieb in 6 Monaten um 10 % wachsen.":
        f'"im CRM-Bereich Vertrieb": a figure of your own is one of the whole client, leave the place out.{DE}',
    "Die Kennzahl Umsatz soll in 6 Monaten um 10 % wachsen.":
        f'"Die Kennzahl Umsatz": put its name in quotation marks: die Kennzahl „…“.{DE}',
    "„Umsatz“ soll in 6 Monaten um 10 % wachsen.":
        f'"„Umsatz“": write what it is: die Kennzahl „…“, or im Bereich „…“.{DE}',
    "Die Kennzahl „ “ soll in 6 Monaten um 10 % wachsen.": f'"Die Kennzahl „ “": the name is missing.{DE}',
    "Die Kennzahl „Umsatz“ soll in 6 Monaten auf 1,5 Mio. Euro wachsen.":
        f'"Mio. Euro": write the number out, in the unit in which the figure is kept.{DE}',
    "Die Kennzahl „Beschwerden“ soll in 6 Monaten auf 0 sinken.": f'"auf 0": this is no target.{DE}',
    "Die Kennzahl „NPS“ soll in 6 Monaten auf 130 % steigen.": f'"auf 130 %": more than the whole.{DE}',
    "Nous voulons doubler le nombre des clients actifs en 9 mois.":
        f'not understood: "Nous voulons doubler le nombre des clients actifs en 9 mois".{METRICS}{DE}',
    "Wir wollen the number of active users in 9 Monaten um 20 % increase.":
        f'not understood: "Wir wollen", "in 9 Monaten um 20 %".{EN}',
    "Increase die Zahl der aktiven Nutzer by 20 % within 9 months.":
        f'not understood: "Increase", "by 20 % within 9 months".{DE}',
    "Incraese the usage rate by 10 % within six months.": f'not understood: "Incraese". Did you mean "increase"?{EN}',
    "Increase the usage rate by 10 % within six monhts.":
        f'not understood: "within six monhts". Did you mean "months"?{EN}',
    "Increase the usage rate in the CRM area Slaes by 10 % within a year.":
        f'"Slaes": no CRM area; known: Sales, Marketing, Service, Shared. Did you mean "Sales"?{EN}',
    "Increase the number of users by 20 % within a year.": f'"the number of users": {WHICH_USERS_EN}.{EN}',
    "Increase user adoption by 20 % within a year.": f'"user adoption": {WHICH_USE_EN}.{EN}',
    "Increase monthly active users by 20 % within a year.": f'not understood: "monthly". Did you mean "month"?{EN}',
    "Increase the usage rate to over 80 % within a year.":
        f'"to over 80 %": no exact number, write "at least" or "at most" before it.{EN}',
    "Increase the usage rate by no more than 20 % within a year.":
        f'"by no more than 20 %": no exact number, write "at least" or "at most" before it.{EN}',
    "Increase the usage rate by 10-20 % within a year.": f'"by 10-20 %": a range, state one number.{EN}',
    "Increase the usage rate by 10 to 20 % within a year.": f'the amount is stated twice: "by 10" and "to 20 %".{EN}',
    "Increase the usage rate by 20 % to 80 % within a year.":
        f'the amount is stated twice: "by 20 %" and "to 80 %".{EN}',
    "Do not increase the usage rate by 20 % within a year.": f'not understood: "Do not".{EN}',
    "Increase the usage rate by 20 % and the data quality by 5 % within a year.":
        f'the amount is stated twice: "by 20 %" and "by 5 %".{EN}',
    "Increase the usage rate twofold within a year.": f'"twofold": write "double", "triple", or "by 100 %".{EN}',
    "Increase the usage rate by 20 % by mid-2027.":
        f'"by mid-2027": no exact day, write one such as "by 2026-06-30".{EN}',
    "Increase the usage rate by 20 % in 2027.":
        f'"in 2027": begin or end? Write "by the end of December 2026" or a day.{EN}',
    "Increase the usage rate by 20 % before June 2027.": f'"before June 2027": write "by" and the last day.{EN}',
    "Increase the usage rate by 20 % by the end of the fiscal year.":
        f'"by the end of the fiscal year": no exact day, write one such as "by 2026-06-30".{EN}',
    "Improve the figure “Response time” by 10 % within six months.":
        f'"Improve": more or less of this figure? Write "increase" or "reduce".{EN}',
    "Halve the figure “Complaints” in the sales team within six months.":
        f'"in the sales team": a figure of your own is one of the whole client, leave the place out.{EN}',
    "Increase the figure Revenue by 10 % within six months.":
        f'"the figure Revenue": put its name in quotation marks: the figure “…”.{EN}',
    "Increase the figure “Revenue” to 1.5 million euros within six months.":
        f'"million euros": write the number out, in the unit in which the figure is kept.{EN}',
    "Aumentar el número de usuarios activos un 20 % en 9 meses.":
        f'not understood: "Aumentar el número de usuarios activos un 20 % en 9 meses".{METRICS}{DE}',
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
        ("2026-11-30", "in 3 Quartalen", "2027-08-30"),
        ("2027-11-30", "in einem Quartal", "2028-02-29"),
        ("2026-08-31", "in einem halben Jahr", "2027-02-28"),
        ("2026-01-31", "in 13 Monaten", "2027-02-28"),
        ("2028-02-29", "in 12 Monaten", "2029-02-28"),
        ("2028-02-29", "in 4 Jahren", "2032-02-29"),
        ("2028-02-29", "in einem Monat", "2028-03-29"),
        ("2028-02-29", "in 366 Tagen", "2029-03-01"),
        ("2028-02-28", "in einem Tag", "2028-02-29"),
        ("2026-06-28", "bis Ende Q1 2028", "2028-03-31"),
        ("2026-06-28", "bis Ende Q2", "2026-06-30"),
        ("2026-06-28", "bis Ende des vierten Quartals", "2026-12-31"),
        ("2026-06-28", "bis Ende 2. Quartal 2027", "2027-06-30"),
        ("2026-06-28", "bis zum Jahresende", "2026-12-31"),
        ("2026-06-28", "bis Ende nächsten Jahres", "2027-12-31"),
        ("2026-06-28", "bis zum 29. Februar 2028", "2028-02-29"),
        ("2026-06-28", "bis 1.7.27", "2027-07-01"),
        ("2026-12-31", "in 120 Monaten", "2036-12-31"),
    ],
)
def test_deadlines(start, term, deadline):
    goal = goals.parse(f"Die Nutzungsquote soll {term} um 10 % steigen.", start=start)
    assert goal.deadline.isoformat() == deadline
    for language in ("de", "en"):
        assert goals.parse(goal.sentence(language), start=start).deadline == goal.deadline


@pytest.mark.parametrize(
    ("start", "term", "deadline"),
    [
        ("2026-01-31", "within 1 month", "2026-02-28"),
        ("2026-11-30", "in 3 quarters", "2027-08-30"),
        ("2024-02-29", "within a year", "2025-02-28"),
        ("2026-06-28", "by the end of Q1 2028", "2028-03-31"),
        ("2026-06-28", "by the end of the second quarter of 2027", "2027-06-30"),
        ("2026-06-28", "by the end of February 2028", "2028-02-29"),
        ("2026-06-28", "by 29 February 2028", "2028-02-29"),
        ("2026-06-28", "by year-end", "2026-12-31"),
        ("2026-06-28", "by the end of next year", "2027-12-31"),
    ],
)
def test_english_deadlines(start, term, deadline):
    assert goals.parse(f"The usage rate should rise by 10 % {term}.", start=start).deadline.isoformat() == deadline


@pytest.mark.parametrize(
    ("start", "term", "problem"),
    [
        ("2026-06-28", "bis 29.02.2027", '"bis 29.02.2027": there is no such day.'),
        ("2026-06-28", "bis Ende Q1", '"bis Ende Q1": the deadline 2026-03-31 is not after the start 2026-06-28.'),
        (
            "2026-12-31",
            "bis Jahresende",
            '"bis Jahresende": the deadline 2026-12-31 is not after the start 2026-12-31.',
        ),
        ("2026-06-28", "in 121 Monaten", '"in 121 Monaten": longer than 10 years.'),
        ("2026-06-28", "in 0,5 Wochen", '"in 0,5 Wochen": no whole number of days.'),
    ],
)
def test_deadlines_that_cannot_be(start, term, problem):
    sentence = f"Die Nutzungsquote soll {term} um 10 % steigen."
    with pytest.raises(GoalError) as caught:
        goals.parse(sentence, start=start)
    assert str(caught.value) == f'goal "{sentence}": {problem}{DE}'


@pytest.mark.parametrize(
    ("start", "term", "problem"),
    [
        ("9999-06-30", "in 9 Monaten", "`start`: 9999-06-30"),
        ("0001-01-01", "in 9 Monaten", "`start`: 0001-01-01"),
        ("2200-06-30", "in 900 Tagen", "`deadline`: 2202-12-17"),
        ("2200-06-30", "bis Ende nächsten Jahres", "`deadline`: 2201-12-31"),
    ],
)
def test_days_that_cannot_be_meant(start, term, problem):
    with pytest.raises(GoalError) as caught:
        goals.parse(f"Die Nutzungsquote soll {term} um 10 % steigen.", start=start)
    assert str(caught.value) == f"goal: {problem} is not within the years 1990 to 2200."


def test_nobody_plans_for_twenty_years():
    with pytest.raises(GoalError) as caught:
        goals.parse("Die Nutzungsquote soll bis 31.12.2099 um 10 % steigen.", start=START)
    assert str(caught.value) == "goal: `deadline`: 2099-12-31 is more than 20 years away."


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


GERMAN_ONES = ("", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun")
ENGLISH_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def words_of(number: int, language: str) -> str:
    """Spell a number below 10,000 without the tables of the grammar, but for those of 1 to 99."""
    grammar = GRAMMARS[language].numerals
    below = {int(value): word for word, value in reversed(grammar.below_100.items())}
    ones, link = (GERMAN_ONES, "") if language == "de" else (ENGLISH_ONES, " ")
    thousands, hundreds, rest = number // 1000, number // 100 % 10, number % 100
    parts = [f"{ones[n]}{link}{scale}" for n, scale in zip((thousands, hundreds), grammar.scales, strict=True) if n]
    return link.join([*parts, *([below[rest]] if rest else [])])


@pytest.mark.parametrize("language", ["de", "en"])
def test_numbers_in_words(language):
    numerals = GRAMMARS[language].numerals
    pattern = spelt(numerals.pattern)
    for number in range(1, 10_000):
        word = words_of(number, language)
        assert pattern.fullmatch(word), word
        assert numerals.value(word) == number


@pytest.mark.parametrize(
    ("language", "word", "number"),
    [
        ("de", "hundert", 100), ("de", "hundertundeins", 101), ("de", "Tausendundeins", 1001), ("de", "zwölf", 12),
        ("de", "zwoelf", 12), ("de", "DREISSIG", 30), ("de", "dreieinhalb", 3.5), ("de", "1.234,5", 1234.5),
        ("de", "1234.5", 1234.5), ("de", "1 234,5", 1234.5), ("de", "1’234’567", 1234567), ("de", "8,5", 8.5),
        ("en", "a hundred", 100), ("en", "a hundred and one", 101), ("en", "twenty five", 25),
        ("en", "three and a half", 3.5), ("en", "one thousand two hundred and one", 1201), ("en", "8,5", 8.5),
        ("en", "1,234.5", 1234.5),
    ],
)  # fmt: skip
def test_numbers(language, word, number):
    numerals = GRAMMARS[language].numerals
    assert spelt(numerals.pattern).fullmatch(word)
    assert numerals.value(word) == number


@pytest.mark.parametrize(
    "number", ["hundertzweihundert", "zwanzigeins", "zwölfhunderttausend", "1.23.456", "1,2,3", "einund", "-5", "1 23"]
)
def test_no_numbers(number):
    assert not spelt(GRAMMARS["de"].numerals.pattern).fullmatch(number)


# Characters that a name may hold and a sentence means something by.
MARKS = "„“”\"»«›‹‚‘’'"


def names():
    letters = string.ascii_letters + string.digits + "ÄÖÜäöüß&/.-+ ,;:()%\x00\x01\ue000\u0301" + MARKS
    words = st.sampled_from(
        ["um 20 %", "erhöhen", "by 3 days", "within 9 months", "in 9 Monaten", "die Nutzungsquote", "active users",
         "im Bereich A", "Kennzahl", "„A“", "not", "bis Ende 2027", "€ 500", MARKS, MARKS * 2]
    )  # fmt: skip
    some = st.text(letters, min_size=1, max_size=20) | st.text(MARKS, min_size=1) | st.text(min_size=1) | words
    return st.lists(some, min_size=1, max_size=3).map(" ".join).filter(is_name)


def is_name(text: str) -> bool:
    """Return whether a text is more than white space and control characters."""
    return tidy(text) != ""


def change_of(draw, *, counts: bool, is_outcome: bool) -> dict:
    """Draw a change that a goal can have: unit, value, direction."""
    direction = draw(st.sampled_from(["up", "down", "keep"]))
    unit = draw(st.sampled_from(["relative", "points", "target", *(["absolute"] if counts or is_outcome else [])]))
    percent = is_outcome and unit == "target" and draw(st.booleans())
    share = st.integers(1, 10_000).map(lambda n: n / 10_000) | st.sampled_from([1 / 3, 2 / 3, 1 / 7, 1.0])
    share |= st.floats(1e-6, 1.0)
    more = share | st.floats(1.0, 1e6) if unit == "relative" and direction == "up" else share
    people = st.integers(2, 20_000).map(float)
    figure = st.floats(1e-6, 1e12) | people
    as_number = unit == "absolute" or (
        unit == "target" and not percent and (is_outcome or (counts and draw(st.booleans())))
    )
    value = draw((figure if is_outcome else people) if as_number else more)
    kept = direction == "keep" and unit != "target"
    return {"change_value": 0.0 if kept else value, "change_unit": unit, "direction": direction, "percent": percent}


@st.composite
def any_goal(draw):
    metric = draw(st.sampled_from(ALL_METRICS))
    is_outcome = metric == "outcome"
    change = change_of(draw, counts=metric in (ACTIVE, REGULAR), is_outcome=is_outcome)
    start = draw(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
    term = st.integers(1, 130).map(lambda n: add_months(start, n))
    deadline = draw(term | st.integers(1, 4000).map(lambda n: start + dt.timedelta(days=n)))
    where = {} if is_outcome else {
        "place": draw(st.just("") | names()), "org_unit": draw(st.none() | names()),
        "area": draw(st.sampled_from([None, "sales", "marketing", "service", "shared"])),
    }  # fmt: skip
    outcome = draw(names()) if is_outcome else ""
    return Goal(metric=metric, outcome=outcome, start=start, deadline=deadline, **where, **change)


@settings(deadline=None, max_examples=300)
@given(any_goal(), st.sampled_from(["de", "en"]))
def test_parse_after_write_is_identity(goal, language):
    assert goals.parse(goal.sentence(language), start=goal.start).meaning == goal.meaning


PIECES = ["9", "20", "%", "2026", "31.12.2026", "„A“", "'A'", "€", "Q3", "–", "um 20 %", "in 9 Monaten", "by", "CRM"]


def words_of_sentences():
    """Return words that sentences are made of, so that some random ones are understood."""
    texts = [
        " ".join([g.markers, *g.metric_names, *g.numerals.below_100, *g.verbs.values()]).replace("|", " ")
        for g in GRAMMARS.values()
    ]
    return [*" ".join(texts).split(), *PIECES]


@settings(deadline=None, max_examples=300)
@given(st.text(max_size=60) | st.lists(st.sampled_from(words_of_sentences()), max_size=25).map(" ".join))
def test_any_text_gives_a_goal_or_one_line(text):
    try:
        goal = goals.parse(text, start=START)
    except GoalError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert goals.parse(goal.sentence("en"), start=START).meaning == goal.meaning


HOSTILE = (
    "a", "A.", "in A ", "in A und ", "„", "„“", "'", "a'", "1", "1 ", "1.", "1.000.", "um 1 ", "bis 1.1.", "einund",
    "ein hundert ", "one hundred and ", "twenty ", "wir ", "der aktiven ", "Nutzerinnen und ", "die Kennzahl „a“ ",
    "20 % ", "in the a ", "the a-b team ", "– ", "zwischen 1 und ", "\x00", "\x010\x01", "\ue000", "ß",
)  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_long_text_gives_one_line(piece):
    for length in (1000, 10_000):
        with pytest.raises(GoalError) as caught:
            goals.parse((piece * length)[:length], start=START)
        assert len(str(caught.value).splitlines()) == 1
    assert str(caught.value) == (
        "goal: the sentence has 10000 characters, at most 1000 are read. Write one goal in one sentence."
    )


@pytest.mark.parametrize(
    ("amount", "problem"),
    [("9" * 700, "too large a number"), (f"0,{'0' * 700}1", "this is no change")],
)
def test_numbers_that_no_goal_can_hold(amount, problem):
    sentence = f"Wir wollen die Kennzahl „X“ in 9 Monaten um {amount} erhöhen."
    with pytest.raises(GoalError) as caught:
        goals.parse(sentence, start=START)
    assert str(caught.value) == f'goal "{sentence}": "um {amount}": {problem}.{DE}'
