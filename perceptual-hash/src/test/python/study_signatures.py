#!/usr/bin/env python3
"""Prints what single parts of pri's signatures are worth, on the networks of train_reference_networks.py: the table of parameters of docs/algorithm.md.

usage: study_signatures.py NETWORKS_FOLDER

For each variant: how many effective dimensions the signatures of unrelated layers have (one over their mean square cosine), and for each change the mean cosine of a
layer and its changed copy, in root mean squares of unrelated ones. Signatures are centred, and their twelve largest directions damped, by constants
of one half of the networks, and measured on the other, both ways. Changes of channels are made layer by layer; the networks would not run.
"""
import glob
import os
import sys

import numpy as np

import hash_reference as ref

TRAINED = ['ftal', 'xfer', 'pruneft90']


def canonical(name, a):
    if a.ndim == 4:
        o, i, h, w = a.shape
        return name, 'depthwise' if i == 1 and o > 1 and h * w > 1 else 'convolution', a.reshape(o, i, h * w)
    return name, 'dense', a.reshape(*a.shape, 1)


def load(path):
    with np.load(path) as z:
        return [canonical(n, z[n]) for n in z.files]


def each(layers, change):
    return [(name, kind, change(w).astype(np.float32)) for name, kind, w in layers]


def per_side(layers, change):
    """Changes the outputs of all layers but the last, and the inputs of all that have more than four."""
    changed = []
    for j, (name, kind, w) in enumerate(layers):
        w = change(w) if j < len(layers) - 1 else w
        w = change(w.swapaxes(0, 1)).swapaxes(0, 1) if w.shape[1] > 4 else w
        changed.append((name, kind, np.ascontiguousarray(w, np.float32)))
    return changed


def changes(folder, seed):
    original = load(os.path.join(folder, f'{seed}--orig.npz'))
    random = np.random.default_rng([int(seed), 9])
    return {
        'orig': original,
        **{c: load(os.path.join(folder, f'{seed}--{c}.npz')) for c in TRAINED},
        'noise30': each(original, lambda w: w + .3 * w.std() * random.normal(size=w.shape)),
        'prune90': each(original, lambda w: np.where(abs(w) < np.quantile(abs(w), .9), 0, w)),
        'drop25': per_side(original, lambda w: w[np.sort(random.permutation(len(w))[:int(np.ceil(len(w) * .75))])]),
    }


