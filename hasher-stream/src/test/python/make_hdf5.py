"""Writes HDF5 files whose datasets hold the same numbers under every filter, layout and index that is read.

Needs h5py (3.7 with HDF5 1.10 wrote those committed), numpy. usage: make_hdf5.py. Each file is laid out as the weights of a Keras 2 model.
"""

import pathlib

import h5py
import numpy as np

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
NUMBERS = np.random.default_rng(7).standard_normal((24, 16), dtype=np.float32)


def pipeline(*steps):
    """Filters in an order that h5py's own options do not give."""
    plist = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plist.set_chunk((7, 5))
    for step, *arguments in steps:
        getattr(plist, step)(*arguments)
    return plist


def write(path, libver, names):
    layouts = {
        "plain": {},
        "chunks": dict(chunks=(7, 5)),
        "deflate": dict(chunks=(7, 5), compression="gzip"),
        "whole": dict(chunks=(24, 16), compression="gzip"),
        "small": dict(chunks=(1, 3), compression="gzip"),
        "all": dict(chunks=(7, 5), compression="gzip", shuffle=True, fletcher32=True),
        "shuffle": dict(chunks=(7, 5), shuffle=True),
        "fletcher32": dict(chunks=(7, 5), fletcher32=True),
        "resizable": dict(chunks=(7, 5), maxshape=(None, 16), compression="gzip"),
        "resizable-twice": dict(chunks=(7, 5), maxshape=(None, None)),
    }
    with h5py.File(path, "w", libver=libver) as f:
        for name, options in layouts.items():
            f.create_dataset(f"{name}/{name}/kernel:0", data=NUMBERS, **options)
        space = h5py.h5s.create_simple(NUMBERS.shape)
        group = f.create_group("checksum-first/checksum-first")
        first = pipeline(("set_fletcher32",), ("set_shuffle",), ("set_deflate", 6))
        h5py.h5d.create(group.id, b"kernel:0", h5py.h5t.IEEE_F32LE, space, first).write(h5py.h5s.ALL, h5py.h5s.ALL, NUMBERS)
        for name in f:
            f[name].attrs["weight_names"] = names([f"{name}/kernel:0"])
        f.attrs["layer_names"] = names(list(f))


write(OUT / "filters.h5", None, lambda names: [name.encode() for name in names])
# Names of variable length lie in a heap.
write(OUT / "filters-latest.h5", "latest", lambda names: np.array(names, dtype=h5py.string_dtype()))
