"""Reading what people write into a summary. No side effects."""

from django import forms


class PartForm(forms.Form):
    """The words of one part."""

    text = forms.CharField(
        label="文字",
        required=False,  # An empty text is told by the rule of texts, in words of its own.
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "data-length": ""}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
