"""The words by which sections and fields of reports are recognised. All of them stand here.

``strong`` variants may stand alone on a line without a colon; ``weak`` ones are ordinary words and count
only with a colon, a tab, or as a cell of their own.
"""

# ruff: noqa: E501 - tables of words and sentences read better unbroken

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """One kind of label. ``name`` is the wording used when it is missing."""

    key: str
    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    name: str = ""


TERMS: tuple[Term, ...] = (
    Term("title", (), ("Projektstatus", "Projekt", "Projektname", "Projekttitel", "Projektbezeichnung", "Projektsteckbrief",
                       "Steckbrief", "Name des Projekts", "Name des Projektes", "Titel des Projekts", "Titel", "Vorhaben",
                       "Maßnahme", "Statusbericht Projekt", "Projektbericht", "Statusbericht zum Projekt", "Projektprofil")),
    Term("lead", ("Projektverantwortliche", "Projektverantwortlicher", "Projektverantwortung"),
         ("Projektleitung", "Projektleiter", "Projektleiterin", "Projektleiter*in", "Projektverantwortliche*r",
          "Projektverantwortliche/r", "Projektverantwortliche(r)", "Ansprechpartner", "Ansprechpartnerin",
          "Ansprechpartner*in", "Ansprechpartner/in", "Ansprechperson", "Verantwortlich", "Verantwortliche", "Verantwortliche/r",
          "Verantwortliche*r", "Verantwortliche Stelle", "Leitung", "Federführung", "Zuständig", "Zuständigkeit", "Projektmanagement",
          "Projektkoordination", "Koordination", "Kontakt", "Leitung des Projekts"), "Projektleitung"),
    Term("month", ("Datum Status", "Statusdatum", "Berichtsmonat", "Berichtszeitraum"),
         ("Datum des Status", "Status vom", "Stand", "Berichtsstand", "Datum", "Monat", "Bericht für", "Stichtag", "Datenstand", "Stand vom",
          "Datum Bericht", "Berichtsdatum", "Berichtsperiode", "Berichtsphase"), "Datum Status"),
    Term("partners", ("Beteiligte Kooperationspartner", "Kooperationspartner", "Kooperationspartner*innen"),
         ("Projektpartner", "Projektpartner*innen", "Partner", "Partner*innen", "Beteiligte Partner", "Kooperierende Stellen",
          "Beteiligte Verwaltungen", "Kooperation mit", "Kooperationspartner/innen", "Beteiligte Kooperationspartner*innen",
          "Mitwirkende Kommunen", "Projektpartner/innen"), "Beteiligte Kooperationspartner"),
    Term("stakeholders", ("Beteiligte Stakeholder", "Projektbeteiligte"),
         ("Stakeholder", "Beteiligte", "Weitere Beteiligte", "Interessengruppen", "Interessensgruppen", "Beteiligte Akteure", "Akteure",
          "Weitere Akteure", "Beteiligte Dritte", "Beteiligte Akteur*innen", "Zielgruppen und Beteiligte"), "Beteiligte Stakeholder"),
    Term("start", ("Projektstart", "Projektbeginn"), ("Start", "Beginn", "Startdatum", "Projektauftakt", "Start des Projekts"), "Projektstart"),
    Term("end", ("Projektende",), ("Ende", "Enddatum", "Projektabschluss", "Geplantes Ende", "Fertigstellung", "Abschluss",
                                   "Voraussichtliches Ende", "Geplantes Projektende"), "Projektende"),
    Term("duration", ("Projektlaufzeit",), ("Laufzeit", "Zeitraum", "Projektzeitraum", "Dauer", "Projektdauer", "Umsetzungszeitraum"),
         "Projektlaufzeit"),
    Term("status", ("Gesamtstatus", "Projektampel", "Statusampel", "Ampelstatus", "Gesamtampel"),
         ("Status", "Ampel", "Projektstatus", "Aktueller Status", "Status (Ampel)", "Status/Ampel", "Statusbewertung", "Gesamtbewertung",
          "Bewertung", "Gesamteinschätzung", "Ampelfarbe", "Statusfarbe"), "Gesamtstatus"),
    Term("goal", ("Projektziel", "Projektziele", "Zielsetzung", "Ziel des Projekts", "Ziel des Projektes", "Ziele des Projekts"),
         ("Ziel", "Ziele", "Zielbeschreibung", "Projektzielsetzung", "Was wollen wir erreichen"), "Projektziel"),
    Term("content", ("Projektinhalt", "Projektinhalte", "Projektbeschreibung", "Kurzbeschreibung"),
         ("Inhalt", "Inhalte", "Beschreibung", "Worum geht es", "Inhaltliche Beschreibung", "Projektinhalt und Umfang",
          "Kurzbeschreibung des Projekts", "Beschreibung des Projekts", "Projektgegenstand"), "Projektinhalt"),
    Term("risks", ("Kritische Punkte, sowie Risiken", "Kritische Punkte sowie Risiken", "Kritische Punkte und Risiken", "Risiken",
                   "Herausforderungen", "Risiken und Herausforderungen", "Herausforderungen und Risiken", "Projektrisiken",
                   "Kritische Punkte", "Risiken und kritische Punkte", "Risiken / Herausforderungen"),
         ("Risiko", "Hemmnisse", "Risiken und Hemmnisse", "Probleme", "Probleme und Risiken", "Stolpersteine", "Hindernisse",
          "Wesentliche Risiken", "Risiken und Probleme", "Aktuelle Risiken", "Chancen und Risiken"), "Kritische Punkte, sowie Risiken"),
    Term("milestones", ("Planung nächste Meilensteine", "Nächste Meilensteine", "Meilensteine", "Meilensteinplanung", "Meilensteinplan",
                        "Geplante Meilensteine", "Kommende Meilensteine", "Planung der nächsten Meilensteine", "Die nächsten Meilensteine",
                        "Nächste geplante Meilensteine", "Meilensteine und Termine", "Meilensteine / Zeitplan"),
         ("Zeitplan", "Zeitplanung", "Termine", "Meilenstein", "Terminplan", "Zeitschiene", "Zeitstrahl", "Roadmap"), "Planung nächste Meilensteine"),
    Term("progress", ("Fortschritt in der Berichtsphase", "Fortschritte in der Berichtsphase", "Fortschritt seit dem letzten Bericht",
                      "Fortschritte seit dem letzten Bericht", "Fortschritt im Berichtszeitraum", "Fortschritte im Berichtszeitraum",
                      "Fortschritt im Berichtsmonat", "Projektfortschritt", "Fortschritt in der Berichtsperiode",
                      "Entwicklung seit dem letzten Bericht", "Was ist seit dem letzten Bericht passiert", "Erreichtes im Berichtszeitraum",
                      "Neues seit dem letzten Bericht", "Umgesetzt im Berichtszeitraum", "Fortschritt seit letztem Bericht"),
         ("Fortschritt", "Fortschritte", "Neuigkeiten", "Erreichtes", "Erledigt", "Ergebnisse im Berichtszeitraum", "Aktivitäten im Berichtszeitraum"),
         "Fortschritt in der Berichtsphase"),
    Term("state", ("Gesamter Sachstand", "Aktueller Stand", "Aktueller Sachstand", "Sachstand", "Gesamtsachstand", "Projektstand",
                   "Stand der Umsetzung", "Umsetzungsstand", "Bisheriger Sachstand", "Gesamtstand", "Aktueller Projektstand",
                   "Stand des Projekts", "Bearbeitungsstand", "Aktueller Bearbeitungsstand", "Bisheriger Verlauf"),
         ("Bisher erreicht", "Was bisher geschah", "Gesamtüberblick"), "Gesamter Sachstand"),
    Term("next", ("Geplante Aktivitäten in den nächsten Berichtsphasen", "Nächste Schritte", "Geplante Aktivitäten", "Weiteres Vorgehen",
                  "Geplante nächste Schritte", "Die nächsten Schritte", "Geplante Schritte", "Nächste Aktivitäten", "Ausblick auf die nächsten Schritte",
                  "Geplante Aktivitäten in der nächsten Berichtsphase", "Nächste geplante Schritte"),
         ("Ausblick", "Vorschau", "Wie geht es weiter", "Offene Punkte", "To-dos", "Geplante Maßnahmen"), "Nächste Schritte"),
    Term("field", ("Handlungsfeld",), ("Themenfeld", "Handlungsfelder", "Themenbereich", "Aktionsfeld"), "Handlungsfeld"),
    Term("costs", ("Projektkosten",), ("Kosten", "Budget", "Finanzierung", "Projektbudget", "Kosten und Finanzierung", "Förderung"), "Projektkosten"),
    Term("decisions", (), ("Beschluss", "Beschlüsse", "Politischer Beschluss", "Politische Beschlüsse"), "Beschlüsse"),
    Term("milestone_notes", ("Hinweise zu Meilensteinen",), ()),
    Term("figures", ("Kennzahlen des Monats",), ()),
    Term("participation", (), ("Beteiligung", "Bürgerbeteiligung", "Bürger*innenbeteiligung", "Form der Beteiligung", "Mitmachen"), "Beteiligung"),
    Term("comment", ("Statusbegründung", "Begründung des Status"), ("Begründung", "Begründung Status", "Erläuterung", "Bemerkung", "Bemerkungen", "Anmerkung",
                    "Anmerkungen", "Hinweise"), "Bemerkung"),
    Term("progress_list", ("Fortschritte in den Projekten", "Fortschritte in folgenden Projekten", "Fortschritt in den Projekten",
                           "Projekte mit Fortschritt", "Projekte mit Fortschritten", "Fortschritte gab es in folgenden Projekten",
                           "Neuigkeiten aus den Projekten"), ("Fortschritte gab es bei", "Fortschritte bei")),
    Term("summary", ("Zusammenfassung Projektstatusbericht", "Zusammenfassung", "Gesamtübersicht", "Übersicht der Projekte", "Projektübersicht",
                     "Zusammenfassung Statusbericht", "Zusammenfassung der Projektstatusberichte", "Auf einen Blick", "Management Summary",
                     "Zusammenfassung des Projektstatusberichts", "Überblick"), ()),
    Term("counts", ("Anzahl Projekte", "Anzahl der Projekte", "Projekte in Zahlen", "Projektanzahl"), ()),
    Term("legend", ("Legende", "Statuslegende", "Legende Status", "Bedeutung der Ampelfarben"), ()),
)  # fmt: skip

