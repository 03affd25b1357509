"""Codes of messages and reasons with their English source text and a German text."""

# ruff: noqa: E501 - tables of words and sentences read better unbroken

from collections.abc import Mapping
from typing import Any

from wurt.modules.agenda.importing.model import Message

# code: (English source for translation, German)
MESSAGES: dict[str, tuple[str, str]] = {
    "no_text": ("The file contains no text.", "Die Datei enthält keinen Text."),
    "kind_unknown": (
        "This is neither a status report nor a strategy page nor an entry of a list of measures. Nothing was taken over.",
        "Das ist weder ein Statusbericht noch eine Strategieseite noch ein Eintrag einer Vorhabenliste. Es wurde nichts übernommen.",
    ),
    "scanned_page": (
        "Page {page} is a picture without text. Please export the file from the original program or run text recognition first.",
        "Seite {page} ist ein Bild ohne Text. Bitte exportieren Sie die Datei aus dem ursprünglichen Programm oder führen Sie zuerst eine Texterkennung durch.",
    ),
    "scanned_document": (
        "The document consists of pictures without text ({pages} pages). Please export it from the original program or run text recognition first.",
        "Das Dokument besteht aus Bildern ohne Text ({pages} Seiten). Bitte exportieren Sie es aus dem ursprünglichen Programm oder führen Sie zuerst eine Texterkennung durch.",
    ),
    "page_broken": ("Page {page} could not be read; all other pages were.", "Seite {page} konnte nicht gelesen werden, alle anderen schon."),
    "empty_file": ("The file is empty.", "Die Datei ist leer."),
    "file_missing": ("The file does not exist.", "Die Datei gibt es nicht."),
    "not_a_file": (
        "This is a folder or a device. Please give the file itself.",
        "Das ist ein Ordner oder ein Gerät. Bitte geben Sie die Datei selbst an.",
    ),
    "file_too_large": ("The file is too large ({size} MB; up to {limit} MB).", "Die Datei ist zu groß ({size} MB; höchstens {limit} MB)."),
    "wrong_type": (
        "The file is named {suffix} but is really {type}. Please choose the original document or save it as PDF.",
        "Die Datei heißt {suffix}, ist aber in Wirklichkeit {type}. Bitte wählen Sie das ursprüngliche Dokument oder speichern Sie es als PDF.",
    ),
    "type_not_supported": (
        "Files of this type ({type}) cannot be imported. Possible are PDF, PowerPoint (PPTX), text and Markdown.",
        "Dateien dieser Art ({type}) können nicht eingelesen werden. Möglich sind PDF, PowerPoint (PPTX), Text und Markdown.",
    ),
    "document_not_supported": (
        "Files of this type ({type}) cannot be imported. Possible are PDF, PowerPoint (PPTX), text and Markdown. Please save it as PDF.",
        "Dateien dieser Art ({type}) können nicht eingelesen werden. Möglich sind PDF, PowerPoint (PPTX), Text und Markdown. Bitte speichern Sie es als PDF.",
    ),
    "encrypted": (
        "The file is protected by a password. Please save it without a password.",
        "Die Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Passwort.",
    ),
    "broken_file": (
        "The file is damaged and cannot be opened. Please save or export it again.",
        "Die Datei ist beschädigt und lässt sich nicht öffnen. Bitte speichern oder exportieren Sie sie neu.",
    ),
    "too_many_pages": (
        "The file has {pages} pages; at most {limit} are possible. Please split it.",
        "Die Datei hat {pages} Seiten; höchstens {limit} sind möglich. Bitte teilen Sie sie auf.",
    ),
    "archive_bomb": (
        "The file would grow to {size} MB when unpacked; it was not opened.",
        "Die Datei würde beim Entpacken auf {size} MB wachsen; sie wurde nicht geöffnet.",
    ),
    "timeout": ("Reading took longer than {seconds} seconds and was stopped.", "Das Einlesen dauerte länger als {seconds} Sekunden und wurde abgebrochen."),
    "memory": ("Reading needed more than {limit} MB of memory and was stopped.", "Das Einlesen brauchte mehr als {limit} MB Speicher und wurde abgebrochen."),
    "reader_failed": ("The file could not be read. Nothing of the other files was lost.", "Die Datei konnte nicht gelesen werden. Von den anderen Dateien ging nichts verloren."),
    "unassigned_text": ("Text without a place in “{title}”: {text}", "Text ohne Zuordnung bei „{title}“: {text}"),
    "title_without_pages": ("“{title}” has a title page but no content.", "„{title}“ hat eine Titelseite, aber keinen Inhalt."),
    "count_differs": ("{printed} current projects are printed, {computed} were read.", "Gedruckt sind {printed} aktuelle Projekte, gelesen wurden {computed}."),
    "progress_list_differs": (
        "The printed list of progress ({printed}) differs from the reports ({computed}).",
        "Die gedruckte Liste der Fortschritte ({printed}) weicht von den Berichten ab ({computed}).",
    ),
    "page_unread": (
        "A page between the projects was not understood: {text}",
        "Eine Seite zwischen den Projekten wurde nicht verstanden: {text}",
    ),
    "hidden_slide": (
        "Slide {page} is hidden and was not read.",
        "Folie {page} ist ausgeblendet und wurde nicht gelesen.",
    ),
    "text_outside": (
        "Text beside slide {page} was not read: {text}",
        "Text neben Folie {page} wurde nicht gelesen: {text}",
    ),
    "month_missing": (
        "The month of the report is not named anywhere. Please state it.",
        "Der Berichtsmonat ist nirgends genannt. Bitte geben Sie ihn an.",
    ),
    "month_differs": (
        "The cover names {cover}, the pages of the projects name {pages}. Please check which month is right.",
        "Das Deckblatt nennt {cover}, die Projektseiten nennen {pages}. Bitte prüfen Sie, welcher Monat stimmt.",
    ),
    "months_several": (
        "The file holds reports of several months ({months}). Every project was read for each month.",
        "Die Datei enthält Berichte mehrerer Monate ({months}). Jedes Projekt wurde je Monat gelesen.",
    ),
    "block_repeated": ("A block stands twice: {text}", "Ein Block steht doppelt: {text}"),
    "light_unreadable": ("The traffic light could not be read.", "Die Ampel konnte nicht gelesen werden."),
}  # fmt: skip

