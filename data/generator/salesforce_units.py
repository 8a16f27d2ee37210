"""The units of the Salesforce clients: what their people open in the CRM."""

from __future__ import annotations

from generator.salesforce_org import UnitKind

NORTH, SOUTH = "Vertrieb/Vertrieb Nord", "Vertrieb/Vertrieb Süd"
MARKETING = "Marketing"
OFFICE, FIELD = "Service/Innendienst", "Service/Technik"
PURCHASING, MANAGEMENT = "Einkauf", "Geschäftsleitung"

#: Licence types under the names that the object UserLicense gives them.
FULL, SMALL = "Salesforce", "Salesforce Platform"

_SALES = {
    "Opportunity": 0.32, "Account": 0.18, "Contact": 0.12, "Lead": 0.12, "Quote": 0.08, "Task": 0.12, "Campaign": 0.06,
}  # fmt: skip
_SALES_ONLY = ({"Opportunity": 0.8, "Lead": 0.2}, {"Opportunity": 0.7, "Quote": 0.3}, {"Account": 0.6, "Contact": 0.4})
_SALES_TITLES = ("Außendienst", "Key Account Management", "Vertriebsinnendienst", "Vertriebsassistenz")


def _sales(department: str) -> UnitKind:
    role = department.rsplit("/", 1)[-1]
    return UnitKind(department, role, _SALES_TITLES, "Vertrieb Standard", FULL, _SALES, _SALES_ONLY, mobile_share=0.4)


UNITS: dict[str, UnitKind] = {
    NORTH: _sales(NORTH),
    SOUTH: _sales(SOUTH),
    MARKETING: UnitKind(
        MARKETING, "Marketing", ("Kampagnenmanagement", "Messen und Veranstaltungen", "Onlinemarketing"),
        "Marketing Standard", FULL,
        {"Campaign": 0.42, "Lead": 0.14, "Contact": 0.14, "Account": 0.12, "CampaignMember": 0.08, "Report": 0.1},
        ({"Campaign": 0.9, "CampaignMember": 0.1}, {"Contact": 0.7, "Account": 0.3}, {"Campaign": 0.5, "Contact": 0.5}),
    ),
    OFFICE: UnitKind(
        OFFICE, "Kundenservice", ("Kundenservice", "Auftragsabwicklung", "Reklamation"), "Service Standard", FULL,
        {"Case": 0.5, "Account": 0.16, "Contact": 0.14, "Knowledge__kav": 0.1, "Opportunity": 0.06, "Home": 0.04},
        ({"Case": 0.9, "Knowledge__kav": 0.1}, {"Account": 0.5, "Contact": 0.5}),
    ),
    FIELD: UnitKind(
        FIELD, "Servicetechnik", ("Servicetechnik", "Montageleitung"), "Service Standard", FULL,
        {"Case": 0.62, "Account": 0.2, "Task": 0.18},
        ({"Case": 1.0}, {"Account": 0.6, "Task": 0.4}, {"Case": 0.5, "Account": 0.5}), mobile_share=0.6,
    ),
    PURCHASING: UnitKind(
        PURCHASING, "Einkauf", ("Einkauf", "Disposition"), "Einkauf Lesezugriff", SMALL,
        {"Account": 0.5, "Contact": 0.34, "Report": 0.16}, ({"Account": 0.7, "Contact": 0.3},),
    ),
    MANAGEMENT: UnitKind(
        MANAGEMENT, "Geschäftsleitung", ("Geschäftsführung", "Bereichsleitung", "Assistenz"),
        "Leitung Lesezugriff", FULL,
        {"Dashboard": 0.5, "Report": 0.2, "Opportunity": 0.3}, ({"Dashboard": 0.7, "Report": 0.3},),
    ),
}  # fmt: skip