TERM = {term.key: term for term in TERMS}
HEADER = frozenset(
    {"lead", "month", "partners", "stakeholders", "start", "end", "duration", "status", "field"}
)
SECTIONS = frozenset({"goal", "content", "risks", "milestones", "progress", "state", "next"})
PORTFOLIO = frozenset({"progress_list", "summary", "counts"})

PLACEHOLDERS = frozenset(
    {
        "",
        "-",
        "--",
        "---",
        "–",
        "—",
        "/",
        "n/a",
        "n.a.",
        "k.a.",
        "k. a.",
        "keine angabe",
        "keine angaben",
        "./.",
        "entfällt",
        "dazu enthält der bericht keine angabe.",
        "für diesen zeitraum wurde nichts berichtet.",
        "...",
        "…",
    }
)

STATUS_WORDS: dict[str, str] = {
    "grün": "green", "gruen": "green", "green": "green", "🟢": "green", "grüner": "green", "grünen": "green", "grüne": "green",
    "gelb": "yellow", "yellow": "yellow", "🟡": "yellow", "gelber": "yellow", "gelben": "yellow", "gelbe": "yellow", "orange": "yellow", "🟠": "yellow",
    "rot": "red", "red": "red", "🔴": "red", "roter": "red", "roten": "red", "rote": "red",
}  # fmt: skip
STATUS_WORD = re.compile(
    r"(?<!\w)(grün(?:er|en|e)?|gruen|green|gelb(?:er|en|e)?|yellow|orange|rot(?:er|en|e)?|red)(?!\w)|[🟢🟡🟠🔴]",
    re.IGNORECASE,
)

