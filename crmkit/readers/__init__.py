"""What the CRMs export, as data: no file is opened here and no person's data are seen."""

from crmkit.readers.catalogue import Reader, object_areas, of_no_use, reader_of, readers, recognise, systems
from crmkit.readers.layout import Layout, Mark, folded, header_of

__all__ = [
    "Layout",
    "Mark",
    "Reader",
    "folded",
    "header_of",
    "object_areas",
    "of_no_use",
    "reader_of",
    "readers",
    "recognise",
    "systems",
]
