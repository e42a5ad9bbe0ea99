#!/usr/bin/env python3
"""Prints how far the balanced weights of a layer and of its rescaled copy are apart after 1, 2, … rounds, in root mean squares: why Balance has as many as it has.

usage: study_balance.py NETWORKS_FOLDER

On the networks of train_reference_networks.py, originals and pruned ones; every output and input channel is scaled by 10^u, u uniform from −1 to 1. Prints for each size of layer, by
rounds, the mean over layers and the worst of them.
"""
import glob
import os
import sys

import numpy as np

import hash_reference as ref
import study_signatures as study

ROUNDS = 7
SIZES = [14, 17, 19, 63]


def after_each_round(w):
    c, out = np.ones((1, w.shape[1], 1)), []
    for _ in range(ROUNDS):
        r = ref.inverse_rms(w * c, (1, 2))
        c = ref.inverse_rms(w * r, (0, 2))
        out.append(w * r * c)
    return out


def errors(w, random):
    o, i, _ = w.shape
    scaled = w * 10 ** random.uniform(-1, 1, (o, 1, 1)) * 10 ** random.uniform(-1, 1, (1, i, 1))
    pairs = zip(after_each_round(w), after_each_round(scaled))
    return [np.sqrt(((a - b) ** 2).mean() / (a ** 2).mean()) for a, b in pairs]


def main():
    random = np.random.default_rng(3)
    for change in ('orig', 'pruneft90'):
        found = {size: [] for size in SIZES}
        for path in sorted(glob.glob(os.path.join(sys.argv[1], f'*--{change}.npz'))):
            for layer in study.load(path):
                w = layer[2].astype(float)
                if ref.kind(layer)[0] != ref.SET and min(w.shape[:2]) >= 8:
                    found[next(s for s in SIZES if w.size <= 1 << s)].append(errors(w, random))
        for size, rows in found.items():
            if rows:
                told = ' '.join(f'{m:.4f}/{x:.4f}' for m, x in zip(np.mean(rows, 0), np.max(rows, 0)))
                print(f'{change:9s} up to 2^{size} weights, {len(rows):3d} layers | {told}', flush=True)


if __name__ == '__main__':
    main()
