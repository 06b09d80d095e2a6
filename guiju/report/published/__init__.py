"""A policy as the standard's own layout, for reading against the printed text: a `Document`, however it is shown."""
