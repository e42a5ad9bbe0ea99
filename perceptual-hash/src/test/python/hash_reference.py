"""An independent implementation of pri@3 and iwp@2 in numpy, in double precision and other words than the Java code.

Its codes differ from the Java ones in the few bits whose sums are within rounding of zero. Layers are (name, kind, W) with W[o, i, k] and kind
'depthwise', 'dense' or anything else.
"""
import os
import struct

import numpy as np

U = np.uint64
GAMMA = U(0x9e3779b97f4a7c15)
BITS = 1024
CONSTANTS = os.path.join(os.path.dirname(__file__), '../../main/resources/io/weighbridge/hash/projection/pri-3.bin')
SET, KERNELS, POINTWISE, DENSE = 1, 2, 3, 4
WEIGHT = {SET: 1.0, KERNELS: 1.0, POINTWISE: .3, DENSE: .3}


def mix(z):
    with np.errstate(over='ignore'):
        z = (z ^ (z >> U(30))) * U(0xbf58476d1ce4e5b9)
        z = (z ^ (z >> U(27))) * U(0x94d049bb133111eb)
        return z ^ (z >> U(31))


def seed(purpose, *key):
    s = np.zeros(1, U)
    with np.errstate(over='ignore'):
        for part in [ord(c) for c in purpose] + list(key):
            s = mix(s + U(part) + GAMMA)
    return s[0]


def draws(sd, count):
    with np.errstate(over='ignore'):
        return mix(sd + (np.arange(count, dtype=U) + U(1)) * GAMMA)


def uniform(sd, count):
    return (draws(sd, count) >> U(11)).astype(float) * 2.0 ** -53


def normal(sd, count):
    b = draws(sd, count)
    return (sum(((b >> U(16 * i)) & U(0xffff)).astype(float) for i in range(4)) / 65536 - 2) * np.sqrt(3)


def wave(x):
    u = x - np.rint(x)
    return 8 * u * (1 - 2 * abs(u))


def unit(v):
    n = np.linalg.norm(v)
    return v / n if n > 0 else v


def line(n, m):
    j = np.arange(n)
    return np.stack([np.cos(np.pi * (j + .5) * q / n) * np.sqrt((1 if q == 0 else 2) / n) for q in range(m)], 1)


def modes(k):
    n = int(round(k ** .5))
    if n * n != k:
        return line(k, min(9, k))
    b = line(n, min(3, n))
    return np.einsum('ya,xb->yxab', b, b).reshape(k, -1)


def rounds(size):
    return 5 if size <= 1 << 14 else 3 if size <= 1 << 17 else 2 if size <= 1 << 19 else 1


def inverse_rms(w, axes):
    r = np.sqrt((w ** 2).mean(axes, keepdims=True))
    return np.divide(1, r, out=np.zeros_like(r), where=r > 0)


def balance(w):
    """The weights when the outputs are described, and when the rest is: the factors of the inputs are found once more between."""
    w = w.astype(float)
    c = np.ones((1, w.shape[1], 1))
    for _ in range(rounds(w.size)):
        c = inverse_rms(w * inverse_rms(w * c, (1, 2)), (0, 2))
    r = inverse_rms(w * c, (1, 2))
    return w * r * c, w * r * inverse_rms(w * r, (0, 2))


def standardised(x):
    x = x - x.mean(0)
    d = np.sqrt((x ** 2).mean(0))
    return x / np.where(d > 1e-5, d, 1)


def waves(x, tag, count, frequency):
    d = x.shape[1]
    r = normal(seed(tag, d), d * count).reshape(d, count) * frequency / (2 * np.pi)
    a = wave(x @ r + uniform(seed(tag + 'p', d), count))
    return a - a.mean(0)


def emphasised(v):
    v = np.clip(v, -3, 3)
    return v * abs(v) * (1 - abs(v) / 9)


def rooted(v):
    v = np.sign(v) * np.sqrt(abs(v))
    return unit(v)


def of_set(w):
    o, i, k = w.shape
    x = (w.astype(float) @ modes(k)).reshape(o, -1)
    r = np.sqrt((x ** 2).mean(1, keepdims=True))
    x = x / np.where(r > 0, r, 1)
    d = x.shape[1]
    return unit(wave(x @ (normal(seed('set', d), d * 512).reshape(d, 512) * 2 / (2 * np.pi) / np.sqrt(d))).sum(0))


