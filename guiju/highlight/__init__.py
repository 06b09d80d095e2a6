"""What a line looks like, without reading it: for highlighters that know patterns alone."""
