#!/usr/bin/env python3
"""Estimates what unrelated networks share in the signatures of pri@1, from train_reference_networks.py's originals, and writes pri-1.bin.

usage: estimate_pri_constants.py NETWORKS_FOLDER [OUT]

Then prints how unrelated pairs of those networks are spread (in-sample), and with the constants estimated on one half of the networks
and measured on the other (out of sample).
"""
import glob
import os
import struct
import sys

import numpy as np

import hash_reference as ref

DIRECTIONS = 12
MIN_LAYERS = 12


def canonical(name, a):
    if a.ndim == 4:
        o, i, h, w = a.shape
        return name, 'depthwise' if i == 1 and o > 1 and h * w > 1 else 'convolution', a.reshape(o, i, h * w)
    return name, 'dense', a.reshape(*a.shape, 1)


def load(path):
    with np.load(path) as z:
        return [canonical(n, z[n]) for n in z.files]


def estimate(networks):
    by_kind = {}
    for signatures in networks:
        for kd, v in signatures:
            by_kind.setdefault(kd, []).append(v)
    out = {}
    for kd, vs in sorted(by_kind.items()):
        if kd[0] == ref.SET or len(vs) < MIN_LAYERS:      # the waves of a set are odd: nothing is shared
            continue
        x = np.array(vs)
        mean = x.mean(0)
        _, s, directions = np.linalg.svd(x - mean, full_matrices=False)
        r = min(DIRECTIONS, len(vs) // 3)
        out[kd] = mean, s[r] / s[:r], directions[:r]
    return out


def write(path, shared):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(struct.pack('>4si', b'pri1', len(shared)))
        for (form, size), (mean, gain, directions) in sorted(shared.items()):
            f.write(struct.pack('>4i', form, size, len(mean), len(gain)))
            f.write(mean.astype('>f4').tobytes())
            for g, d in zip(gain, directions):
                f.write(struct.pack('>f', g) + d.astype('>f4').tobytes())


def spread(networks, shared):
    codes = np.array([ref.pri(s, shared) for s in networks]).astype(float) * 2 - 1
    z = (codes @ codes.T)[np.triu_indices(len(codes), 1)] / np.sqrt(ref.BITS)
    return f'{len(codes)} networks, z mean {z.mean():.2f} deviation {z.std():.2f} max {z.max():.1f}'


def main():
    paths = sorted(glob.glob(os.path.join(sys.argv[1], '*--orig.npz')))
    networks = [[(ref.kind(l), ref.signature(l)) for l in load(p)] for p in paths]
    shared = estimate(networks)
    write(sys.argv[2] if len(sys.argv) > 2 else ref.CONSTANTS, shared)
    print({kd: len(v[1]) for kd, v in shared.items()})
    print('in sample:    ', spread(networks, shared))
    print('out of sample:', spread(networks[1::2], estimate(networks[::2])), '|', spread(networks[::2], estimate(networks[1::2])))
    codes = np.array([ref.iwp(load(p)) for p in paths]).astype(float) * 2 - 1
    z = (codes @ codes.T)[np.triu_indices(len(codes), 1)] / np.sqrt(ref.BITS)
    print(f'iwp: z mean {z.mean():.2f} deviation {z.std():.2f} max {z.max():.1f}')


if __name__ == '__main__':
    main()
