#!/usr/bin/env python3
"""Writes the files mini* and torch-* in ../resources/models: what PyTorch of all ages, pickle and NumPy write, beside make_models.py.

Needs torch (2.13 was used) and numpy. usage: make_torch_models.py. Two old forms that no PyTorch writes any more, the tar archive and
storages with view metadata, are written here by hand; torch.load, which still reads them, has to give the same tensors.
NAME.json holds the layers expected: [name, kind, outputs, inputs, positions, [weights]].
"""
import collections, copy, io, json, os, pathlib, pickle, struct, tarfile
import numpy as np, torch
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"


class Mini(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 4, 3)
        self.norm = nn.BatchNorm2d(4)
        self.blocks = nn.Sequential(nn.Conv2d(4, 4, 3, groups=4), nn.Linear(4, 5))
        self.register_buffer("grid", torch.arange(6, dtype=torch.float32).view(2, 3))
        self.register_buffer("mask", torch.ones(3, 3), persistent=False)
        self.anchors = torch.ones(2, 2)

    def forward(self, x):
        return self.blocks(self.norm(self.conv(x)))


def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def expect(name, layers):
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]]
            for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def layers(state):
    return [(k, v.detach().numpy()) for k, v in state.items() if v.ndim > 1]


def check(name, state):
    read = torch.load(OUT / name, weights_only=False)
    assert list(read) == list(state) and all(torch.equal(read[k], state[k]) for k in state), name


def legacy(state, name, views):
    """Old PyTorch noted for each storage which part of another one it was: ('storage', type, key, location, numbers, (key, offset, numbers))."""
    storages = {}

    class Pickler(pickle._Pickler):
        def persistent_id(self, obj):
            if not isinstance(obj, torch.storage.TypedStorage):
                return None
            key = str(obj._cdata)
            storages[key] = obj
            part = (key + "1", views[0], views[1]) if views and obj._size() == views[2] else None
            return "storage", getattr(torch, obj.pickle_storage_type()), key, "cpu", obj._size(), part

    out = io.BytesIO()
    for value in 0x1950a86a20f9469cfc6c, 1001, {"protocol_version": 1001, "little_endian": False}:
        pickle.dump(value, out, 2)
    Pickler(out, 2).dump(state)
    pickle.dump(sorted(storages), out, 2)
    for key in sorted(storages):
        storage = storages[key]
        out.write(struct.pack("<q", storage._size()) + bytes(storage._untyped_storage))
    (OUT / name).write_bytes(out.getvalue())


def tar(state, name):
    """PyTorch 0.1: entries sys_info, storages, tensors, pickle. The second half of the first storage is a part of its own."""
    ids, storages, tensors = {}, io.BytesIO(), io.BytesIO()
    pickle.dump(len(state), storages, 2)
    pickle.dump(len(state), tensors, 2)
    views = []
    for i, (key, value) in enumerate(state.items()):
        kind = getattr(torch, value.storage().pickle_storage_type())
        pickle.dump((100 + i, "cpu", kind), storages, 2)
        storages.write(struct.pack("<q", value.numel()) + value.contiguous().numpy().tobytes())
        storage, offset = 100 + i, 0
        if key == "conv.weight":
            views.append((500, 100 + i, 0, value.numel()))
            storage = 500
        ids[id(value)] = 200 + i
        pickle.dump((200 + i, storage, torch.FloatTensor if value.is_floating_point() else torch.LongTensor), tensors, 2)
        d = value.dim()
        tensors.write(struct.pack("<ii%dq%dqq" % (d, d), d, 0, *value.shape, *value.contiguous().stride(), offset))
    pickle.dump(views, storages, 2)

    class Pickler(pickle._Pickler):
        def persistent_id(self, obj):
            return str(ids[id(obj)]) if torch.is_tensor(obj) else None

    value = io.BytesIO()
    Pickler(value, 2).dump(state)
    entries = {"sys_info": pickle.dumps({"little_endian": True}, 2), "pickle": value.getvalue(), "storages": storages.getvalue(),
               "tensors": tensors.getvalue()}
    with tarfile.open(OUT / name, "w", format=tarfile.PAX_FORMAT) as archive:
        for entry, data in entries.items():
            info = tarfile.TarInfo(entry)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    data = (OUT / name).read_bytes()
    (OUT / name).write_bytes(data[:len(data.rstrip(b"\0")) + 1024 + 511 & ~511])


