#!/usr/bin/env python3
"""Writes TensorFlow graphs with constant weights to ../resources/models: tiny.pb, graph-functions.pb (a SavedModel), graph-ways.pb, graph-variables.pb.

Needs torch, numpy; run make_models.py first: tiny.pt and tiny.json are its. TensorFlow is not needed: messages are encoded here with the field numbers
of its graph.proto, node_def.proto, attr_value.proto, tensor.proto, function.proto, op_def.proto, meta_graph.proto and saved_model.proto.
NAME.json holds the layers expected, as make_models.py writes them. usage: make_tensorflow_graphs.py
"""
import json, pathlib, struct
import numpy as np, torch

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
RNG = np.random.default_rng(20261124)
FLOAT, DOUBLE, INT32, BFLOAT16, HALF, QUINT8 = 1, 2, 3, 14, 19, 12


def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    value = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(value)) + value


def shape(sizes):
    return b"".join(field(2, field(1, s) if s else b"") for s in sizes)


def tensor(values, kind, how="content", count=None):
    """how: content, or the number of the repeated field of the type; count: how many values are written, the last stands for the rest."""
    raw = {FLOAT: "<f4", DOUBLE: "<f8", INT32: "<i4", HALF: "<f2", QUINT8: "u1"}.get(kind)
    flat = np.asarray(values).ravel()[:count]
    if kind == BFLOAT16:
        bits = (flat.astype("<f4").view("<u4") >> 16).astype("<u2")
    else:
        bits = flat.astype(raw)
    if how == "content":
        numbers = field(4, bits.tobytes())
    elif how in (5, 6):
        numbers = field(how, bits.tobytes())
    elif how == "singly":
        numbers = b"".join(varint(5 << 3 | 5) + struct.pack("<f", v) for v in flat)
    else:
        whole = bits.view("<u2") if kind == HALF else bits
        numbers = field(how, b"".join(varint(int(v)) for v in whole))
    return field(1, kind) + field(2, shape(np.shape(values))) + numbers


def node(name, op, inputs=(), **attributes):
    out = field(1, name) + field(2, op) + b"".join(field(3, i) for i in inputs)
    for key, (number, value) in attributes.items():
        out += field(5, field(1, key) + field(2, field(number, value)))
    return out


def const(name, values, kind=FLOAT, how="content", count=None):
    return node(name, "Const", dtype=(6, kind), value=(8, tensor(values, kind, how, count)))


def graph(nodes, functions=()):
    library = field(2, b"".join(field(1, f) for f in functions)) if functions else b""
    return b"".join(field(1, n) for n in nodes) + library + field(4, field(1, 1882))


def function(name, arguments, nodes):
    return field(1, field(1, name) + b"".join(field(2, field(1, a) + field(3, FLOAT)) for a in arguments)) + b"".join(field(3, n) for n in nodes)


def saved_model(graph_def):
    return field(1, 1) + field(2, field(1, field(4, "serve") + field(5, "2.15.0")) + field(2, graph_def))


def expect(name, layers):
    def kind(w):
        return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]] for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def hwio(w):
    return w.transpose(2, 3, 1, 0)


def behind_flatten(w, channels, side):
    return w.reshape(len(w), channels, side, side).transpose(2, 3, 1, 0).reshape(-1, len(w))


STATE = {k: v.numpy() for k, v in torch.load(OUT / "tiny.pt").items()}
TRUE, NHWC, NCHW = (5, 1), (2, "NHWC"), (2, "NCHW")


