#!/usr/bin/env python3
"""What layer codes of unrelated networks share, for the constants of LayerFalseMatches, and what they find.

usage: weighbridge hash --format json FILE... | measure_layers.py

A file is FAMILY--CHANGE.EXT, the original of each family of the change "orig"; or, as in the library of weighbridge evaluate, FAMILY/CHANGE.EXT, "original". The constants are taken
from LIBRARY/*-t*/original.*, the originals of the tuning part.
"""
import json
import math
import os
import sys
from collections import defaultdict

BITS = 256
# As LayerFalseMatches: mean and deviation of z.
TAKEN = {'picture': (1.3, 3.2), 'depthwise': (.5, 2.3), 'kernels': (.1, 1.3), 'pointwise': (.1, 1.5), 'dense': (.3, 2)}
MATCH_RATE = 1e-4


def form(layer):
    _, inputs, positions = layer['shape']
    if layer['kind'] == 'DEPTHWISE':
        return 'depthwise'
    if inputs <= 4 and positions > 1:
        return 'picture'
    if positions > 1:
        return 'kernels'
    return 'dense' if layer['kind'] == 'DENSE' else 'pointwise'


def basis(layer):
    _, inputs, positions = layer['shape']
    f = form(layer)
    return {'picture': 'set', 'depthwise': 'set', 'pointwise': 'matrix', 'dense': 'matrix'}.get(f, f), \
        inputs * min(9, positions) if f in ('picture', 'depthwise') else min(9, positions)


def distance(a, b):
    return bin(int(a['hex'], 16) ^ int(b['hex'], 16)).count('1')


def rate(layer, d):
    mean, deviation = TAKEN[form(layer)]
    z = (BITS / 2 - d - .5) / (math.sqrt(BITS) / 2)
    return .5 * math.erfc((z - mean) / deviation / math.sqrt(2))


def rates(a, b):
    """The corrected rates of the pairs, as LayerComparison; layers come in natural order of their names."""
    near = sorted((distance(x, y), abs(i - j), i, j)
                  for i, x in enumerate(a) for j, y in enumerate(b) if basis(x) == basis(y))
    left, right, result = set(), set(), []
    for d, _, i, j in near:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            chances = max(sum(basis(a[i]) == basis(y) for y in b), sum(basis(x) == basis(b[j]) for x in a))
            result.append(min(1, chances * max(rate(a[i], d), rate(b[j], d))))
    return sorted(result)


def evidence(p):
    """log10 of the rate of the evidence as a whole."""
    n = len(p)
    return min([0] + [math.log10(n) + math.log10(math.comb(n, k)) + k * math.log10(max(1e-300, p[k - 1]))
                      for k in range(1, n + 1)])


def named(path):
    """Family and change."""
    folder, name = os.path.split(path.rsplit('.', 1)[0])
    return tuple(name.split('--')) if '--' in name else (os.path.basename(folder), name)


def main():
    models = {}
    for line in sys.stdin:
        scan = json.loads(line)
        models[named(scan['file'])] = scan['layers']
    originals = [name for name in models if name[1] in ('orig', 'original')]
    z, found, strangers = defaultdict(list), defaultdict(list), []
    for o in originals:
        for name in models:
            if name == o:
                continue
            p = rates(models[o], models[name])
            matched = sum(r <= MATCH_RATE for r in p)
            if name[0] == o[0]:
                found[name[1]].append(matched / max(1, len(p)))
                continue
            strangers.append((matched, evidence(p)))
            for a in models[o]:
                for b in models[name]:
                    if basis(a) == basis(b):
                        z[form(a)].append((BITS / 2 - distance(a, b)) / (math.sqrt(BITS) / 2))
    for f, values in sorted(z.items()):
        mean = sum(values) / len(values)
        deviation = math.sqrt(sum((v - mean) ** 2 for v in values) / len(values))
        print(f'{f:10s} pairs {len(values):6d}  mean {mean:5.2f}  deviation {deviation:4.2f}  nearest {max(values):4.1f}')
    for change, shares in sorted(found.items()):
        print(f'{change:30s} layers that match {sum(shares) / len(shares):.2f}, least {min(shares):.2f}')
    print(f'strangers {len(strangers)}, with a matching layer {sum(m > 0 for m, _ in strangers)},'
          f' evidence of the nearest 1e{min(e for _, e in strangers):.1f}')


if __name__ == '__main__':
    main()
