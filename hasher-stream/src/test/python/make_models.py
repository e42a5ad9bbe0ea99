#!/usr/bin/env python3
"""Writes the model files in ../resources/models: one small network in every format, as its framework saves it, and odd variants.

Needs torch, onnx, h5py, numpy. usage: make_models.py. The network is trained on nothing; its weights come from a fixed seed.
NAME.json beside some files holds the layers expected from them: [name, kind, outputs, inputs, positions, [weights]].
"""
import collections, io, json, pathlib, struct, zipfile, zlib
import h5py, numpy as np, onnx, torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.depth = nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False)
        self.point = nn.Conv2d(8, 12, 1)
        self.hidden = nn.Linear(12 * 2 * 2, 64)
        self.head = nn.Linear(64, 10)

    def forward(self, x):
        x = torch.relu(self.norm(self.conv(x)))
        x = torch.relu(self.point(self.depth(x)))
        x = nn.functional.max_pool2d(x, 2).flatten(1)
        return self.head(torch.relu(self.hidden(x)))


LAYERS = ["conv.weight", "depth.weight", "point.weight", "hidden.weight", "head.weight"]


def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def expect(name, layers):
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]]
            for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def rezip(source, target, change=lambda n, b: (n, b), compress=zipfile.ZIP_STORED):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", compress) as new:
        for info in old.infolist():
            name, data = change(info.filename, old.read(info))
            entry = zipfile.ZipInfo(name)
            entry.compress_type = compress
            new.writestr(entry, data)


