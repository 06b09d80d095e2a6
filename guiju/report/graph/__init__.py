"""The dependency graph of a policy for people: as a value, as a drawing, and for other programs."""
