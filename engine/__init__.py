"""Program + evidence -> assessment. Knows evidence, not syntax: verdicts, scores, outcomes and their derivations."""