def values():
    """Every kind of tensor that stands for weights in another way than by numbers one after the other."""
    torch.manual_seed(3)
    w = torch.randn(4, 3, 2, 2)
    tensors = {
        "per_tensor": torch.quantize_per_tensor(w, 0.03, 5, torch.qint8),
        "unsigned": torch.quantize_per_tensor(w, 0.03, 128, torch.quint8),
        "wide": torch.quantize_per_tensor(w, 0.001, 0, torch.qint32),
        "per_channel": torch.quantize_per_channel(w, torch.rand(4).double() / 20 + 0.01, torch.arange(4), 0, torch.qint8),
        "second_axis": torch.quantize_per_channel(w, torch.rand(3).double() / 20 + 0.01, torch.arange(3), 1, torch.qint8),
        "float_points": torch.quantize_per_channel(w.view(4, 12), torch.rand(4) / 20, torch.rand(4), 0, torch.quint8),
        "transposed": torch.quantize_per_tensor(w.view(4, 12), 0.02, 1, torch.qint8).transpose(0, 1),
        "repeated": torch.randn(5).expand(3, 5), "windows": torch.arange(12.0).as_strided((4, 6), (2, 1)),
        "e4m3": torch.randn(3, 4).to(torch.float8_e4m3fn), "e5m2": torch.randn(3, 4).to(torch.float8_e5m2),
        "f64": torch.randn(2, 3).double(), "bf16": torch.randn(2, 3).bfloat16(), "f16": torch.randn(2, 3).half(),
        "parameter": nn.Parameter(torch.randn(3, 2)), "meta": torch.zeros(7, 7, device="meta"), "complex": torch.zeros(2, 2, dtype=torch.complex64),
        "ints": torch.ones(2, 2, dtype=torch.int16), "u16": torch.ones(2, 2).to(torch.uint16),
        "array": np.arange(6, dtype=np.float32).reshape(2, 3)}
    tensors["parameter"].note = "has state"
    torch.save(tensors, OUT / "torch-values.pt")
    expected = []
    for name, t in tensors.items():
        if name in ("meta", "complex", "ints", "u16"):
            continue
        t = torch.as_tensor(t).detach()
        expected.append((name, (t.dequantize() if t.is_quantized else t).float().contiguous().numpy()))
    expect("torch-values", expected)


class Spy:
    def __reduce__(self):
        return os.system, ("touch executed-by-a-pickle",)


def arrays(state):
    """The same numbers in the orders, types and forms that NumPy may keep them in."""
    kept = collections.OrderedDict((k, v.detach().numpy()) for k, v in state.items())
    kept["conv.weight"] = np.asfortranarray(kept["conv.weight"])
    kept["blocks.1.weight"] = kept["blocks.1.weight"].astype(">f8")
    box = np.empty(1, object)
    box[0] = kept["grid"]
    kept["grid"] = box
    return kept


def main():
    torch.manual_seed(20261124)
    net = Mini().eval()
    state = collections.OrderedDict((k, v.clone()) for k, v in net.state_dict().items())
    expect("mini", layers(state))
    legacy(state, "mini-legacy.pt", None)
    check("mini-legacy.pt", state)
    flat = torch.arange(100, dtype=torch.float32)
    legacy({"part": flat.as_strided((3, 4), (4, 1), 5)}, "torch-parts.pt", (20, 60, 100))
    part = torch.load(OUT / "torch-parts.pt", weights_only=False)["part"]
    assert torch.equal(part, flat[25:37].view(3, 4))
    expect("torch-parts", [("part", part.numpy())])
    tar(state, "mini.tar")
    check("mini.tar", state)
    for protocol in range(6):
        (OUT / f"mini-{protocol}.pkl").write_bytes(pickle.dumps(state, protocol))
        (OUT / f"mini-arrays-{protocol}.pkl").write_bytes(pickle.dumps(arrays(state), protocol))
        if protocol > 0:
            torch.save(state, OUT / f"mini-{protocol}.pt", pickle_protocol=protocol)
    old = (OUT / "mini-arrays-2.pkl").read_bytes().replace(b"numpy._core", b"numpy.core")
    (OUT / "mini-arrays-old.pkl").write_bytes(old)
    torch.save(net, OUT / "mini-module.pt")
    torch.serialization.get_source_lines_and_file = lambda obj: (["source"], 1, "file")
    torch.save(net, OUT / "mini-module-legacy.pt", _use_new_zipfile_serialization=False)
    ema = copy.deepcopy(net)
    with torch.no_grad():
        ema.conv.weight += 1
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    net(torch.ones(1, 2, 6, 8)).sum().backward()
    optimizer.step()
    net.load_state_dict(state)
    torch.save({"epoch": 1, "model": net, "ema": ema, "optimizer": optimizer.state_dict()}, OUT / "mini-checkpoint.pt")
    torch.save({"model": None, "ema": net, "optimizer": optimizer.state_dict()}, OUT / "mini-average.pt")
    torch.jit.freeze(torch.jit.script(net), optimize_numerics=False).save(str(OUT / "mini-frozen.pt"))
    values()
    torch.save({"sparse": torch.eye(3).to_sparse()}, OUT / "torch-sparse.pt")
    torch.save({"sparse": torch.eye(3).to_sparse_csr()}, OUT / "torch-sparse-rows.pt")
    for protocol in 0, 4:
        (OUT / f"torch-evil-{protocol}.pkl").write_bytes(pickle.dumps(Spy(), protocol))


main()
