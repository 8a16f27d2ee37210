"""The next retrospective as a calendar file (RFC 5545): a whole day, with a reminder to ask for the data."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from crmkit.letters import legible
from crmkit.report.language import language as language_of

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event

    from crmkit.client import Client

#: Time that a client's IT needs to deliver exports.
REMINDER = dt.timedelta(days=-21)
_LONGEST_NAME = 160


def calendar_file(client: Client, *, closed_on: dt.date) -> str:
    """Return the day of the next retrospective as an iCalendar text; same input, same text.

    Parameters
    ----------
    client
        The client; its settings name the next day.
    closed_on
        Day on which it was written down.

    Returns
    -------
    str
        With the line ends of the format (CR LF). Says whose retrospective it is, and no result.

    Raises
    ------
    ValueError
        If there is no next day.
    """
    from icalendar import Event

    day, number = client.settings.next_date, client.settings.retrospective + 1
    if day is None:
        raise ValueError("client.yml names no `next_date`")
    t, name = language_of(client.language), legible(client.settings.name, longest=_LONGEST_NAME)
    event = Event.new(
        summary=t.gettext("CRM-Retrospektive Nr. {number}: {client}", number=t.number(number), client=name),
        description=t.gettext("Was hatten wir beschlossen, was ist daraus geworden?"),
        start=day, end=day + dt.timedelta(days=1), stamp=dt.datetime.combine(closed_on, dt.time(), dt.UTC),
        uid=hashlib.sha256(f"{client.settings.name}\n{number}".encode()).hexdigest()[:32],
    )  # fmt: skip
    event.add_component(_reminder(t.gettext("Daten für die CRM-Retrospektive anfordern")))
    return _calendar_of(event, t.code).to_ical().decode()


def _calendar_of(event: Event, language: str) -> Calendar:
    from icalendar import Calendar

    # not `Calendar.new`, which draws an id of its own
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//crmkit//crmkit//{language.upper()}")
    calendar.add_component(event)
    return calendar


def _reminder(words: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", REMINDER)
    return alarm
