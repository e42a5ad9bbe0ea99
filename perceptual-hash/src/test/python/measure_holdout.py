#!/usr/bin/env python3
"""Measures pri and iwp on the networks of train_reference_networks.py: constants estimated on every second network, the others measured, both ways.

usage: measure_holdout.py NETWORKS_FOLDER

Nine changes of each network: fine-tuned, transferred, pruned by 90 % and retrained (these were trained); noise, pruning, four bits, channels
removed, channels reordered and rescaled. The last three are made layer by layer, without adjusting the neighbours: the codes do not look at
those, but the changed networks would not run. Distances are deviations from chance; thresholds are those of the algorithms.
"""
import glob
import os
import sys

import numpy as np

import estimate_pri_constants as estimation
import hash_reference as ref

TRAINED = ['ftal', 'xfer', 'pruneft90']
THRESHOLD_BITS = {'pri': 301, 'iwp': 393}


def each(layers, change):
    return [(name, kind, change(w).astype(np.float32)) for name, kind, w in layers]


def four_bits(w):
    step = abs(w).max() / 7
    return np.rint(w / step) * step


def per_layer(layers, outputs, inputs):
    """Changes outputs of all layers but the last, inputs of all that have more than four."""
    changed = []
    for j, (name, kind, w) in enumerate(layers):
        w = outputs(w) if j < len(layers) - 1 else w
        w = inputs(w.swapaxes(0, 1)).swapaxes(0, 1) if w.shape[1] > 4 else w
        changed.append((name, kind, np.ascontiguousarray(w, np.float32)))
    return changed


def rewrites(layers, random):
    def drop(share):
        return lambda w: w[np.sort(random.permutation(len(w))[:int(np.ceil(len(w) * (1 - share)))])]

    def shuffle(w):
        return w[random.permutation(len(w))] * np.exp(.5 * random.normal(size=(len(w), 1, 1)))

    return {
        'noise30': each(layers, lambda w: w + .3 * w.std() * random.normal(size=w.shape)),
        'prune70': each(layers, lambda w: np.where(abs(w) < np.quantile(abs(w), .7), 0, w)),
        'q4': each(layers, four_bits),
        'drop15': per_layer(layers, drop(.15), drop(.15)),
        'drop25': per_layer(layers, drop(.25), drop(.25)),
        'permuted-rescaled': per_layer(layers, shuffle, shuffle),
    }


def family(folder, seed):
    def load(change):
        return estimation.load(os.path.join(folder, f'{seed}--{change}.npz'))

    original = load('orig')
    return {'orig': original, **{c: load(c) for c in TRAINED}, **rewrites(original, np.random.default_rng([int(seed), 9]))}


def deviations(codes):
    signs = np.array(codes).astype(float) * 2 - 1
    return signs @ signs.T / np.sqrt(signs.shape[1])


def report(name, z, ids, caught):
    seeds, changes = (np.array(column) for column in zip(*ids))
    precision, below, matches, false, strangers, missed = [], [], [], 0, 0, {}
    for o in np.where(changes == 'orig')[0]:
        others = np.arange(len(ids)) != o
        copy = (seeds == seeds[o]) & others
        stranger = seeds != seeds[o]
        ranked = copy[others][np.argsort(-z[o][others], kind='stable')]
        precision.append(np.mean(np.cumsum(ranked)[ranked] / (np.where(ranked)[0] + 1)))
        below += [np.mean(d > z[o][stranger]) + .5 * np.mean(d == z[o][stranger]) for d in z[o][copy]]
        matches += list(caught[o][copy])
        false += caught[o][stranger].sum()
        strangers += stranger.sum()
        for i in np.where(copy)[0]:
            missed.setdefault(str(changes[i]), []).append(not caught[o][i])
    print(f'{name}: mAP {np.mean(precision):.4f} AUC {np.mean(below):.5f} caught {np.mean(matches):.4f}, {false} false of {strangers}; missed',
          {c: f'{np.mean(v):.2f}' for c, v in sorted(missed.items()) if any(v)}, flush=True)


def main():
    folder = sys.argv[1]
    seeds = sorted(os.path.basename(p).split('--')[0] for p in glob.glob(os.path.join(folder, f'*--{TRAINED[-1]}.npz')))
    families = {s: family(folder, s) for s in seeds}
    signatures = {(s, c): [(ref.kind(l), ref.signature(l)) for l in layers] for s, f in families.items() for c, layers in f.items()}
    print(len(seeds), 'networks', flush=True)
    at = {a: (ref.BITS / 2 - t) / (np.sqrt(ref.BITS) / 2) for a, t in THRESHOLD_BITS.items()}
    for half in (0, 1):
        shared = estimation.estimate([signatures[s, 'orig'] for s in seeds[half::2]])
        ids = [(s, c) for s in seeds[1 - half::2] for c in families[s]]
        pri = deviations([ref.pri(signatures[i], shared) for i in ids])
        iwp = deviations([ref.iwp(families[s][c]) for s, c in ids])
        for name, z, caught in (('pri', pri, pri >= at['pri']), ('iwp', iwp, iwp >= at['iwp']),
                                ('both', np.maximum(pri, iwp), (pri >= at['pri']) | (iwp >= at['iwp']))):
            report(f'half {half + 1}, {name}', z, ids, caught)


if __name__ == '__main__':
    main()
