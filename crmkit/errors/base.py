"""Every error a user may see: one line that says what is wrong, what was found and what to do.

The wording lives here, once. No message ever carries a value from a client's data, only the names of
files, columns and keys.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Self


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `` Did you mean "x"?`` for the nearest known word, or an empty string."""
    nearest = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f' Did you mean "{nearest[0]}"?' if nearest else ""


def listed(names: Iterable[object], *, most: int = 12) -> str:
    """Return names in backticks, separated by commas, at most `most` of them."""
    all_names = [f"`{name}`" for name in names]
    more = f" and {len(all_names) - most} more" if len(all_names) > most else ""
    return ", ".join(all_names[:most]) + more if all_names else "nothing"


class CrmkitError(Exception):
    """Base of all errors that are shown to a user as one line, without a traceback."""


class SettingsError(CrmkitError):
    """Something in ``client.yml`` or the client folder is wrong."""

    @classmethod
    def unknown_key(cls, file: str, key: str, known: Iterable[str]) -> Self:
        """Return the error for a key that the settings do not know."""
        known = sorted(known)
        hint = did_you_mean(key.rsplit(".", 1)[-1], known)
        return cls(f"{file}: unknown key `{key}`.{hint} Known here: {listed(known, most=30)}.")

    @classmethod
    def wrong_value(cls, file: str, key: str, problem: str) -> Self:
        """Return the error for a value of the wrong type or range."""
        return cls(f"{file}: `{key}`: {problem}.")

    @classmethod
    def missing_key(cls, file: str, key: str) -> Self:
        """Return the error for a mandatory key that is not there."""
        return cls(f"{file}: the key `{key}` is missing. `crmkit new DIR` writes a file that explains every key.")

    @classmethod
    def missing_file(cls, file: str, todo: str) -> Self:
        """Return the error for a file that is named but does not exist."""
        return cls(f"{file}: no such file. {todo}")

    @classmethod
    def not_prepared(cls, folder: str) -> Self:
        """Return the error for a client folder whose exports have not been prepared."""
        return cls(f"{folder}: not prepared yet, run `crmkit prepare {folder}`.")

    @classmethod
    def wrong_key(cls, file: str) -> Self:
        """Return the error for a key file that holds no key."""
        return cls(
            f"{file}: holds no key (64 random hexadecimal digits). "
            "Restore it, or delete it and `prepared/` and prepare all exports again."
        )

    @classmethod
    def open_key(cls, file: str, mode: int) -> Self:
        """Return the error for a key file that others than its owner may read."""
        return cls(f"{file}: others than its owner may read the key (mode {mode:04o}). Run `chmod 600 {file}`.")

    @classmethod
    def other_key(cls, file: str) -> Self:
        """Return the error for a key that is not the one of the prepared tables."""
        return cls(
            f"{file}: is not the key that `prepared/` was made with. Use that key (`crmkit prepare --key FILE`, or "
            "CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
        )

    @classmethod
    def no_key(cls, file: str) -> Self:
        """Return the error for a key that is needed again but not at hand."""
        return cls(
            f"{file}: no such file, but `prepared/` was made with a key. Name it (`crmkit prepare --key FILE`, or "
            "CRMKIT_KEY_FILE in the environment), or delete `prepared/` to start afresh."
        )

    @classmethod
    def other_pseudonyms(cls, file: str, before: str) -> Self:
        """Return the error for a client whose pseudonyms are no longer made where they were."""
        return cls(
            f"{file}: `privacy.pseudonyms` was `{before}` when `prepared/` was made, so nobody would be known again. "
            "Change it back, or delete `prepared/` to start afresh."
        )

    @classmethod
    def key_place(cls, file: str, problem: str) -> Self:
        """Return the error for a place where no key can be kept."""
        return cls(f"{file}: no place for the key: {problem}.")

    @classmethod
    def wrong_constant(cls, column: str, known: Iterable[str], found: str) -> Self:
        """Return the error for a constant of an export that is none of a fixed list of words."""
        known = list(known)
        return cls(
            f"client.yml: exports: `constants: {{{column}: …}}`:{did_you_mean(found, known)} Known: {listed(known)}."
        )

    @classmethod
    def outside(cls, file: str) -> Self:
        """Return the error for a file that a link takes out of the client folder."""
        return cls(f"{file}: leads out of the client folder (a link). Put the file itself there.")

    @classmethod
    def not_a_file(cls, file: str) -> Self:
        """Return the error for a folder, pipe or device where a file is meant."""
        return cls(f"{file}: is no ordinary file. Name a file, or a pattern such as `exports/*.csv`.")

    @classmethod
    def no_exports(cls, folder: str) -> Self:
        """Return the error for a client folder that holds prepared tables but none of its exports."""
        return cls(
            f"{folder}: the exports are not here, so there is nothing to prepare; `prepared/` stays as it is. "
            "`crmkit render` works with it."
        )

    @classmethod
    def changed_without_exports(cls, file: str) -> Self:
        """Return the error for settings that the prepared tables do not follow and no longer can."""
        return cls(
            f"{file}: `exports`, `timezone`, `areas` or `privacy.pseudonyms` have changed since `prepared/` was made, "
            "and the exports are not here. Undo the change, or prepare again where the exports are."
        )


