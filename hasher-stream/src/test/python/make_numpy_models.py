#!/usr/bin/env python3
"""Writes the NumPy files in ../resources/models: the network of make_models.py as arrays, and odd arrays.

Needs numpy and torch; run make_models.py first: the weights come from its tiny.pt, so tiny.json tells what is expected.
arrays.json holds the layers expected from arrays.npz: [name, kind, outputs, inputs, positions, [weights]].
"""
import json, pathlib, zipfile
import numpy as np, torch

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"


def expect(name, layers):
    rows = [[n, kind, w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]] for n, kind, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def write(name, array, version=None):
    with open(OUT / name, "wb") as f:
        np.lib.format.write_array(f, array, version=version)


def main():
    state = {k: v.numpy() for k, v in torch.load(OUT / "tiny.pt").items()}
    np.savez(OUT / "tiny.npz", **state)
    np.savez_compressed(OUT / "tiny-compressed.npz", **state)
    head = state["head.weight"]
    write("hidden.npy", state["hidden.weight"])
    write("head-2.npy", np.asfortranarray(head.astype(">f4")), (2, 0))
    write("head-3.npy", head.astype("<f8"), (3, 0))
    rng = np.random.default_rng(3)
    kernel, half, double, volume = rng.standard_normal((4, 3, 3, 3)), rng.standard_normal((5, 6)), rng.standard_normal((6, 7)), rng.standard_normal((3, 2, 2, 2, 2))
    kernel, half, volume = kernel.astype("<f4"), half.astype(">f2"), volume.astype(">f8")
    np.savez(OUT / "arrays.npz", kernel=np.asfortranarray(kernel), half=half, double=np.asfortranarray(double), volume=volume, depth=kernel[:, :1],
             bias=kernel[0, 0, 0], scalar=np.float32(3), empty=np.zeros((0, 4), "f4"), ints=np.arange(6).reshape(2, 3), flags=np.ones((2, 2), bool),
             words=np.array(["a", "bc"]), days=np.array(["2026-11-24"], "M8[D]"), complex=np.ones((2, 2), "c8"))
    expect("arrays", [("kernel", "CONVOLUTION", kernel), ("half", "DENSE", half), ("double", "DENSE", double), ("volume", "CONVOLUTION", volume),
                      ("depth", "DEPTHWISE", kernel[:, :1])])
    with zipfile.ZipFile(OUT / "tiny.npz") as old, zipfile.ZipFile(OUT / "tiny-bare.npz", "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(zipfile.ZipInfo(entry[:-len(".npy")]), old.read(entry), zipfile.ZIP_DEFLATED)
        new.writestr("notes.txt", "no array")
    objects = np.empty(2, object)
    objects[:] = [{"a": 1}, "b"]
    write("objects.npy", objects)
    write("records.npy", np.zeros(3, [("weight", "<f4", (2, 2)), ("step", "<i8")]))
    np.savez(OUT / "objects.npz", weight=head, state=objects)


main()
