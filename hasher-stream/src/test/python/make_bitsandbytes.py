#!/usr/bin/env python3
"""Writes four-bit.safetensors, its expected layers four-bit.json, and four-bit.pt to ../resources/models: weights as bitsandbytes packs them,
one NF4, one FP4, one NF4 whose maxima are packed too, one of an odd count.

Needs torch (2.13 was used). The layout is that of bitsandbytes' QuantState.as_dict(packed=True); the numbers are drawn, and unpacked here one by one as its
functional.dequantize_4bit does. usage: make_bitsandbytes.py
"""
import json, pathlib, struct
import torch

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
NF4 = [-1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334,
       -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224,
       0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0]
FP4 = [0, 0.0625 / 12, 8 / 12, 1, 4 / 12, 6 / 12, 2 / 12, 3 / 12]
FP4 += [-v for v in FP4]
TYPES = {torch.uint8: "U8", torch.float32: "F32", torch.float16: "F16"}


def packed(name, kind, table, shape, block, nested, tensors):
    """Adds the tensors; returns the weights."""
    numbers = shape[0] * shape[1]
    halves = torch.randint(0, 16, (numbers,), dtype=torch.uint8)
    padded = torch.cat([halves, torch.zeros(numbers % 2, dtype=torch.uint8)])
    blocks = -(-numbers // block)
    state = {"quant_type": kind, "blocksize": block, "dtype": "float16", "shape": list(shape)}
    tensors[name] = (padded[0::2] << 4 | padded[1::2]).reshape(-1, 1)
    tensors[name + ".quant_map"] = torch.tensor(table)
    if nested:
        steps = torch.randint(0, 256, (blocks,), dtype=torch.uint8)
        meanings, maxima = torch.linspace(-1, 1, 256), torch.rand(-(-blocks // 4))
        state.update(nested_blocksize=4, nested_dtype="float32", nested_offset=1.25)
        tensors[name + ".absmax"] = steps
        tensors[name + ".nested_absmax"] = maxima
        tensors[name + ".nested_quant_map"] = meanings
        absmax = meanings[steps.long()] * maxima.repeat_interleave(4)[:blocks] + 1.25
    else:
        absmax = tensors[name + ".absmax"] = torch.rand(blocks) + 0.5
    text = json.dumps(state).encode()
    tensors[name + ".quant_state.bitsandbytes__" + kind] = torch.tensor(list(text), dtype=torch.uint8)
    return torch.tensor(table)[halves.long()] * absmax.repeat_interleave(block)[:numbers]


def save(tensors, path):
    header, data = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    torch.manual_seed(20261130)
    tensors, rows = {}, []
    for name, kind, table, shape, block, nested in [
        ("a.weight", "nf4", NF4, (48, 32), 64, False),
        ("b.weight", "fp4", FP4, (20, 24), 64, False),
        ("c.weight", "nf4", NF4, (40, 16), 64, True),
        ("d.weight", "nf4", NF4, (5, 7), 16, False),
    ]:
        weights = packed(name, kind, table, shape, block, nested, tensors)
        rows.append([name, "DENSE", *shape, 1, [float(v) for v in weights]])
    save(tensors, OUT / "four-bit.safetensors")
    torch.save(tensors, OUT / "four-bit.pt")
    (OUT / "four-bit.json").write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


main()
