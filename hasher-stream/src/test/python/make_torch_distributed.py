#!/usr/bin/env python3
"""Writes the folder torch-distributed and torch-sparse*.pt below ../resources/models: what torch.distributed.checkpoint
writes of a model on two processes, with tensors cut along the first axis, the second, unevenly, and not at all; and sparse tensors.

Needs torch (2.13 was used) and numpy. usage: make_torch_distributed.py
NAME.json holds the plain layers as PyTorch computes them: [name, kind, outputs, inputs, positions, [weights]].
"""
import json, os, pathlib, shutil
import numpy as np, torch
import torch.distributed as dist
import torch.distributed.checkpoint as dcp
import torch.multiprocessing as mp
from torch.distributed.device_mesh import init_device_mesh
from torch.distributed.tensor import Replicate, Shard, distribute_tensor

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
FOLDER = OUT / "torch-distributed"


def row(name, w):
    w = w.detach().to_dense().float().contiguous().numpy()
    kind = "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"
    return [name, kind, w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in w.ravel()]]


def note(file, weights):
    rows = [row(name, w) for name, w in weights.items() if w.ndim > 1]
    (OUT / file).with_suffix(".json").write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def tensors():
    torch.manual_seed(20261130)
    return {
        "conv.weight": torch.randn(4, 2, 3, 3),
        "conv.bias": torch.randn(4),
        "rows.weight": torch.randn(61, 52),
        "columns.weight": torch.randn(3, 7),
        "kernel.weight": torch.randn(2, 3, 5),
        "half.weight": torch.randn(4, 4).half(),
        "whole.weight": torch.randn(3, 4),
    }


PLACES = {"conv.weight": Shard(0), "conv.bias": Shard(0), "rows.weight": Shard(0), "columns.weight": Shard(1),
          "kernel.weight": Shard(2), "half.weight": Shard(1), "whole.weight": Replicate()}


def save(rank):
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT="29533")
    dist.init_process_group("gloo", rank=rank, world_size=2)
    mesh = init_device_mesh("cpu", (2,))
    model = {name: distribute_tensor(w, mesh, [PLACES[name]]) for name, w in tensors().items()}
    moments = {name: {"exp_avg": torch.ones_like(w)} for name, w in tensors().items()}
    state = {"model": model, "solver": {"state": moments, "param_groups": [{"lr": 0.1}]}, "step": 7}
    dcp.save(state, checkpoint_id=FOLDER)
    dist.destroy_process_group()


class Parts:
    """Pickled as a call that would fail."""

    def __init__(self, *call):
        self.call = call

    def __reduce__(self):
        return self.call


def sparse():
    w = torch.randn(6, 9) * (torch.rand(6, 9) < 0.3)
    repeated = torch.sparse_coo_tensor(torch.tensor([[0, 2, 0], [1, 0, 1]]), torch.tensor([1.5, 2.0, 0.25]), (3, 4))
    rows = torch.randn(7, 3)
    rows[[1, 4]] = 0
    for name, value in {
        "torch-sparse-coo": w.to_sparse(),
        "torch-sparse-repeated": repeated,
        "torch-sparse-hybrid": rows.to_sparse(1),
        "torch-sparse-kernel": (torch.randn(4, 3, 2, 2) * (torch.rand(4, 3, 1, 1) < 0.5)).to_sparse(2),
        "torch-sparse-half": w.half().to_sparse(),
        "torch-sparse-csr": w.to_sparse_csr(),
        "torch-sparse-csc": w.to_sparse_csc(),
        "torch-sparse-empty": torch.zeros(3, 4).to_sparse(),
    }.items():
        torch.save({"w": value}, OUT / (name + ".pt"))
        note(name + ".pt", {"w": value})
    places, values = torch.tensor([[0, 2, 0], [1, 4, 1]]), torch.ones(3)
    rebuild = torch._utils._rebuild_sparse_tensor
    pointers, columns = torch.tensor([0, 1, 2, 2]), torch.tensor([0, 1, 2])
    for name, call in {
        "outside": (rebuild, (torch.sparse_coo, (places, values, (3, 4), True))),
        "pointers": (rebuild, (torch.sparse_csr, (pointers, columns, values, (3, 4)))),
        "misfit": (rebuild, (torch.sparse_coo, (places, torch.ones(2), (3, 4), True))),
    }.items():
        torch.save({"w": Parts(*call)}, OUT / f"torch-sparse-{name}.pt")
    torch.save({"w": torch.randn(4, 6).to_sparse_bsr((2, 3))}, OUT / "torch-sparse-blocks.pt")


def main():
    shutil.rmtree(FOLDER, ignore_errors=True)
    mp.spawn(save, nprocs=2)
    (FOLDER / ".metadata").rename(FOLDER / "metadata")  # Maven leaves out the other name
    note("torch-distributed.pt", {"model." + name: w for name, w in tensors().items()})
    sparse()


if __name__ == "__main__":
    main()