def tiny_nodes(prefix="", suffix="", last="head/kernel/read"):
    """suffix: of inputs, which in functions name their output."""
    s = STATE

    def at(name):
        return prefix + name + suffix
    return [
        const(prefix + "conv/kernel", hwio(s["conv.weight"])), node(prefix + "conv/kernel/read", "Identity", [at("conv/kernel")], T=(6, FLOAT)),
        const(prefix + "conv/bias", s["conv.bias"]),
        node(prefix + "conv/Conv2D", "Conv2D", ["x", at("conv/kernel/read")], data_format=NHWC, padding=(2, "SAME")),
        node(prefix + "conv/BiasAdd", "BiasAdd", [at("conv/Conv2D"), at("conv/bias")], data_format=NHWC),
        const(prefix + "norm/gamma", s["norm.weight"]), const(prefix + "norm/beta", s["norm.bias"]),
        const(prefix + "norm/mean", s["norm.running_mean"]), const(prefix + "norm/variance", s["norm.running_var"]),
        node(prefix + "norm/FusedBatchNormV3", "FusedBatchNormV3",
             [at(n) for n in ("conv/BiasAdd", "norm/gamma", "norm/beta", "norm/mean", "norm/variance")], data_format=NHWC),
        node(prefix + "relu", "Relu", [at("norm/FusedBatchNormV3")]),
        const(prefix + "depth/depthwise_kernel", s["depth.weight"].transpose(2, 3, 0, 1)),
        node(prefix + "depth/depthwise", "DepthwiseConv2dNative", [at("relu"), at("depth/depthwise_kernel")], data_format=NHWC),
        const(prefix + "point/kernel", hwio(s["point.weight"]), how=5), const(prefix + "point/bias", s["point.bias"]),
        node(prefix + "point/Conv2D", "Conv2D", [at("depth/depthwise"), at("point/kernel")], data_format=NHWC),
        node(prefix + "point/BiasAdd", "BiasAdd", [at("point/Conv2D"), at("point/bias")]), node(prefix + "point/Relu", "Relu", [at("point/BiasAdd")]),
        node(prefix + "pool", "MaxPool", [at("point/Relu")], data_format=NHWC), const(prefix + "flat/shape", [-1, 48], INT32),
        node(prefix + "flat", "Reshape", [at("pool"), at("flat/shape")]),
        const(prefix + "hidden/kernel", behind_flatten(s["hidden.weight"], 12, 2)), node(prefix + "hidden/MatMul", "MatMul", [at("flat"), at("hidden/kernel")]),
        const(prefix + "hidden/bias", s["hidden.bias"]), node(prefix + "hidden/BiasAdd", "BiasAdd", [at("hidden/MatMul"), at("hidden/bias")]),
        node(prefix + "hidden/Relu", "Relu", [at("hidden/BiasAdd")]),
        node(prefix + "head/MatMul", "MatMul", [at("hidden/Relu"), last], transpose_b=TRUE)]


def tiny():
    inputs = [node("x", "Placeholder", dtype=(6, FLOAT), shape=(7, shape([-1, 4, 4, 3])))]
    head = [const("head/kernel", STATE["head.weight"]), node("head/kernel/read", "Identity", ["head/kernel", "^x"])]
    (OUT / "tiny.pb").write_bytes(graph(inputs + tiny_nodes() + head))
    # The head is an argument of the function, all else is in its body; a second function is the same once more, and nobody calls it.
    body = function("__inference_serve_7", ["x", "head"], tiny_nodes("net/", ":output:0", "head"))
    other = function("__inference_train_9", ["x", "head"], tiny_nodes("net/", ":output:0", "head"))
    call = node("call", "StatefulPartitionedCall", ["x", "head/kernel/read"], f=(10, field(1, "__inference_serve_7")))
    (OUT / "graph-functions.pb").write_bytes(saved_model(graph(inputs + head + [call], [body, other])))
    variables = [node("conv/kernel", "VarHandleOp", shape=(7, shape([3, 3, 3, 8]))), node("read", "ReadVariableOp", ["conv/kernel"]),
                 node("conv/Conv2D", "Conv2D", ["x", "read"])]
    (OUT / "graph-variables.pb").write_bytes(saved_model(graph(inputs + variables)))


