"""`python -m tlsglass.claims` computes all claims and writes `data/claims.csv`."""

from tlsglass.claims.table import write

if __name__ == "__main__":
    print(write())
