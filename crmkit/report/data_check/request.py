"""The mail to the client, ready to send: what is needed next, what not to send, how, and by when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from crmkit.method.requests import Request
from crmkit.readers import Reader, folded, readers
from crmkit.report.chart import Block
from crmkit.report.data_check.examined import Examined, keeps_days, require_examined
from crmkit.report.data_check.making import internal, shown, source_name, verbatim
from crmkit.report.data_check.questions import asked_of
from crmkit.report.language import N_, Language
from crmkit.report.markup import fill
from crmkit.report.text.words import word

#: Code of the export that lifts the tier → kinds of readers that bring it, the best first.
_KINDS = {"page_views": ("activity", "weeks"), "login_history": ("logins", "changes"), "user_list": ("users",)}
#: Days of a window: a log that is forgotten sooner cannot cover it at once.
_WINDOW_DAYS = 84
#: Words in the name of a system that say nothing.
_COMMON = frozenset({"crm", "the", "mit", "und", "and", "for", "der", "die", "das", "online", "cloud", "sales"})
_SHORTEST = 3
NOT_TO_SEND = (
    N_("Gründe für Abwesenheiten (Urlaub, Krankheit, Elternzeit)"),
    N_("Inhalte: Texte von Notizen, E-Mails und Datensätzen, Namen Ihrer Kunden"),
    N_("Gehälter, Beurteilungen, private Anschriften, Passwörter"),
)


def request(examined: Examined) -> Block:
    """Return the mail to the client: only what is missing is asked for.

    Parameters
    ----------
    examined
        From `examine`.
    """
    known = require_examined(examined, name="request")
    t = known.t
    n = len(known.requests) + len(asked_of(known))
    if not n:
        return internal(finding=t.gettext("Mit dem Auftraggeber ist nichts zu klären."))
    finding = t.ngettext(
        "Ein Punkt ist mit dem Auftraggeber zu klären.", "{n} Punkte sind mit dem Auftraggeber zu klären.", n
    )
    text = letter(known)
    block = internal(fill("letter", text=verbatim(text)), finding=finding)
    return replace(block, plain=f"{finding}\n\n{text}")


def letter(known: Examined) -> str:
    """Return the mail as plain text."""
    t = known.t
    asked = [_item(one, known) for one in known.requests]
    parts = [
        _subject(known),
        t.gettext("Guten Tag [Anrede und Name],"),
        _opening(known, is_asking=bool(asked)),
        "\n\n".join(f"{number}. {item}" for number, item in enumerate(asked, start=1)),
        *_section(t.gettext("Fragen zu den Daten, die schon da sind:"), asked_of(known)),
        *_section(t.gettext("Bitte nicht senden:"), [t.gettext(item) for item in NOT_TO_SEND] if asked else []),
        *(_how(known) if asked else []),
        t.gettext("Bei Fragen melden Sie sich gern jederzeit."),
        _closing(known),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _subject(known: Examined) -> str:
    name = known.settings.name
    return known.t.gettext("Betreff: CRM-Retrospektive {client}: was wir als Nächstes brauchen", client=name)


def _opening(known: Examined, *, is_asking: bool) -> str:
    t = known.t
    thanks = t.gettext("vielen Dank für die Daten, sie sind geprüft.")
    wish = t.gettext("Für die nächste Auswertung brauchen wir bis zum [Datum] noch Folgendes:")
    few = t.gettext("Nachliefern müssen Sie nichts; einige Fragen können nur Sie beantworten.")
    return f"{thanks} {wish if is_asking else few}"


def _closing(known: Examined) -> str:
    sender = ", ".join(filter(None, (known.t.gettext("[Ihr Name]"), known.settings.brand.consultant)))
    return f"{known.t.gettext('Mit freundlichen Grüßen')}\n{sender}"


def _how(known: Examined) -> list[str]:
    t = known.t
    how = t.gettext(
        "So kommen die Dateien zu uns: bitte verschlüsselt, über Ihren gesicherten Datenaustausch oder als Archiv mit "
        "AES-256, das Passwort getrennt am Telefon; nicht als offener Anhang einer E-Mail. Bitte unverändert als CSV "
        "oder Excel, wie das System sie ausgibt."
    )
    return [how, _wait(known)]


def _wait(known: Examined) -> str:
    """Return the sentence on what must be agreed first, empty where it is."""
    t = known.t
    if known.tier == "E":
        return t.gettext(
            "Bisher sind nur Summen freigegeben: Bitte senden Sie Listen mit Personen erst, wenn Betriebsrat und "
            "Datenschutz auch ihnen zugestimmt haben; eine Unterlage dafür stellen wir bereit."
        )
    if known.settings.privacy.agreement:
        return ""
    return t.gettext(
        "Bitte senden Sie erst, wenn Betriebsrat und Datenschutz zugestimmt haben; eine Unterlage dafür stellen wir "
        "bereit."
    )


def _section(title: str, items: list[str]) -> list[str]:
    return ["\n".join([title, *(f"– {item}" for item in items)])] if items else []


# what is asked for


def _item(one: Request, known: Examined) -> str:
    """Return what is asked for as a sentence or two."""
    return _WORDS[one.code](one, known)


def _export(one: Request, known: Examined) -> str:
    t, reader = known.t, reader_for(one.export, known)
    what = _sentence(word(t, "export", one.export))
    return " ".join([what, _asks(reader, t), _period(one.export, reader, known)]).strip()


def _period(export: str, reader: Reader, known: Examined) -> str:
    t = known.t
    if export == "user_list":
        return ""
    said = t.gettext("Zeitraum: {span}, gern auch länger.", span=t.span(known.window))
    return f"{said} {_keeps(reader.keeps_days, t)}".strip()


def _fill(one: Request, known: Examined) -> str:
    t = known.t
    spans = t.joined([t.span(span) for span in one.spans])
    [source] = one.sources
    said = t.gettext("{source}: Es fehlen noch die Tage {spans}.", source=source_name(source, t), spans=spans)
    reader = readers().get(source.partition(":")[0])
    return " ".join(part for part in (said, _asks(reader, t), _keeps(keeps_days(source), t)) if part)


def _user_list(one: Request, known: Examined) -> str:
    t = known.t
    return f"{_sentence(word(t, 'export', 'user_list'))} {_asks(reader_for('user_list', known), t)}"


def _last_logins(one: Request, known: Examined) -> str:
    t = known.t
    said = t.gettext("Die Benutzerliste noch einmal, mit der letzten Anmeldung je Konto: Diese Spalte fehlt.")
    return f"{said} {_asks(reader_for('user_list', known), t)}"


def _newer_list(one: Request, known: Examined) -> str:
    t = known.t
    said = t.gettext("Die Benutzerliste auf aktuellem Stand, mit dem Tag, an dem sie gezogen wurde: Unsere ist älter.")
    return f"{said} {_asks(reader_for('user_list', known), t)}"


def _keep(one: Request, known: Examined) -> str:
    t = known.t
    return t.gettext(
        "{source}: bitte weiter sichern, das nächste Mal spätestens am {day}. {keeps}",
        source=_together(one.sources, t),
        day=t.date(one.by) if one.by else "",
        keeps=_keeps(keeps_days(one.sources[0]), t),
    )


def _together(sources: tuple[str, ...], t: Language) -> str:
    """Return parts of one export as one: ``Ereignisprotokoll: URI und API``."""
    reader = sources[0].partition(":")[0]
    parts = [shown(part) for source in sources if (part := source.partition(":")[2])]
    return f"{source_name(reader, t)}{f' – {t.joined(parts)}' if parts else ''}"


def _licences(one: Request, known: Examined) -> str:
    return known.t.gettext(
        "Die gekauften Lizenzen je Lizenzart mit Anzahl, Preis und Kündigungstermin aus dem Vertrag."
    )


_WORDS: dict[str, Callable[[Request, Examined], str]] = {
    "export": _export,
    "fill": _fill,
    "user_list": _user_list,
    "last_logins": _last_logins,
    "newer_list": _newer_list,
    "keep": _keep,
    "licences": _licences,
}


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _asks(reader: Reader | None, t: Language) -> str:
    """Return where the client's administrator clicks."""
    return getattr(reader.ask, t.code) if reader else ""