LEGEND = (
    ("green", re.compile(r"(fortschritt|projekt|verlauf|umsetzung|termin|alles|läuft|liegt).{0,40}(entspricht|läuft|verläuft|liegt|ist|im).{0,30}(plan|zeitplan|zeit)"
                         r"|plangemäß|planmäßig|keine (nennenswerten )?(risiken|abweichungen|probleme)", re.IGNORECASE)),
    ("yellow", re.compile(r"(leichte|geringe|kleinere|mittlere|einzelne|gewisse|erste|mögliche) (risiken|abweichung|verzögerung|problem|schwierigkeit)"
                          r"|(risiken|abweichungen|verzögerungen) (bestehen|vorhanden|möglich|sind erkennbar)|steuerungsbedarf|beherrschbar", re.IGNORECASE)),
    ("red", re.compile(r"(erfolg|ziel|termin|projekt|umsetzung|budget).{0,40}gefährdet|kritische (risiken|abweichung)|erhebliche (risiken|abweichung|verzögerung|problem)"
                       r"|stark(e)? (verzög|abweich)|eskalation|akuter handlungsbedarf|stillstand", re.IGNORECASE)),
)  # fmt: skip

NO_PROGRESS = re.compile(
    r"^\W*(?:(?:in|im|seit|während)\s[^.!?]{0,60}?)?(?:gab es|gibt es|liegen|wurden|haben sich|sind|waren|erfolgten|es gab|es gibt|es liegen|hat es|konnten|ergaben sich)?"
    r"\s*(?:bisher |leider |aktuell |derzeit )*(?:keine|keinen|kein|keinerlei)\s+(?:weiteren?|neuen?|nennenswerten?|wesentlichen?|aktuellen?|weiterer|neuer|größeren|relevanten|\s)*"
    r"(?:fortschritte?n?|neuigkeiten|änderungen?|veränderungen?|neuerungen|entwicklungen?|aktivitäten|sachstand|erkenntnisse|stand)(?!\w)(?!\s+(?:mehr\s+)?(?:nötig|erforderlich|notwendig))"
    r"|^\W*(?:unverändert|sachstand unverändert|keine neuigkeiten|entfällt|nichts neues|es gibt nichts neues)\b", re.IGNORECASE)  # fmt: skip

ORGANISATION_WORDS = re.compile(
    r"(?<!\w)(kreis|landkreis|amt|stadt|gemeinde|samtgemeinde|verbandsgemeinde|gmbh|ag|ggmbh|e\. ?v\.|verband|zweckverband|kreisverwaltung|landratsamt|ministerium|"
    r"hochschule|universität|stiftung|verein|fachdienst|fachbereich|sachgebiet|stabsstelle|dezernat|referat|büro|kammer|agentur|werke|stadtwerke|"
    r"land|bund|bundes\w+|landes\w+|bauamt|\w+amt|\w+gesellschaft|\w+verband|\w+verwaltung|\w+betrieb|markt|region|regionalverband)(?!\w)",
    re.IGNORECASE,
)
