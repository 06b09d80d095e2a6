"""Surface tree -> typed core -> dependency graph. Knows meaning, not evidence; gives a `Program` and diagnostics."""
