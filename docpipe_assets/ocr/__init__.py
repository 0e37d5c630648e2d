"""How the text of a page gets read: from the PDF itself where it can be believed, else from the image."""
