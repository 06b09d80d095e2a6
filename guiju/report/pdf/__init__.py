"""Reports as PDF: the document as data, and the template that sets it."""