def ways():
    """Types, places of numbers, ways to an operation, and what tells how a dense layer's inputs lie."""
    nodes, expected = [node("x", "Placeholder", shape=(7, shape([-1, 6, 6, 2])))], []

    def floats(*sizes):
        return RNG.standard_normal(sizes).astype(np.float32)

    def add(name, stored, canonical, op, image="x", before=(), kind=FLOAT, how="content", count=None, **attributes):
        last = name
        nodes.append(const(name, stored, kind, how, count))
        for i, (passing, inputs) in enumerate(before):
            nodes.append(node(f"{name}/{i}", passing, [last] + inputs))
            last = f"{name}/{i}"
        nodes.append(node(name + "/op", op, [image, last], **attributes))
        expected.append((name, canonical))
        return name + "/op"

    half = floats(2, 2, 2, 3).astype(np.float16)
    add("half", half, half.transpose(3, 2, 0, 1), "Conv2D", kind=HALF, how=13, before=[("Cast", [])])
    bf = (floats(5, 4).view("u4") & 0xffff0000).view("f4")
    add("bfloat16", bf, bf.T, "MatMul", kind=BFLOAT16, how=13)
    double = floats(5, 4)
    add("double", double, double.T, "MatMul", kind=DOUBLE, how=6)
    w = floats(3, 4)
    add("singly", w, w.T, "MatMul", how="singly")
    w = floats(4, 6)
    w.reshape(-1)[20:] = w[3, 2]
    add("tail", w, w.T, "MatMul", how=5, count=21)
    w = floats(3, 2, 5)  # Conv1D of TensorFlow: a kernel of one row
    nodes.append(const("axis", np.int32(0), INT32, how=7))
    add("line", w, w.transpose(2, 1, 0)[:, :, None], "Conv2D", before=[("ExpandDims", ["axis"])])
    w = floats(4, 2, 3, 3)
    nodes.append(const("order", [2, 3, 1, 0], INT32))
    add("turned", w, w, "Conv2D", before=[("Transpose", ["order"])])
    w = floats(36, 3)
    nodes.append(const("sizes", [3, 3, -1, 3], INT32))
    add("reshaped", w, w.reshape(3, 3, 4, 3).transpose(3, 2, 0, 1), "Conv2D", before=[("Reshape", ["sizes"])])
    w = floats(2, 2, 5, 3)  # of a transposed convolution: height, width, outputs, inputs
    nodes.append(const("up/sizes", [1, 4, 4, 5], INT32))
    add("up", w, w.transpose(3, 2, 0, 1), "Conv2DBackpropInput", image="up/sizes")
    w = floats(3, 3, 2, 2)  # two outputs for each channel
    add("multiplied", w, w.transpose(2, 3, 0, 1).reshape(4, 1, 3, 3), "DepthwiseConv2dNative")
    w = floats(2, 2, 2, 3, 4)
    add("cube", w, w.transpose(4, 3, 0, 1, 2), "Conv3D")
    w = floats(4, 6)
    add("adjoint", w, w, "BatchMatMulV2", adj_y=TRUE)
    left = floats(5, 7)
    nodes += [const("left", left), node("left/op", "MatMul", ["left", "x"])]
    expected.append(("left", left))
    left = floats(5, 7)
    nodes += [const("left_turned", left), node("left_turned/op", "MatMul", ["left_turned", "x"], transpose_a=TRUE)]
    expected.append(("left_turned", left.T))

    nodes.append(const("flat/sizes", [1, -1], INT32))

    def dense(name, image, channels, side, turned=False):
        nodes.append(node(name + "/flat", "Reshape", [image, "flat/sizes"]))
        canonical = floats(3, channels * side * side)
        stored = behind_flatten(canonical, channels, side)
        add(name, stored.T if turned else stored, canonical, "MatMul", name + "/flat", **({"transpose_b": TRUE} if turned else {}))
    dense("behind_input", "x", 2, 6)
    k = floats(1, 1, 2, 3)
    a = add("branch_a", k, k.transpose(3, 2, 0, 1), "Conv2D")
    k = floats(1, 1, 2, 5)
    b = add("branch_b", k, k.transpose(3, 2, 0, 1), "Conv2D")
    nodes += [const("joined/axis", np.int32(3), INT32, how=7), node("joined", "ConcatV2", [a, b, "joined/axis"])]
    dense("behind_both", "joined", 8, 6, turned=True)
    k = floats(1, 1, 2, 4)
    c = add("first", k, k.transpose(3, 2, 0, 1), "Conv2D", data_format=NCHW)
    nodes.append(node("channels_first/flat", "Reshape", [c, "flat/sizes"]))
    w = floats(16, 3)
    add("channels_first", w, w.T, "MatMul", "channels_first/flat")
    w = floats(8, 4)  # after a reduction there are no positions left
    nodes.append(node("mean", "Mean", ["joined", "flat/sizes"]))
    add("behind_mean", w, w.T, "MatMul", "mean")
    quantised = RNG.integers(0, 256, (4, 5))
    nodes += [const("quantised", quantised, QUINT8), node("quantised/full", "Dequantize", ["quantised", "low", "high"]),
              node("quantised/op", "MatMul", ["x", "quantised/full"])]
    (OUT / "graph-ways.pb").write_bytes(graph(nodes[::-1]))
    order = [n for n, _ in expected]
    expect("graph-ways", sorted(expected, key=lambda row: -order.index(row[0])))


tiny()
ways()