REASONS: dict[str, tuple[str, str]] = {
    "drawing_order": ("The text lists the milestones in drawing order.", "Der Text nennt die Meilensteine in der Reihenfolge, in der sie gezeichnet wurden."),
    "labels_then_dates": ("First all labels, then all dates: the pairing is not certain.", "Erst stehen alle Namen, dann alle Daten: Die Zuordnung ist nicht sicher."),
    "count_differs": ("There are more or fewer dates than labels.", "Es gibt mehr oder weniger Daten als Meilensteine."),
    "irregular_order": ("Labels and dates follow no rule.", "Namen und Daten folgen keiner Regel."),
    "places_unclear": ("Labels and dates do not stand clearly one above the other.", "Namen und Daten stehen nicht eindeutig übereinander."),
    "season": ("A season may mean two quarters.", "Eine Jahreszeit kann zwei Quartale meinen."),
    "half_year": ("Only the half year is named.", "Es ist nur das Halbjahr genannt."),
    "part_of_year": ("Only a part of the year is named.", "Es ist nur ein Teil des Jahres genannt."),
    "year_only": ("Only the year is named.", "Es ist nur das Jahr genannt."),
    "year_missing": ("The year is missing.", "Das Jahr fehlt."),
    "span": ("A span is named, not a date.", "Es ist ein Zeitraum genannt, kein Datum."),
    "calendar_week": ("A calendar week is named.", "Es ist eine Kalenderwoche genannt."),
    "pages_differ": ("The pages of the project say different things.", "Die Seiten des Projekts nennen Verschiedenes."),
    "lead_unclear": ("It is not clear whether this is a person or an organisation.", "Es ist nicht klar, ob das eine Person oder eine Stelle ist."),
    "lead_several_parts": ("The lead has more than two parts.", "Die Projektleitung besteht aus mehr als zwei Teilen."),
    "date_unreadable": ("The date could not be read.", "Das Datum konnte nicht gelesen werden."),
    "date_of_month": ("Only a month or quarter is named.", "Es ist nur ein Monat oder Quartal genannt."),
    "date_with_text": ("There is more text beside the date.", "Neben dem Datum steht weiterer Text."),
    "start_after_end": ("The start lies after the end.", "Der Beginn liegt nach dem Ende."),
    "month_several": ("Several months are named.", "Es sind mehrere Monate genannt."),
    "label_guessed": (
        "The heading is not a known one; please check whether the text belongs here.",
        "Die Überschrift ist nicht bekannt; bitte prüfen Sie, ob der Text hierher gehört.",
    ),
    "text_unassigned": (
        "The section is empty, but there is text on the page that belongs to no label.",
        "Der Abschnitt ist leer; auf der Seite steht aber Text, der zu keiner Beschriftung gehört.",
    ),
    "months_several": ("The file holds several months.", "Die Datei enthält mehrere Monate."),
    "month_missing": ("The month is not named anywhere.", "Der Monat ist nirgends genannt."),
    "month_unreadable": ("The month could not be read.", "Der Monat konnte nicht gelesen werden."),
    "month_of_document": ("The month of the whole document.", "Der Monat des ganzen Dokuments."),
    "status_several": ("Several colours are named.", "Es sind mehrere Farben genannt."),
    "status_words_only": ("The status is given in words without a colour.", "Der Status ist in Worten ohne Farbe angegeben."),
    "status_contradicts": ("The page and the summary name different colours.", "Seite und Zusammenfassung nennen verschiedene Farben."),
    "portfolio_unclear": ("The sentence about all projects is not clear for this one.", "Der Satz über alle Projekte ist für dieses Projekt nicht eindeutig."),
    "light_unreadable": ("More than one light is lit, or none.", "Es leuchtet mehr als eine Lampe oder keine."),
    "list_borders": ("It is not certain where one entry ends and the next begins.", "Es ist nicht sicher, wo ein Eintrag endet und der nächste beginnt."),
    "title_typo": ("The title is spelled in two ways.", "Der Titel ist auf zwei Arten geschrieben."),
    "title_missing": ("The title is missing.", "Der Titel fehlt."),
    "divider_differs": ("The title page names another title.", "Die Titelseite nennt einen anderen Titel."),
    "project_probable": ("This may be a project that is known already.", "Das könnte ein schon bekanntes Projekt sein."),
    "heading_missing": ("The paragraph has no heading.", "Der Absatz hat keine Überschrift."),
    "cost_number_format": ("The amount is written in an unusual way.", "Der Betrag ist ungewöhnlich geschrieben."),
    "decisions_unreadable": ("The decisions could not be read.", "Die Beschlüsse konnten nicht gelesen werden."),
    "counts_unclear": ("It is not certain which number belongs to which word.", "Es ist nicht sicher, welche Zahl zu welchem Wort gehört."),
    "counted_in_words": ("Counted from the text.", "Aus dem Text gezählt."),
    "derived": ("Derived from the text.", "Aus dem Text abgeleitet."),
}  # fmt: skip


def german(code: str, params: Mapping[str, Any]) -> str:
    """German text of a message code; unknown codes are shown as they are."""
    return MESSAGES[code][1].format(**params) if code in MESSAGES else code


def text_of(message: Message) -> str:
    """German text of a message."""
    return german(message.code, message.params)


def reason_text(code: str) -> str:
    """German text of a reason of doubt."""
    return REASONS[code][1] if code in REASONS else code
