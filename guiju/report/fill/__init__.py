"""A body's own files, filled: values of an assessment by name, into an existing workbook or Word template."""
