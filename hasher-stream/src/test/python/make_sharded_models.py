#!/usr/bin/env python3
"""Writes shards of the network of make_models.py, safetensors files with quantised weights, and LoRA adapters to ../resources/models.

Needs torch, safetensors, numpy, and tiny.pt in the target folder. usage: make_sharded_models.py. Indexes have the form that transformers writes:
{"metadata": {"total_size": bytes}, "weight_map": {tensor: file}}. Names of scales are those of compressed-tensors (weight_scale, weight_zero_point), DeepSeek
(weight_scale_inv, blocks of 128), bitsandbytes (SCB) and quanto (weight._data, weight._scale); packed ones those of GPTQ and AWQ (qweight, qzeros, scales, g_idx).
"""
import json, pathlib
import numpy as np, torch
from safetensors.torch import save_file

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"


def expect(name, layers):
    rows = [[n, "DENSE" if w.ndim == 2 else "CONVOLUTION", w.shape[0], w.shape[1], int(np.prod(w.shape[2:])),
             [float(v) for v in w.float().numpy().ravel()]] for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def shards(state):
    names = list(state)
    parts = [names[:7], names[7:]]
    for kind, save in (("safetensors", save_file), ("bin", torch.save)):
        places = {}
        for i, part in enumerate(parts):
            file = f"tiny-{i + 1:05}-of-00002.{kind}"
            save({n: state[n] for n in part}, OUT / file)
            places.update((n, file) for n in part)
        index = {"metadata": {"total_size": sum(v.numel() * v.element_size() for v in state.values())}, "weight_map": places}
        (OUT / f"tiny.{kind}.index.json").write_text(json.dumps(index, indent=2, sort_keys=True) + "\n")


def quantised():
    tensors, expected = {}, []

    def per_channel(name, dtype, w, zeros):
        scales = w.abs().amax(dim=tuple(range(1, w.ndim))).float() / 128 + 0.001
        q = torch.quantize_per_channel(w, scales, torch.tensor(zeros), 0, dtype)
        tensors[name] = q.int_repr()
        return q.dequantize(), scales
    full, tensors["a.weight_scale"] = per_channel("a.weight", torch.qint8, torch.randn(4, 6), [0] * 4)
    expected.append(("a.weight", full))
    full, scale = per_channel("b.weight", torch.quint8, torch.randn(3, 2, 2, 2), [120, 128, 130])
    tensors["b.weight_scale"], tensors["b.weight_zero_point"] = scale, torch.tensor([120, 128, 130], dtype=torch.uint8)
    expected.append(("b.weight", full))
    q = torch.quantize_per_tensor(torch.randn(3, 5), 0.03125, 0, torch.qint8)
    tensors["c.weight"], tensors["c.weight_scale"] = q.int_repr(), torch.tensor(0.03125)
    expected.append(("c.weight", q.dequantize()))
    w = torch.randn(150, 3).to(torch.float8_e4m3fn)
    tensors["d.weight"], tensors["d.weight_scale_inv"] = w, torch.tensor([[0.5], [3.0]])
    expected.append(("d.weight", w.float() * torch.tensor([0.5] * 128 + [3.0] * 22).reshape(-1, 1)))
    w, scb = torch.randint(-127, 128, (4, 5), dtype=torch.int8), torch.rand(4)
    tensors["e.weight"], tensors["e.SCB"] = w, scb
    expected.append(("e.weight", w.float() * (scb / 127).reshape(-1, 1)))
    w, scale = torch.randint(-127, 128, (2, 6), dtype=torch.int8), torch.rand(2, 3).half()
    tensors["f.weight"], tensors["f.weight_scale"] = w, scale
    expected.append(("f.weight", w.float() * scale.float().repeat_interleave(2, dim=1)))
    w, scale = torch.randint(-127, 128, (4, 3), dtype=torch.int8), torch.rand(4, 1)
    tensors["g.weight._data"], tensors["g.weight._scale"] = w, scale
    expected.append(("g.weight._data", w.float() * scale))
    tensors["position_ids"] = torch.arange(40).reshape(2, 20)
    tensors["attention.bias"] = torch.ones(5, 5, dtype=torch.uint8)
    w = torch.randn(3, 4).to(torch.float8_e5m2)
    tensors["plain.weight"] = w
    expected.append(("plain.weight", w.float()))
    for name, dtype in (("nuz4", torch.float8_e4m3fnuz), ("nuz5", torch.float8_e5m2fnuz)):
        tensors[name + ".weight"] = torch.randn(3, 4).to(dtype)
        expected.append((name + ".weight", tensors[name + ".weight"].float()))
    save_file({k: v.contiguous() for k, v in tensors.items()}, OUT / "quantised-tensors.safetensors")
    expect("quantised-tensors", sorted(expected))


def packed():
    """GPTQ and AWQ, packed bit by bit as their tools' papers and packers describe; weights follow from the numbers before packing."""
    rng, tensors, expected = np.random.default_rng(20261124), {}, []
    n, k, groups = 16, 32, 4

    def words(q, bits, order):
        """Packs along the last axis."""
        q = q.reshape(*q.shape[:-1], -1, 32 // bits).astype(np.uint32)
        return torch.from_numpy(sum(q[..., o] << np.uint32(bits * i) for i, o in enumerate(order)).astype(np.uint32).view(np.int32))

    for name, bits, kind in ("gptq", 4, "plain"), ("order", 4, "order"), ("eight", 8, "plain"), ("short", 4, "none"), ("awq", 4, "awq"):
        q = rng.integers(0, 1 << bits, (k, n))
        zero = rng.integers(1, 1 << bits, (groups, n))
        scale = (rng.random((groups, n)) / 10 + 0.01).astype(np.float16)
        group = rng.integers(0, groups, k) if kind == "order" else np.arange(k) // (k // groups)
        straight = range(32 // bits)
        if kind == "awq":
            order = [0, 2, 4, 6, 1, 3, 5, 7]
            tensors[name + ".qweight"], tensors[name + ".qzeros"] = words(q, bits, order), words(zero, bits, order)
        else:
            tensors[name + ".qweight"] = words(q.T, bits, straight).T
            tensors[name + ".qzeros"] = words(zero - 1, bits, straight)
            if kind != "none":
                tensors[name + ".g_idx"] = torch.from_numpy(group.astype(np.int32))
        tensors[name + ".scales"] = torch.from_numpy(scale)
        w = ((q - zero[group]) * scale.astype(np.float32)[group]).T
        expected.append((name + ".weight", torch.from_numpy(np.float32(w))))
    save_file({key: v.contiguous() for key, v in tensors.items()}, OUT / "packed-tensors.safetensors")
    expect("packed-tensors", sorted(expected))


def adapters():
    peft = {}
    for layer in range(3):
        stem = f"base_model.model.layers.{layer}.q_proj."
        peft[stem + "lora_A.weight"], peft[stem + "lora_B.weight"] = torch.randn(4, 16), torch.randn(12, 4)
    save_file(peft, OUT / "adapter.safetensors")
    torch.save(peft, OUT / "adapter.pt")
    kohya = {"lora_unet_a.lora_down.weight": torch.randn(2, 8, 3, 3), "lora_unet_a.lora_up.weight": torch.randn(6, 2, 1, 1), "lora_unet_a.alpha": torch.tensor(2.0),
             "lora_unet_b.hada_w1_a": torch.randn(6, 2), "lora_unet_b.hada_w1_b": torch.randn(2, 6), "lora_unet_c.lokr_w1": torch.randn(2, 2), "lora_unet_c.lokr_w2_a": torch.randn(3, 2)}
    save_file(kohya, OUT / "adapter-kohya.safetensors")


torch.manual_seed(20261124)
shards({k: v.clone() for k, v in torch.load(OUT / "tiny.pt").items()})
quantised()
adapters()
packed()