def safetensors(path, tensors, dtypes={}):
    codes = {"float32": "F32", "float16": "F16", "float64": "F64", "int64": "I64"}
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors):
        raw = np.ascontiguousarray(tensors[name])
        code = dtypes.get(name, codes.get(str(raw.dtype)))
        b = raw.tobytes()
        header[name] = {"dtype": code, "shape": list(raw.shape), "data_offsets": [len(data), len(data) + len(b)]}
        data += b
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def zip64(source, target):
    """The layout of archives beyond 4 GiB: sizes in zip64 fields, a zip64 end record."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            with new.open(zipfile.ZipInfo(name), "w", force_zip64=True) as entry:
                entry.write(old.read(name))
    b = target.read_bytes()
    end = b.rindex(b"PK\5\6")
    entries, size, offset = struct.unpack("<HII", b[end + 10:end + 20])
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, size, offset)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, end, 1)
    short_end = b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 0xffff, 0xffff, 0xffffffff, 0xffffffff, 0)
    target.write_bytes(b[:end] + record + locator + short_end)
    torch.load(target)


class Spy:
    def __reduce__(self):
        import os
        return os.system, ("touch executed-by-a-pickle",)


def pytorch(net, state):
    torch.save(state, OUT / "tiny.pt")
    torch.save(state, OUT / "tiny-protocol4.pt", pickle_protocol=4)
    torch.save(state, OUT / "tiny-legacy.pt", _use_new_zipfile_serialization=False)
    torch.save(collections.OrderedDict((k, v.half()) for k, v in state.items()), OUT / "tiny-half.pt")
    torch.save(net, OUT / "tiny-module.pt")
    torch.jit.script(net).save(str(OUT / "tiny-script.pt"))
    optimizer = torch.optim.Adam(net.parameters(), lr=0)
    net(torch.ones(2, 3, 4, 4)).sum().backward()
    optimizer.step()
    torch.save({"epoch": 3, "optimizer": optimizer.state_dict(), "state_dict": net.state_dict(), "note": Spy.__name__,
                "loss": 0.5, "rng": torch.get_rng_state()[:16].clone()}, OUT / "tiny-checkpoint.pt")
    torch.save({"evil": Spy(), "state_dict": state}, OUT / "evil.pt")
    flat = torch.arange(400, dtype=torch.float32)
    views = {"transposed": torch.as_strided(flat, (6, 4), (1, 6), 10), "offset": flat[100:124].view(2, 3, 2, 2),
             "tied": flat[100:124].view(2, 3, 2, 2), "stepped": flat[200:400].view(10, 20)[::2, ::5],
             "bf16": torch.linspace(-3, 3, 12).view(3, 4).to(torch.bfloat16), "f64": torch.linspace(-1, 1, 6, dtype=torch.float64).view(2, 3),
             "ints": torch.arange(6).view(2, 3), "last": nn.Parameter(flat[0:6].view(3, 2)), "empty": torch.zeros(0, 4)}
    torch.save(views, OUT / "views.pt")
    expect("views", [(k, views[k].detach().float().numpy()) for k in ("transposed", "offset", "stepped", "bf16", "f64", "last")])
    rezip(OUT / "tiny.pt", OUT / "tiny-deflated.pt", compress=zipfile.ZIP_DEFLATED)

    def swap(name, data):
        big = "/data/" in name and len(data) % 4 == 0 and len(data) != 8
        return name, np.frombuffer(data, "<f4").astype(">f4").tobytes() if big else data
    rezip(OUT / "tiny.pt", OUT / "tiny-big-endian.pt", swap)
    with zipfile.ZipFile(OUT / "tiny-big-endian.pt", "a") as z:
        z.writestr("tiny/byteorder", "big")
    zip64(OUT / "tiny.pt", OUT / "tiny-zip64.pt")
    prefixed = collections.OrderedDict(("model." + k if not k.startswith("head") else k, v) for k, v in state.items())
    torch.save(prefixed, OUT / "prefixed.pt")
    torch.save(Tiny().state_dict(), OUT / "another.pt")


def node(op, inputs, **attributes):
    return helper.make_node(op, inputs, [op.lower() + "_out_" + inputs[1]], **attributes)


def save_onnx(name, nodes, initializers):
    graph = helper.make_graph(nodes, "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1])],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1])], initializers)
    onnx.save(helper.make_model(graph), str(OUT / name))


def onnx_files(net, state):
    net.eval()
    torch.onnx.export(net, torch.ones(1, 3, 4, 4), str(OUT / "tiny.onnx"), training=torch.onnx.TrainingMode.PRESERVE, do_constant_folding=False)
    rng = np.random.default_rng(5)

    def w(*shape):
        return rng.standard_normal(shape).astype(np.float32)
    gemm, gemm_b, matmul, conv_t, grouped, double, half, bf, listed = w(6, 4), w(4, 6), w(5, 7), w(4, 6, 2, 2), w(6, 2, 3, 3), w(3, 4), w(4, 3), w(2, 5), w(3, 3)
    constant, left, left_matmul = w(4, 2, 1, 1), w(5, 3), w(4, 9)
    bf_bits = (np.ascontiguousarray(bf).view(np.uint32) >> 16).astype(np.uint16)
    bf = (bf_bits.astype(np.uint32) << 16).view(np.float32)
    inits = [numpy_helper.from_array(gemm, "gemm"), numpy_helper.from_array(gemm_b, "gemm_b"), numpy_helper.from_array(matmul, "matmul"),
             numpy_helper.from_array(conv_t, "conv_t"), numpy_helper.from_array(grouped, "grouped"),
             numpy_helper.from_array(double.astype(np.float64), "double"),
             helper.make_tensor("half", TensorProto.FLOAT16, half.shape, half.astype(np.float16).ravel().tolist()),
             helper.make_tensor("bf", TensorProto.BFLOAT16, bf.shape, bf_bits.tobytes(), raw=True),
             helper.make_tensor("listed", TensorProto.FLOAT, listed.shape, listed.ravel().tolist()),
             helper.make_tensor("doubles", TensorProto.DOUBLE, (2, 2), [1.5, -2.0, 3.25, 4.0]),
             numpy_helper.from_array(left, "left"), numpy_helper.from_array(left_matmul, "left_matmul"),
             numpy_helper.from_array(np.arange(12, dtype=np.float32).reshape(3, 4), "table"),
             numpy_helper.from_array(np.arange(4, dtype=np.int64), "shape"), numpy_helper.from_array(w(6), "bias")]
    nodes = [node("Gemm", ["x", "gemm", "bias"]), node("Gemm", ["x", "gemm_b"], transB=1), node("MatMul", ["x", "matmul"]),
             node("ConvTranspose", ["x", "conv_t"]), node("Conv", ["x", "grouped", "bias"], group=3), node("Gemm", ["x", "double"], transB=1),
             node("Gemm", ["x", "half"], transB=1), node("Gemm", ["x", "bf"], transB=1), node("Gemm", ["x", "listed"], transB=1),
             node("Gemm", ["x", "doubles"], transB=1), node("Reshape", ["x", "shape"]), node("Gather", ["table", "x"]),
             helper.make_node("Constant", [], ["constant"], value=numpy_helper.from_array(constant)), node("Conv", ["x", "constant"]),
             helper.make_node("Gemm", ["left", "x"], ["z1"], transA=1), helper.make_node("MatMul", ["left_matmul", "x"], ["z2"]),
             node("Conv", ["x", "grouped"], group=3)]
    save_onnx("operators.onnx", nodes, inits)
    expect("operators", [("gemm", gemm.T), ("gemm_b", gemm_b), ("matmul", matmul.T), ("conv_t", conv_t), ("grouped", grouped), ("double", double),
                         ("half", half.astype(np.float16)), ("bf", bf), ("listed", listed), ("doubles", np.float32([[1.5, -2], [3.25, 4]])),
                         ("constant", constant), ("left", left.T), ("left_matmul", left_matmul)])
    outside = numpy_helper.from_array(w(4, 4), "outside")
    onnx.external_data_helper.set_external_data(outside, "../../../../etc/passwd", 0, 64)
    outside.ClearField("raw_data")
    outside.data_location = TensorProto.EXTERNAL
    save_onnx("external-data.onnx", [node("Gemm", ["x", "outside"])], [outside])


def hwio(w):
    return np.ascontiguousarray(w.transpose(2, 3, 1, 0))


def keras_weights(group, layers):
    group.attrs["layer_names"] = np.array([n.encode() for n, _ in layers])
    group.attrs["backend"] = b"tensorflow"
    group.attrs["keras_version"] = b"2.15.0"
    for name, weights in layers:
        g = group.create_group(name)
        g.attrs["weight_names"] = np.array([(name + "/" + n + ":0").encode() for n, _ in weights]) if weights else np.zeros(0, "S1")
        for n, v in weights:
            g.create_dataset(name + "/" + n + ":0", data=v)


def keras_layer(kind, name, **config):
    return {"class_name": kind, "config": dict(config, name=name)}


def keras(state):
    s = {k: v.numpy() for k, v in state.items()}
    hidden = s["hidden.weight"].reshape(64, 12, 2, 2).transpose(2, 3, 1, 0).reshape(48, 64)
    depth = s["depth.weight"].transpose(2, 3, 0, 1)
    layers = [("conv", [("kernel", hwio(s["conv.weight"])), ("bias", s["conv.bias"])]),
              ("norm", [("gamma", s["norm.weight"]), ("beta", s["norm.bias"]), ("moving_mean", s["norm.running_mean"]), ("moving_variance", s["norm.running_var"])]),
              ("depth", [("depthwise_kernel", np.ascontiguousarray(depth))]),
              ("point", [("kernel", hwio(s["point.weight"])), ("bias", s["point.bias"])]),
              ("pool", []), ("flat", []),
              ("hidden", [("kernel", np.ascontiguousarray(hidden)), ("bias", s["hidden.bias"])]),
              ("head", [("kernel", np.ascontiguousarray(s["head.weight"].T)), ("bias", s["head.bias"])])]
    config = {"class_name": "Sequential", "config": {"name": "tiny", "layers": [
        keras_layer("InputLayer", "in", batch_input_shape=[None, 4, 4, 3]),
        keras_layer("Conv2D", "conv", filters=8, kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last", groups=1),
        keras_layer("BatchNormalization", "norm"), keras_layer("DepthwiseConv2D", "depth", kernel_size=[3, 3], strides=[1, 1], padding="same", data_format="channels_last"),
        keras_layer("Conv2D", "point", filters=12, kernel_size=[1, 1], strides=[1, 1], padding="valid", data_format="channels_last", groups=1),
        keras_layer("MaxPooling2D", "pool", pool_size=[2, 2], strides=[2, 2], padding="valid"), keras_layer("Flatten", "flat", data_format="channels_last"),
        keras_layer("Dense", "hidden", units=64), keras_layer("Dense", "head", units=10)]}}
    with h5py.File(OUT / "tiny.h5", "w") as f:
        f.attrs["model_config"] = json.dumps(config).encode()
        keras_weights(f.create_group("model_weights"), layers)
        f.create_group("optimizer_weights").create_dataset("m", data=np.ones((4, 4), np.float32))
    with h5py.File(OUT / "tiny-weights.h5", "w") as f:
        keras_weights(f, layers)
    with h5py.File(OUT / "tiny-chunked.h5", "w", libver="latest") as f:
        g = f.create_group("model_weights")
        keras_weights(g, layers[:6])
        g.attrs["layer_names"] = np.array([n.encode() for n, _ in layers])
        for name, weights in layers[6:]:
            h = g.create_group(name)
            h.attrs["weight_names"] = np.array([(name + "/" + n + ":0").encode() for n, _ in weights])
            for n, v in weights:
                h.create_dataset(name + "/" + n + ":0", data=v, chunks=True, compression="gzip", shuffle=True)
    rng = np.random.default_rng(11)

    def w(*shape):
        return rng.standard_normal(shape).astype(np.float32)
    sep_d, sep_p, multi, conv1, conv3, trans, inner, lstm = w(3, 3, 4, 2), w(1, 1, 8, 6), w(3, 3, 4, 2), w(5, 4, 6), w(2, 2, 2, 3, 4), w(2, 2, 6, 4), w(8, 5), w(5, 16)
    with h5py.File(OUT / "layers.h5", "w") as f:
        f.attrs["model_config"] = json.dumps({"class_name": "Functional", "config": {"name": "layers", "layers": [
            keras_layer("SeparableConv2D", "sep"), keras_layer("DepthwiseConv2D", "multi"), keras_layer("Conv1D", "conv1"), keras_layer("Conv3D", "conv3"),
            keras_layer("Conv2DTranspose", "trans"),
            {"class_name": "Functional", "config": {"name": "nested", "layers": [keras_layer("Dense", "inner")]}}, keras_layer("Embedding", "table"),
            keras_layer("Attention", "custom")]}}).encode()
        g = f.create_group("model_weights")
        keras_weights(g, [("sep", [("depthwise_kernel", sep_d), ("pointwise_kernel", sep_p)]), ("multi", [("depthwise_kernel", multi)]),
                          ("conv1", [("kernel", conv1)]), ("conv3", [("kernel", conv3)]), ("trans", [("kernel", trans)]),
                          ("table", [("embeddings", w(7, 3))]), ("custom", [("query", lstm)])])
        n = g.create_group("nested")
        n.attrs["weight_names"] = np.array([b"inner/kernel:0"])
        n.create_dataset("inner/kernel:0", data=inner)
        g.attrs["layer_names"] = np.array([b"sep", b"multi", b"conv1", b"conv3", b"trans", b"nested", b"table", b"custom"])
    expect("layers", [("sep/depthwise_kernel:0", sep_d.transpose(2, 3, 0, 1).reshape(8, 1, 3, 3)), ("sep/pointwise_kernel:0", sep_p.transpose(3, 2, 0, 1)),
                      ("multi/depthwise_kernel:0", multi.transpose(2, 3, 0, 1).reshape(8, 1, 3, 3)), ("conv1/kernel:0", conv1.transpose(2, 1, 0)),
                      ("conv3/kernel:0", conv3.transpose(4, 3, 0, 1, 2)), ("trans/kernel:0", trans.transpose(3, 2, 0, 1)), ("inner/kernel:0", inner.T),
                      ("custom/query:0", lstm.T)])
    with h5py.File(OUT / "external-link.h5", "w") as f:
        g = f.create_group("model_weights")
        g.attrs["layer_names"] = np.array([b"dense"])
        d = g.create_group("dense")
        d.attrs["weight_names"] = np.array([b"kernel:0"])
        d["kernel:0"] = h5py.ExternalLink("tiny.h5", "/model_weights/head/head/kernel:0")
    with h5py.File(OUT / "external-storage.h5", "w") as f:
        g = f.create_group("model_weights")
        g.attrs["layer_names"] = np.array([b"dense"])
        d = g.create_group("dense")
        d.attrs["weight_names"] = np.array([b"kernel:0"])
        d.create_dataset("kernel:0", (4, 4), "<f4", external=[("/etc/passwd", 0, 64)])
    with h5py.File(OUT / "bomb.h5", "w") as f:
        g = f.create_group("model_weights")
        g.attrs["layer_names"] = np.array([b"dense"])
        d = g.create_group("dense")
        d.attrs["weight_names"] = np.array([b"kernel:0"])
        chunks = d.create_dataset("kernel:0", (64, 64), "<f4", chunks=(64, 64), compression="gzip")
        chunks.id.write_direct_chunk((0, 0), zlib.compress(bytes(8 << 20), 9))
    with h5py.File(OUT / "other.h5", "w") as f:
        f.create_dataset("measurements", data=np.arange(10.0))


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(20261123)
    net = Tiny()
    state = collections.OrderedDict((k, v.clone()) for k, v in net.state_dict().items())
    arrays = {k: v.numpy() for k, v in state.items()}
    expect("tiny", [(n, arrays[n]) for n in LAYERS])
    safetensors(OUT / "tiny.safetensors", arrays)
    safetensors(OUT / "tiny-half.safetensors", {k: v.astype(np.float16) if v.dtype == np.float32 else v for k, v in arrays.items()})
    onnx_files(net, state)
    keras(state)
    pytorch(net, state)


main()
