#!/usr/bin/env python3
"""Writes golden codes of pri@3, iwp@2 and layer@2 for TestModels.random(seed): made by numpy, so that Java is held to an independent implementation.

usage: write_golden_codes.py > ../resources/golden/v3/projections.txt
       write_golden_codes.py layers > ../resources/golden/v3/layers.txt
"""
import sys

import numpy as np

import hash_reference as ref

# As TestModels.random: name, kind, outputs, inputs, positions.
SHAPES = [
    ('stem.weight', 'convolution', 24, 3, 9),
    ('block1.depthwise.weight', 'depthwise', 24, 1, 9),
    ('block1.pointwise.weight', 'convolution', 32, 24, 1),
    ('block2.weight', 'convolution', 40, 32, 9),
    ('block10.weight', 'convolution', 40, 40, 25),
    ('head.weight', 'dense', 10, 40, 1),
]


def random_model(seed):
    layers = []
    for index, (name, kind, o, i, k) in enumerate(SHAPES):
        x = ref.normal(np.uint64(seed * 1000 + index), o * i * k)
        layers.append((name, kind, (.02 * x + .01 * (x * x * x)).astype(np.float32).reshape(o, i, k)))
    return layers


def write_models():
    print('# seed algorithm code; made by write_golden_codes.py with numpy', np.__version__)
    for seed in (1, 2, 3):
        layers = random_model(seed)
        print(seed, 'pri@3', ref.hexadecimal(ref.pri([(ref.kind(l), ref.signature(l)) for l in layers], ref.constants())))
        print(seed, 'iwp@2', ref.hexadecimal(ref.iwp(layers)))


def write_layers():
    print('# seed layer code, layer@2; made by write_golden_codes.py with numpy', np.__version__)
    for layer in random_model(1):
        print(1, layer[0], ref.hexadecimal(ref.layer(ref.kind(layer), ref.signature(layer), ref.constants())))


if __name__ == '__main__':
    write_layers() if sys.argv[1:] == ['layers'] else write_models()
