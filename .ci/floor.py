#!/usr/bin/env python3
"""floor.py FLOOR ALL SEED: compares the figures of score.py --json on all labelled texts (ALL) and on the seed
article alone (SEED) with the least that is allowed (FLOOR). Exit status 1, with a line for each, where one is under it.

FLOOR holds headline_f1, the precision of each group, and how many claims of the seed article may be missed and wrong.
It is raised when a change raises the figures, and never lowered without a reason in the commit.
"""
import json
import sys

GROUPS = ("acts", "states", "offices")


def load(path):
    with open(path, encoding="utf-8") as f:
        return json.load(f)


def main(floor_path, all_path, seed_path):
    floor, figures, seed = load(floor_path), load(all_path), load(seed_path)
    rows = [("headline F1", figures["headline_f1"], floor["headline_f1"], 1)]
    rows += [(f"precision of {g}", figures[g]["precision"], floor[g]["precision"], 1) for g in GROUPS]
    missed = sum(seed[g]["gold"] - seed[g]["right"] for g in GROUPS)
    wrong = sum(seed[g]["predicted"] - seed[g]["right"] for g in GROUPS)
    rows += [("seed article, missed", missed, floor["seed"]["missed"], -1), ("seed article, wrong", wrong, floor["seed"]["wrong"], -1)]
    under = 0
    for name, value, bound, sign in rows:
        short = value * sign < bound * sign
        under += short
        print(f"{'UNDER' if short else 'ok':5} {name}: {value}, {'at least' if sign > 0 else 'at most'} {bound}")
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
