#!/usr/bin/env python3
"""Trains small independent networks with PyTorch, to choose parts of the hash by: study_signatures.py measures them.

usage: train_reference_networks.py OUT_FOLDER [COUNT] [FIRST_SEED]

Seeds below 200 give all architectures, those below 300 small ones with large dense layers, others wide ones, of up to 1024 channels. Every network has its own architecture (drawn widths, depths, kernel sizes), its own task (drawn smooth patterns) and its own recipe.
Beside each original, copies are trained on: all layers (ftal), another task with a new head (xfer), 90 % pruned and retrained (pruneft90).
Writes OUT_FOLDER/SEED--CHANGE.npz (one array a weight tensor, in canonical orientation) and one line a network to standard output.
Needs numpy and torch; one thread; 5 s to 3 min a network.
The table of parameters in docs/algorithm.md comes from seeds 1 to 60.
"""
import copy
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
CLASSES = 10


class Task:
    """Ten classes of smooth random patterns, shifted, scaled and with noise."""

    def __init__(self, seed, channels, side):
        g = np.random.default_rng([seed, 77])
        self.g, self.side = g, side
        coarse = int(g.integers(4, 9))
        base = torch.tensor(g.normal(size=(CLASSES, channels, coarse, coarse)), dtype=torch.float32)
        self.patterns = F.interpolate(base, size=(side + 8, side + 8), mode='bicubic', align_corners=False)
        self.noise = float(g.uniform(.3, 1.0))

    def batch(self, n):
        y = torch.tensor(self.g.integers(0, CLASSES, n))
        other = torch.tensor(self.g.integers(0, CLASSES, n))
        x = self.patterns[y] * torch.tensor(self.g.uniform(.6, 1.4, (n, 1, 1, 1)), dtype=torch.float32)
        x = x + .4 * torch.roll(self.patterns[other], 5, dims=2)
        dy, dx = self.g.integers(0, 9, 2)
        x = x[:, :, dy:dy + self.side, dx:dx + self.side]
        return x + self.noise * torch.tensor(self.g.normal(size=x.shape), dtype=torch.float32), y


class Block(nn.Module):
    def __init__(self, i, o, stride):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(i, o, 3, stride, 1, bias=False), nn.BatchNorm2d(o)
        self.c2, self.b2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)
        self.d = nn.Sequential(nn.Conv2d(i, o, 1, stride, bias=False), nn.BatchNorm2d(o)) if i != o or stride > 1 else nn.Identity()

    def forward(self, x):
        return F.relu(self.d(x) + self.b2(self.c2(F.relu(self.b1(self.c1(x))))))


