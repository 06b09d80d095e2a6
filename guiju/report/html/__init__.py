"""Document -> one HTML file that needs nothing else: no network, no other file. jinja2 and vl-convert stay in here."""
