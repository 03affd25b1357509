"""Choosing files for an import."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_ACCEPT = ".pdf,.pptx,.txt,.md,.markdown"


class FilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """A list of uploaded files; an empty one is left to the import, which says so by name."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = [item for item in (data or []) if item]
        if not files:
            raise forms.ValidationError(_("Please choose at least one file."))
        return files


class UploadForm(forms.Form):
    """Files to read."""

    files = FilesField(  # type: ignore[assignment]  # Django calls the uploads "files", too
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("PDF, PowerPoint (PPTX), text or Markdown; one or several, in any order."),
        widget=FilesInput(attrs={"accept": _ACCEPT, "multiple": True}),
    )