def conv(i, o, k, stride=1, groups=1, bn=True):
    layers = [nn.Conv2d(i, o, k, stride, k // 2, groups=groups, bias=not bn)]
    return layers + ([nn.BatchNorm2d(o)] if bn else []) + [nn.ReLU()]


def network(g, kind, channels, side):
    w = lambda low, high: int(g.integers(low // 4, high // 4 + 1)) * 4
    if kind == 'lenet':
        k, a, b, h = int(g.choice([3, 5, 5])), w(8, 24), w(16, 40), w(48, 96)
        body = conv(channels, a, k, bn=bool(g.integers(2))) + [nn.MaxPool2d(2)] + conv(a, b, k, bn=bool(g.integers(2))) + [nn.MaxPool2d(4)]
        return nn.Sequential(*body, nn.Flatten(), nn.Linear(b * (side // 8) ** 2, h), nn.ReLU(), nn.Linear(h, CLASSES))
    if kind == 'vgg':
        a, bn, body, i = w(16, 32), bool(g.integers(4)), [], channels
        for stage in range(3):
            for _ in range(int(g.integers(1, 3))):
                o = a * 2 ** stage
                body += conv(i, o, 3, bn=bn)
                i = o
            body += [nn.MaxPool2d(2)]
        return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(i, CLASSES))
    if kind == 'resnet':
        a, body = w(12, 24), []
        body += conv(channels, a, 3)
        i = a
        for stage in range(3):
            for b in range(int(g.integers(1, 3))):
                body.append(Block(i, a * 2 ** stage, 2 if stage and not b else 1))
                i = a * 2 ** stage
        return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(i, CLASSES))
    if kind == 'mlp':
        body, i = [nn.Flatten()], channels * side * side
        for _ in range(int(g.integers(1, 4))):
            o = w(32, 160)
            body += [nn.Linear(i, o), nn.ReLU()]
            i = o
        return nn.Sequential(*body, nn.Linear(i, CLASSES))
    if kind == 'wide':
        a, b, c = w(96, 160), w(192, 320), w(512, 1024)
        body = conv(channels, a, 3, 2) + conv(a, a, 3) + conv(a, b, 3, 2) + conv(b, b, 3) + conv(b, c, 1) + conv(c, b, 1)
        return nn.Sequential(*body, nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(4 * b, c), nn.ReLU(), nn.Linear(c, CLASSES))
    a, body = w(16, 32), []                                                       # depthwise separable
    body += conv(channels, a, 3, 2 if side > 20 else 1)
    i = a
    for b in range(int(g.integers(3, 7))):
        o = i if g.integers(3) == 0 else min(192, i * 2)
        body += conv(i, i, int(g.choice([3, 3, 5])), 2 if b in (1, 3) else 1, groups=i) + conv(i, o, 1)
        i = o
    return nn.Sequential(*body, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(i, CLASSES))


def fit(net, task, steps, rate, decay, mask=None):
    opt = torch.optim.AdamW(net.parameters(), rate, weight_decay=decay)
    net.train()
    for step in range(steps):
        for group in opt.param_groups:
            group['lr'] = rate * (1 if step < steps * .6 else .3)
        x, y = task.batch(48)
        opt.zero_grad()
        F.cross_entropy(net(x), y).backward()
        opt.step()
        if mask:
            with torch.no_grad():
                for p, m in mask:
                    p.mul_(m)
    net.eval()
    with torch.no_grad():
        x, y = task.batch(300)
        return float((net(x).argmax(1) == y).float().mean())


def masks(net, fraction):
    out = []
    for p in net.parameters():
        if p.dim() > 1:
            m = (p.detach().abs() > p.detach().abs().flatten().quantile(fraction)).float()
            p.data.mul_(m)
            out.append((p, m))
    return out


def save(folder, name, net):
    arrays = {n: p.detach().numpy() for n, p in net.named_parameters() if p.dim() > 1}
    np.savez(os.path.join(folder, name + '.npz'), **arrays)


def one(folder, seed):
    torch.manual_seed(seed)
    g = np.random.default_rng([seed, 5])
    kind = ['lenet', 'vgg', 'resnet', 'mob'][seed % 4] if seed < 200 else ['lenet', 'mlp'][seed % 2] if seed < 300 else 'wide'
    channels, side = int(g.choice([1, 3, 3])), int(g.choice([16, 24]))
    net, decay = network(g, kind, channels, side), float(g.choice([0, 1e-2, 5e-2]))
    task, other = Task(seed, channels, side), Task(seed + 10_000, channels, side)
    steps = int(g.integers(250, 450))
    accuracy = [fit(net, task, steps, 2e-3, decay)]
    save(folder, f'{seed}--orig', net)
    tuned = copy.deepcopy(net)
    accuracy.append(fit(tuned, task, 80, 1e-3, decay))
    save(folder, f'{seed}--ftal', tuned)
    moved = copy.deepcopy(net)
    heads = [m for m in moved.modules() if isinstance(m, nn.Linear)]
    heads[-1].reset_parameters()
    accuracy.append(fit(moved, other, 100, 1e-3, decay))
    save(folder, f'{seed}--xfer', moved)
    pruned = copy.deepcopy(net)
    accuracy.append(fit(pruned, task, 100, 1e-3, 0, masks(pruned, .9)))
    save(folder, f'{seed}--pruneft90', pruned)
    return kind, channels, side, accuracy


def main():
    folder, count, first = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 40, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    os.makedirs(folder, exist_ok=True)
    for seed in range(first, first + count):
        start = time.time()
        kind, channels, side, accuracy = one(folder, seed)
        print(seed, kind, channels, side, ' '.join(f'{a:.2f}' for a in accuracy), f'{time.time() - start:.0f} s', flush=True)


if __name__ == '__main__':
    main()
