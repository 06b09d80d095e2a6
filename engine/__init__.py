"""Program + evidence -> assessment. Knows evidence, not syntax; gives verdicts, scores, outcomes and their derivations."""