class InputError(CrmkitError):
    """An export of the client cannot be read right."""

    @classmethod
    def no_sheet(cls, file: str, sheet: str, found: Iterable[str]) -> Self:
        """Return the error for a sheet that the workbook does not have."""
        found = list(found)
        return cls(f"{file}: no sheet `{sheet}`.{did_you_mean(sheet, found)} Found: {listed(found)}.")

    @classmethod
    def not_this_export(cls, file: str, what: str, missing: Iterable[str], found: Iterable[str]) -> Self:
        """Return the error for a file that another reader should read."""
        return cls(
            f"{file}: is no {what}: {listed(missing)} missing. Found: {listed(found)}. "
            "`crmkit readers` lists the readers; name the right one in client.yml: `reader: …`."
        )

    @classmethod
    def mostly_dropped(cls, source: str, reason: str, n: int, total: int) -> Self:
        """Return the error for a source of which most rows had to be dropped."""
        return cls(
            f"{source}: {n} of {total} rows dropped ({reason.replace('_', ' ')}), more than half. "
            "Check that the export, its reader and the user list belong together."
        )

    @classmethod
    def bad_number(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a cell that is no number."""
        return cls(f"{file}: column `{column}`, row {row}: not a number. Write it as 1234.5 or 1.234,5.")

    @classmethod
    def wrong_row(cls, file: str, row: int, problem: str) -> Self:
        """Return the error for a row that cannot be right."""
        return cls(f"{file}: row {row}: {problem}.")

    @classmethod
    def twice(cls, file: str, column: str, row: int) -> Self:
        """Return the error for something that may stand in a file once only."""
        return cls(f"{file}: column `{column}`, row {row}: stands here twice. Keep one row.")

    @classmethod
    def not_part_time(cls, file: str, column: str) -> Self:
        """Return the error for working time that is neither a share nor percent."""
        return cls(
            f"{file}: column `{column}`: neither shares of a full contract (0.5) nor percent (50 %), perhaps hours. "
            "Write them as shares."
        )

    @classmethod
    def missing_column(cls, file: str, column: str, found: Iterable[str], field: str) -> Self:
        """Return the error for a column that is not in the file; `field` is the kit's own name."""
        found = list(found)
        guess = get_close_matches(column, found, n=1, cutoff=0.4)
        example = guess[0] if guess else "Header in the file"
        return cls(
            f"{file}: column `{column}` is missing. Found: {listed(found)}. "
            f"Map it in client.yml: `columns: {{{field}: {example}}}`."
        )

    @classmethod
    def empty(cls, file: str) -> Self:
        """Return the error for an export without a single row."""
        return cls(f"{file}: the export is empty. Ask for it again, with its period and filters stated.")

    @classmethod
    def unreadable(cls, file: str, problem: str) -> Self:
        """Return the error for a file whose bytes make no table."""
        return cls(f"{file}: cannot be read as a table: {problem}.")

    @classmethod
    def ambiguous_dates(cls, file: str, column: str) -> Self:
        """Return the error for dates that fit day/month as well as month/day."""
        return cls(
            f"{file}: column `{column}`: every date fits day-month as well as month-day order. "
            'Say which in client.yml: `date_format: "%d/%m/%Y"` (day first) or `"%m/%d/%Y"` (month first).'
        )

    @classmethod
    def wrong_dates(cls, file: str, column: str, n_wrong: int, n_rows: int, date_format: str | None) -> Self:
        """Return the error for values that are no dates of the declared or inferred format."""
        tried = f"the format `{date_format}`" if date_format else "any known date format"
        return cls(
            f"{file}: column `{column}`: {n_wrong} of {n_rows} values do not fit {tried}. "
            'Declare it in client.yml: `date_format: "%d.%m.%Y %H:%M"`.'
        )

    @classmethod
    def names_people(cls, file: str, column: str, n: int) -> Self:
        """Return the error for units, roles or licences in which people are named."""
        return cls(
            f"{file}: column `{column}`: {n} of its values hold a name or address of a user. It would be printed: "
            "name units and roles without people, map another column in client.yml, or give shared accounts the "
            "`account_type` service."
        )

    @classmethod
    def free_text(cls, file: str, column: str, row: int) -> Self:
        """Return the error for a comment where a ticked answer is expected."""
        return cls(
            f"{file}: column `{column}`, row {row}: free text. Only ticked answers are read; "
            "what people wrote belongs, paraphrased and released, into voices.csv."
        )

    @classmethod
    def wrong_weeks(cls, file: str, column: str, n_wrong: int, n_rows: int) -> Self:
        """Return the error for values that are no weeks."""
        return cls(
            f"{file}: column `{column}`: {n_wrong} of {n_rows} values are no weeks. "
            "Write the Monday (2026-06-22) or the ISO week (2026-W26)."
        )

    @classmethod
    def no_days(cls, file: str, least: int) -> Self:
        """Return the error for weeks that do not say on how many days of them anything was done."""
        return cls(
            f"{file}: column `n_days` is missing, but `active.min_days` is {least} in client.yml. "
            "Deliver the number of days with use in each week, or count weeks from one day on."
        )

    @classmethod
    def needs_exports(cls, file: str) -> Self:
        """Return the error for a list of people that came after the exports were left behind."""
        return cls(
            f"{file}: names people as the exports do, and these are not here. "
            "Prepare again where the exports are, or take the file away."
        )

    @classmethod
    def too_large(cls, file: str, problem: str) -> Self:
        """Return the error for a file that unpacks to more than any export holds."""
        return cls(f"{file}: is not read: {problem}. Deliver it unpacked, or in parts.")

    @classmethod
    def refused_column(cls, file: str, column: str, reason: str) -> Self:
        """Return the error for a column that the kit must not take in."""
        return cls(f"{file}: column `{column}` is refused: {reason}. Remove it from the file.")

    @classmethod
    def refused_value(cls, file: str, column: str, row: int, reason: str) -> Self:
        """Return the error for a cell that the kit must not take in; its content is not shown."""
        return cls(f"{file}: column `{column}`, row {row}: refused: {reason}.")

    @classmethod
    def no_pseudonyms(cls, file: str, column: str, problem: str) -> Self:
        """Return the error for ids that are said to be pseudonyms but do not look like any."""
        return cls(
            f"{file}: column `{column}`: {problem}, but `privacy.pseudonyms` is `ready` in client.yml. "
            "Deliver pseudonyms of 12 characters or more, or take `ready` out."
        )


class MethodError(CrmkitError):
    """A question that the data or the definition cannot answer."""


class PrivacyError(CrmkitError):
    """Something would reach a reader that must not."""


class HistoryError(CrmkitError):
    """What was kept of an earlier report cannot be read or written."""

    @classmethod
    def unreadable(cls, file: str) -> Self:
        """Return the error for a file that has lost its form."""
        return cls(f"{file}: cannot be read. Restore it from a backup; it is not written by hand.")

    @classmethod
    def unwritable(cls, file: str, problem: str) -> Self:
        """Return the error for a file that cannot be written."""
        return cls(f"{file}: cannot be written: {problem.lower()}.")


class DeletionError(CrmkitError):
    """Something that was to be deleted is still there, or the record of deletions is not what it was."""

    @classmethod
    def link(cls, file: str) -> Self:
        """Return the error for a link where a file or folder of the client is meant."""
        return cls(
            f"{file}: is a link or lies behind one, and nothing outside the client folder is deleted. Delete what it "
            "points to where that lies, then the link, and run `crmkit purge` again; nothing was deleted."
        )

    @classmethod
    def not_deleted(cls, file: str, problem: str, n_left: int, n_files: int) -> Self:
        """Return the error for files that the system did not let go."""
        return cls(
            f"{file}: cannot be deleted: {problem.lower()}; {n_left} of {n_files} files are left. "
            "Close the programs that use them, see to their permissions, and run `crmkit purge` again."
        )

    @classmethod
    def unreadable(cls, file: str) -> Self:
        """Return the error for a record that cannot be read."""
        return cls(f"{file}: is no record of deletions. Restore it from a backup; nothing was deleted.")

    @classmethod
    def changed(cls, file: str, number: int) -> Self:
        """Return the error for an entry that is not what was recorded."""
        return cls(
            f"{file}: entry {number} is not what was recorded, or one before it is missing. "
            "Restore the file from a backup; nothing was deleted."
        )

    @classmethod
    def unwritable(cls, file: str, problem: str) -> Self:
        """Return the error for a record that cannot be written."""
        return cls(f"{file}: cannot be written: {problem.lower()}. Nothing is deleted without a record.")


class RenderError(CrmkitError):
    """A report could not be rendered."""


class CallError(CrmkitError):
    """The call itself is wrong: it names something that is not there, or contradicts itself."""

    @classmethod
    def no_folder(cls, folder: str) -> Self:
        """Return the error for a client folder that does not exist."""
        return cls(f"{folder}: no such folder. `crmkit new {folder}` makes a client folder.")

    @classmethod
    def not_a_folder(cls, path: str, folder: str) -> Self:
        """Return the error for a file where a folder is meant."""
        return cls(f"{path}: is a file, expected a client folder. Did you mean `{folder}`?")

    @classmethod
    def no_client(cls, folder: str) -> Self:
        """Return the error for a folder that is no client folder and holds none."""
        return cls(f"{folder}: no `client.yml` in it or in the folders below. `crmkit new DIR` makes a client folder.")

    @classmethod
    def same_name(cls, name: str, one: str, other: str) -> Self:
        """Return the error for two client folders whose reports would get the same place."""
        return cls(
            f"two client folders are called `{name}`: {one} and {other}. "
            "Rename one, or render them into different output folders."
        )

    @classmethod
    def reserved_name(cls, folder: str, name: str) -> Self:
        """Return the error for a client folder whose name crmkit needs itself."""
        return cls(f"{folder}: `{name}` cannot be the name of a client folder. Rename it, for example to the firm's.")

    @classmethod
    def wrong_date(cls, key: str, value: str) -> Self:
        """Return the error for a text that is no date."""
        return cls(f'{key}: "{value}" is no date, write it as YYYY-MM-DD.')

    @classmethod
    def wrong_output(cls, folder: str, problem: str) -> Self:
        """Return the error for an output folder that cannot be written."""
        return cls(f"{folder}: cannot be used as output folder: {problem}.")

    @classmethod
    def no_notebook(cls, file: str, problem: str) -> Self:
        """Return the error for a notebook that is not there or cannot be read."""
        return cls(f"{file}: no notebook to render: {problem}.")

    @classmethod
    def no_parameters(cls, file: str) -> Self:
        """Return the error for a notebook that cannot be told which client it is about."""
        return cls(
            f"{file}: no code cell has the tag `parameters`. Add one with "
            '`client_dir: str = ""`, `as_of: str = ""` and `language: str = ""`.'
        )

    @classmethod
    def undeclared(cls, file: str, missing: Iterable[str], declared: Iterable[str]) -> Self:
        """Return the error for a notebook whose parameters cell lacks what `render` hands in."""
        return cls(f"{file}: the parameters cell does not declare {listed(missing)}. Declared: {listed(declared)}.")
