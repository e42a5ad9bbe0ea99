#!/usr/bin/env python3
"""Writes the weights of tiny-3.weights.h5, which Keras wrote, as shards: tiny.weights.json, tiny_00000.weights.h5 ... in ../resources/models.

Needs h5py. Variables are put where ShardedH5IOStore of Keras 3.10 (src/saving/saving_lib.py) puts them: one after the other, a new file when the next
one would make it too large, so that a layer may lie in two. The index tells the first file of a layer. usage: make_keras_shards.py
"""
import json, pathlib
import h5py

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
MAX_SHARD_BYTES = 12_290


def groups(source):
    found = []
    source["layers"].visititems(lambda _, node: found.append(node) if node.name.endswith("/vars") and len(node) else None)
    return sorted(found, key=lambda group: h5py.h5o.get_info(group.id).addr)


index, files, size, total = {}, [], 0, 0
with h5py.File(OUT / "tiny-3.weights.h5") as source:
    for group in groups(source):
        for key in group:
            value = group[key][()]
            size, total = size + value.nbytes, total + value.nbytes
            if not files or size > MAX_SHARD_BYTES:
                files.append(h5py.File(OUT / f"tiny_{len(files):05}.weights.h5", "w"))
                size = value.nbytes
            files[-1].require_group(group.name)[key] = value
            index.setdefault(group.name, pathlib.Path(files[-1].filename).name)
for file in files:
    file.close()
(OUT / "tiny.weights.json").write_text(json.dumps({"metadata": {"total_size": total}, "weight_map": index}, indent=4))
