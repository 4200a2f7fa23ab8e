"""The numbers and statements that the paper quotes, each computed again and judged by a rule: `data/claims.csv`."""