def _keeps(n_days: int | None, t: Language) -> str:
    return t.gettext("Das System hebt dieses Protokoll {n} Tage auf.", n=t.number(n_days)) if n_days else ""


def reader_for(export: str, known: Examined) -> Reader:
    """Return the reader of the client's CRM that brings an export; one for any CRM where it has none.

    Of several, one whose log lasts as long as a window, of the best kind, and called most like the client's CRM.
    """
    kinds = _KINDS[export]
    system = system_of(known)
    fits = [reader for reader in readers().values() if reader.crm in (system, "") and reader.kind in kinds]
    said = _telling(known.settings.crm)
    return min(
        fits,
        key=lambda reader: (
            reader.crm != system,
            _is_short(reader),
            kinds.index(reader.kind),
            -len(said & _telling(f"{reader.name} {reader.title.en}")),
        ),
    )


def _is_short(reader: Reader) -> bool:
    return reader.keeps_days is not None and reader.keeps_days < _WINDOW_DAYS


def system_of(known: Examined) -> str:
    """Return the client's CRM as the readers call it, empty if none of them is it."""
    named = [readers()[export.reader].crm for export in known.settings.exports if export.reader in readers()]
    if any(named):
        return next(name for name in named if name)
    said = _telling(known.settings.crm)
    systems = dict.fromkeys(reader.crm for reader in readers().values() if reader.crm)
    shared = {name: len(said & _telling(name)) for name in systems}
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] else ""


def _telling(name: str) -> set[str]:
    return {part for part in folded(name).split() if len(part) >= _SHORTEST} - _COMMON