def of_kernels(w):
    (before, after), m = (emphasised(v) for v in balance(w)), modes(w.shape[2])
    x = after @ m
    s, t, u = (d - d.mean(0) for d in ((before @ m).sum(1), x.sum(0), (abs(after) @ m).sum(0)))
    g = np.einsum('oa,oic->aic', s, x)
    return unit(np.concatenate([rooted(np.einsum('aic,ib->acb', g, d).ravel()) for d in (t, u)]))


def of_matrix(w):
    before, v = (v[:, :, 0] for v in balance(w))
    s = standardised(np.stack([f(before).sum(1) for f in (np.array, abs, lambda x: x * abs(x), lambda x: abs(x) ** 3)], -1))
    t = np.stack([v.sum(0), abs(v).sum(0)], -1)
    t = standardised(np.concatenate([t, abs(v).T @ waves(s, 'h', 6, .75)], 1))
    return rooted((waves(s, 'a', 8, .75).T @ v @ waves(t, 'b', 64, .75)).ravel())


def kind(layer):
    _, name, w = layer
    _, i, k = w.shape
    m = min(9, k)
    if name == 'depthwise' or (i <= 4 and k > 1):
        return SET, i * m
    return (KERNELS, m) if k > 1 else (DENSE if name == 'dense' else POINTWISE, m)


def signature(layer):
    return {SET: of_set, KERNELS: of_kernels}.get(kind(layer)[0], of_matrix)(layer[2])


def constants(path=CONSTANTS):
    with open(path, 'rb') as f:
        magic, count = struct.unpack('>4si', f.read(8))
        out = {}
        for _ in range(count):
            form, size, n, r = struct.unpack('>4i', f.read(16))
            mean = np.frombuffer(f.read(4 * n), '>f4').astype(float)
            rest = np.frombuffer(f.read(4 * r * (n + 1)), '>f4').astype(float).reshape(r, n + 1)
            out[form, size] = mean, rest[:, 0], rest[:, 1:]
        return out


def corrected(kd, v, shared):
    if kd in shared:
        mean, gain, directions = shared[kd]
        v = v - mean
        v = unit(v - directions.T @ ((1 - gain) * (directions @ v)))
    return v


def pri(signatures, shared, bits=BITS):
    """signatures: list of (kind, signature)."""
    sums = {}
    for kd, v in signatures:
        sums[kd] = sums.get(kd, 0) + WEIGHT[kd[0]] * corrected(kd, v, shared)
    total = np.zeros(bits)
    for kd, v in sorted(sums.items()):
        b = draws(seed('pri', min(kd[0], POINTWISE), kd[1]), len(v) * bits // 64)
        sign = 1 - 2 * ((b[:, None] >> np.arange(64, dtype=U)) & U(1)).astype(float).reshape(len(v), bits)
        total += v @ sign / np.sqrt(len(v))
    return total > 0


def layer(kd, signature, shared, bits=256):
    v = corrected(kd, signature, shared)
    b = draws(seed('layer', min(kd[0], POINTWISE), kd[1]), len(v) * bits // 64)
    sign = 1 - 2 * ((b[:, None] >> np.arange(64, dtype=U)) & U(1)).astype(float).reshape(len(v), bits)
    return v @ sign > 0


def tile_length(length, unit):
    aim = max(128, min(512, length // 4))
    step = unit * 16 if unit * 16 <= aim else unit
    return min(length, max(1, aim // step) * step)


def iwp(layers, bits=BITS):
    b = draws(seed('iwp signs'), ((1 << 16) + bits) // 64)
    table = 1 - 2 * ((b[:, None] >> np.arange(64, dtype=U)) & U(1)).astype(float).ravel()
    total = np.zeros(bits)
    for _, _, w in layers:
        o, i, k = w.shape
        v = w.astype(float)
        r = np.sqrt((v ** 2).mean((1, 2), keepdims=True))
        v = np.clip(v / np.where(r > 0, r, 1), -3, 3)
        v = v * abs(v)
        if i >= 16:
            v = v - v.mean(1, keepdims=True)
        n = tile_length(i * k, k)
        tiles = [row[at:at + n] for row in v.reshape(o, i * k) for at in range(0, i * k, n)]
        count = -(-8 * bits // n)
        sums = np.zeros((count, n))
        places = draws(seed('iwp', o, i, k), len(tiles) * 8 * bits)[::8 * bits]
        for j, tile in enumerate(tiles):
            first = int(places[j] & U(0xffff))
            sums[j % count, :len(tile)] += tile * table[first:first + len(tile)]
        flat = np.pad(sums.ravel(), (0, -sums.size % bits))
        total += unit(flat.reshape(-1, bits).sum(0)) * w.size ** .25
    return total > 0


def hexadecimal(code):
    return np.packbits(code).tobytes().hex()
