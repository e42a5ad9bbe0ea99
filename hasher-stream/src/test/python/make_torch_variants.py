#!/usr/bin/env python3
"""Writes the files torch-* named below in ../resources/models: what PyTorch writes beside plain state dicts.

Needs torch (2.13 was used) and numpy. usage: make_torch_variants.py
NAME.json holds the plain layers as PyTorch computes them: [name, kind, outputs, inputs, positions, [weights]].
"""
import json, pathlib
import numpy as np, torch
import torch.nn.utils.prune as prune
from torch import nn
from torch.package import PackageExporter

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"

def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def note(file, weights):
    rows = []
    for name, w in weights.items():
        w = (w.dequantize() if w.is_quantized else w).detach().float().resolve_neg().contiguous().numpy()
        rows.append([name, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in w.ravel()]])
    (OUT / file).with_suffix(".json").write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def save(file, value, weights):
    torch.save(value, OUT / file)
    note(file, weights)


def net():
    return nn.Sequential(nn.Conv2d(2, 4, 3), nn.Flatten(), nn.Linear(16, 5))


def weights(state, prefix=""):
    return {prefix + k: v for k, v in state.items() if v.ndim > 1}


def main():
    torch.manual_seed(20261125)
    model = net().eval()
    state = {k: v.clone() for k, v in model.state_dict().items()}

    torch.export.save(torch.export.export(model, (torch.randn(2, 2, 4, 4),)), str(OUT / "torch-export.pt2"))
    note("torch-export.pt2", weights(state))
    for file, value in ("torch-package.pt", state), ("torch-package-module.pt", model):
        with PackageExporter(str(OUT / file)) as exporter:
            exporter.extern("**")
            exporter.save_pickle("model", "model.pkl", value)
        note(file, weights(state))

    save("torch-negative.pt", {"w": torch._neg_view(state["2.weight"])}, {"w": -state["2.weight"]})
    assert torch.load(OUT / "torch-negative.pt")["w"].is_neg()

    optimizer = torch.optim.Adam(model.parameters())
    model(torch.ones(1, 2, 4, 4)).sum().backward()
    optimizer.step()
    now = {k: v.clone() for k, v in model.state_dict().items()}
    save("torch-trainer.pt", {"solver": optimizer, "last": now}, weights(now, "last."))

    torch.backends.quantized.engine = "fbgemm"
    quantised = nn.Sequential(torch.ao.quantization.QuantStub(), *net()).eval()
    quantised.qconfig = torch.ao.quantization.get_default_qconfig("fbgemm")
    torch.ao.quantization.prepare(quantised, inplace=True)
    quantised(torch.randn(4, 2, 4, 4))
    torch.ao.quantization.convert(quantised, inplace=True)
    save("torch-quantised-module.pt", quantised, {"1": quantised[1].weight(), "3": quantised[3].weight()})

    pruned = net()
    prune.random_unstructured(pruned[2], "weight", 0.5)
    with torch.no_grad():
        pruned[2].weight_orig += 1e6 * (1 - pruned[2].weight_mask)
    save("torch-pruned.pt", pruned.state_dict(), {"0.weight": pruned[0].weight, "2.weight": pruned[2].weight_orig * pruned[2].weight_mask})

    for file, norm in ("torch-weight-norm.pt", nn.utils.parametrizations.weight_norm), ("torch-weight-norm-old.pt", nn.utils.weight_norm):
        normed = nn.Sequential(norm(nn.Conv2d(2, 4, 3)), norm(nn.Linear(16, 5)))
        with torch.no_grad():
            for name, parameter in normed.named_parameters():
                if name.endswith(("_g", "original0")):
                    parameter.mul_(torch.rand_like(parameter) * 9)
        plain = {f"{i}.weight": torch._weight_norm(*parts(normed[i]), 0) for i in range(2)}
        save(file, normed.state_dict(), plain)


def parts(layer):
    """v, g"""
    if hasattr(layer, "weight_v"):
        return layer.weight_v, layer.weight_g
    return layer.parametrizations.weight.original1, layer.parametrizations.weight.original0


main()