def kernels(emphasis, modes_of_outputs=9, sizes=True, root=True):
    def signature(w):
        v, m = emphasis(ref.balance(w)[1]), ref.modes(w.shape[2])
        n = int(round(m.shape[1] ** .5))
        smoothest = sorted(range(m.shape[1]), key=lambda j: (j // n + j % n, j))[:modes_of_outputs]
        x = v @ m
        s, t, u = (d - d.mean(0) for d in (x.sum(1)[:, smoothest], x.sum(0), (abs(v) @ m).sum(0)))
        parts = [np.einsum('oa,oic,ib->acb', s, x, d, optimize=True).ravel() for d in ((t, u) if sizes else (t,))]
        return ref.unit(np.concatenate([ref.rooted(p) if root else ref.unit(p) for p in parts]))
    return signature


def clipped(power):
    return lambda v: np.sign(v) * np.clip(abs(v), 0, 4) ** power


def waves(count, frequency):
    def signature(w):
        o = len(w)
        x = (w.astype(float) @ ref.modes(w.shape[2])).reshape(o, -1)
        r = np.sqrt((x ** 2).mean(1, keepdims=True))
        x, d = x / np.where(r > 0, r, 1), x.shape[1]
        basis = ref.normal(ref.seed('set', d), d * count).reshape(d, count) * frequency / (2 * np.pi) / np.sqrt(d)
        return ref.unit(ref.wave(x @ basis).sum(0))
    return signature


MOMENTS = [np.array, abs, lambda x: x * abs(x), lambda x: abs(x) ** 3]


def matrices(moments=4, hops=6, features=8, frequency=.75):
    def signature(w):
        before, v = (v[:, :, 0] for v in ref.balance(w))
        s = ref.standardised(np.stack([f(before).sum(1) for f in MOMENTS[:moments]], -1))
        t = ref.standardised(np.concatenate([np.stack([v.sum(0), abs(v).sum(0)], -1), abs(v).T @ ref.waves(s, 'h', hops, frequency)], 1))
        return ref.rooted((ref.waves(s, 'a', features, frequency).T @ v @ ref.waves(t, 'b', 512 // features, frequency)).ravel())
    return signature


STUDIES = [
    (ref.KERNELS, 'as it is', kernels(ref.emphasised)),
    (ref.KERNELS, 'sums alone', kernels(ref.emphasised, sizes=False)),
    (ref.KERNELS, '6 modes of outputs, sums alone', kernels(ref.emphasised, 6, sizes=False)),
    (ref.KERNELS, '4 modes of outputs, sums alone', kernels(ref.emphasised, 4, sizes=False)),
    (ref.KERNELS, 'sums alone, power 1', kernels(clipped(1), sizes=False)),
    (ref.KERNELS, 'sums alone, power 1.5', kernels(clipped(1.5), sizes=False)),
    (ref.KERNELS, 'sums alone, no root', kernels(ref.emphasised, sizes=False, root=False)),
    (ref.SET, 'as it is', waves(512, 2)),
    (ref.SET, '256 waves', waves(256, 2)),
    (ref.SET, 'frequency 2.8', waves(512, 2.8)),
    *[(form, name, signature) for form in (ref.POINTWISE, ref.DENSE) for name, signature in [
        ('as it is', ref.of_matrix),
        ('2 moments', matrices(moments=2)),
        ('3 waves to inputs', matrices(hops=3)),
        ('4 times 128 waves', matrices(features=4)),
        ('frequency .6', matrices(frequency=.6)),
        ('frequency .9', matrices(frequency=.9)),
    ]],
]


def constants(signatures):
    x = np.array(signatures)
    mean = x.mean(0)
    _, s, directions = np.linalg.svd(x - mean, full_matrices=False)
    r = min(12, len(x) // 3)
    return mean, s[r] / s[:r], directions[:r]


def study(form, signature, families):
    """The mean square cosine of strangers, and for each change the cosines of copies."""
    raw = {(s, c): [(l[2].shape[1:], signature(l[2])) if ref.kind(l)[0] == form else None for l in layers]
           for s, family in families.items() for c, layers in family.items()}
    strangers, copies, seeds = [], {}, sorted(families)
    for half in (0, 1):
        known = {}
        for s in seeds[half::2]:
            for found in filter(None, raw[s, 'orig']):
                known.setdefault(len(found[1]), []).append(found[1])
        shared = {n: constants(v) for n, v in known.items() if len(v) >= 12}
        originals = []
        for s in seeds[1 - half::2]:
            for j, found in enumerate(raw[s, 'orig']):
                if found and len(found[1]) in shared:
                    at = {None: shared[len(found[1])]}
                    original = ref.corrected(None, found[1], at)
                    originals.append((s, original))
                    for c in families[s]:
                        copies.setdefault(c, []).append(original @ ref.corrected(None, raw[s, c][j][1], at))
        strangers += [a @ b for i, (s, a) in enumerate(originals) for t, b in originals[:i] if s != t and len(a) == len(b)]
    return np.mean(np.square(strangers)), copies


def main():
    folder = sys.argv[1]
    seeds = sorted({os.path.basename(p).split('--')[0] for p in glob.glob(os.path.join(folder, f'*--{TRAINED[-1]}.npz'))})
    families = {s: changes(folder, s) for s in seeds}
    for form, name, signature in STUDIES:
        square, copies = study(form, signature, families)
        form_name = {ref.SET: 'set', ref.KERNELS: 'kernels', ref.POINTWISE: 'pointwise', ref.DENSE: 'dense'}[form]
        told = ' '.join(f'{c} {np.mean(v) / square ** .5:.1f}' for c, v in copies.items() if c != 'orig')
        print(f'{form_name:9s} {name:31s} dimensions {1 / square:4.0f} | {told}', flush=True)


if __name__ == '__main__':
    main()
