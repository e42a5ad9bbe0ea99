#!/usr/bin/env python3
"""Writes ONNX models with quantised weights, external data, functions and subgraphs to ../resources/models.

Needs onnx (1.16 or later), numpy, torch. usage: make_onnx_models.py. NAME.json beside a file holds the layers expected from it, as make_models.py writes
them; for quantised weights these are what onnx's own reference evaluator computes for DequantizeLinear.
"""
import json, pathlib
import numpy as np, onnx
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
RNG = np.random.default_rng(20261124)


def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def expect(name, layers):
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]]
            for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def value(name):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, None)


def model(name, nodes, initializers, functions=(), **save):
    graph = helper.make_graph(nodes, "g", [value("x"), value("c")], [value("y")], initializers)
    imports = [helper.make_opsetid("", 23), helper.make_opsetid("com.microsoft", 1), helper.make_opsetid("own", 1)]
    onnx.save(helper.make_model(graph, opset_imports=imports, functions=list(functions), ir_version=11), str(OUT / name), **save)


def floats(*shape):
    return RNG.standard_normal(shape).astype(np.float32)


def whole(low, high, *shape):
    return RNG.integers(low, high, shape)


def dequantised(tensor, scale, zero=None, **attributes):
    """What onnx itself makes of a DequantizeLinear."""
    inputs = ["q", "s"] + (["z"] if zero is not None else [])
    tensors = [renamed(tensor, "q"), renamed(scale, "s")] + ([renamed(zero, "z")] if zero is not None else [])
    graph = helper.make_graph([helper.make_node("DequantizeLinear", inputs, ["y"], **attributes)], "g", [], [value("y")], tensors)
    return ReferenceEvaluator(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)], ir_version=11)).run(None, {})[0]


def renamed(tensor, name):
    copy = TensorProto()
    copy.CopyFrom(tensor)
    copy.name = name
    return copy


def quantised():
    nodes, tensors, expected = [], [], []

    def add(name, dtype, values, scale, zero=None, use="Conv", **attributes):
        q = helper.make_tensor(name, dtype, values.shape, values.ravel().tolist())
        s = numpy_helper.from_array(np.float32(scale), name + "_scale")
        z = None if zero is None else helper.make_tensor(name + "_zero", dtype, np.shape(zero), np.ravel(zero).tolist())
        tensors.extend([q, s] + ([z] if z is not None else []))
        nodes.append(helper.make_node("DequantizeLinear", [t.name for t in (q, s, z) if t is not None], [name + "_full"], **attributes))
        nodes.append(helper.make_node(use, ["x", name + "_full"], [name + "_out"], **({"transB": 1} if use == "Gemm" else {})))
        full = dequantised(q, s, z, **attributes)
        expected.append((name, full.T if use == "MatMul" else full))
    add("int8_tensor", TensorProto.INT8, whole(-128, 128, 4, 3, 2, 2), 0.03, np.int8(5))
    add("uint8_channel", TensorProto.UINT8, whole(0, 256, 4, 3, 3, 3), [0.5, 0.25, 2, 0.1], [1, 128, 255, 7], axis=0)
    add("int8_columns", TensorProto.INT8, whole(-128, 128, 6, 5), floats(5), use="MatMul", axis=1)
    add("int8_last", TensorProto.INT8, whole(-128, 128, 6, 5), floats(5), use="MatMul", axis=-1)
    add("int16", TensorProto.INT16, whole(-2 ** 15, 2 ** 15, 3, 7), floats(3), use="Gemm", axis=0)
    add("uint16", TensorProto.UINT16, whole(0, 2 ** 16, 3, 7), 0.001, 30000, use="Gemm")
    add("int32", TensorProto.INT32, whole(-10 ** 6, 10 ** 6, 3, 4), 1e-6, use="Gemm")
    add("int4", TensorProto.INT4, whole(-8, 8, 5, 3), floats(5), [1, -2, 3, 0, -8], use="Gemm", axis=0)
    add("uint4", TensorProto.UINT4, whole(0, 16, 3, 3, 1, 1), 0.5, 9)
    add("float8", TensorProto.FLOAT8E4M3FN, floats(4, 6), floats(4), use="Gemm", axis=0)
    add("float8fnuz", TensorProto.FLOAT8E4M3FNUZ, floats(4, 6), 3, use="Gemm")
    add("blocked", TensorProto.INT8, whole(-128, 128, 4, 8), floats(4, 2), whole(-9, 9, 4, 2), use="Gemm", axis=1, block_size=4)
    add("blocked4", TensorProto.UINT4, whole(0, 16, 8, 3), floats(4, 3), whole(0, 16, 4, 3), use="MatMul", axis=0, block_size=2)
    turned = helper.make_tensor("turned", TensorProto.INT8, (3, 4), whole(-128, 128, 3, 4).ravel().tolist())
    scale = numpy_helper.from_array(floats(4), "turned_scale")
    tensors += [turned, scale]
    nodes += [helper.make_node("DequantizeLinear", ["turned", "turned_scale"], ["turned_full"], axis=1),
              helper.make_node("Transpose", ["turned_full"], ["turned_t"]), helper.make_node("Gemm", ["x", "turned_t"], ["turned_out"])]
    expected.append(("turned", dequantised(turned, scale, axis=1)))
    aware = floats(3, 5)
    tensors += [numpy_helper.from_array(aware, "aware"), numpy_helper.from_array(np.float32(0.1), "aware_scale")]
    nodes += [helper.make_node("QuantizeLinear", ["aware", "aware_scale"], ["aware_q"]),
              helper.make_node("DequantizeLinear", ["aware_q", "aware_scale"], ["aware_full"]),
              helper.make_node("Gemm", ["x", "aware_full"], ["aware_out"], transB=1)]
    expected.append(("aware", aware))
    model("quantised.onnx", nodes, tensors)
    expect("quantised", expected)


def integer_operators():
    nodes, tensors, expected = [], [], []

    def tensor(name, dtype, values):
        tensors.append(helper.make_tensor(name, dtype, np.shape(values), np.ravel(values).tolist()))
        return name

    def node(op, inputs, output, **attributes):
        nodes.append(helper.make_node(op, inputs, [output], **attributes))
    F, I8, U8 = TensorProto.FLOAT, TensorProto.INT8, TensorProto.UINT8
    tensor("s", F, 0.5), tensor("z", U8, 3)

    w, s = whole(-128, 128, 4, 3, 3, 3), floats(4)
    node("QLinearConv", ["x", "s", "z", tensor("qconv", I8, w), tensor("qconv_s", F, s), tensor("qconv_z", I8, [0, 1, 2, 3]), "s", "z"], "o1")
    expected.append(("qconv", np.float32(w - np.arange(4).reshape(4, 1, 1, 1)) * s.reshape(4, 1, 1, 1)))
    w, s = whole(0, 256, 6, 4), floats(4)
    node("QLinearMatMul", ["x", "s", "z", tensor("qmatmul", U8, w), tensor("qmatmul_s", F, s), tensor("qmatmul_z", U8, [9, 8, 7, 6]), "s", "z"], "o2")
    expected.append(("qmatmul", (np.float32(w - np.array([9, 8, 7, 6])) * s).T))
    w, s = whole(0, 256, 5, 6), np.float32(0.02)
    node("QLinearMatMul", [tensor("qleft", U8, w), tensor("qleft_s", F, s), tensor("qleft_z", U8, 100), "x", "s", "z", "s", "z"], "o3")
    expected.append(("qleft", np.float32(w - 100) * s))
    w, s = whole(-128, 128, 5, 7), floats(5)
    node("QGemm", ["x", "s", "z", tensor("qgemm", I8, w), tensor("qgemm_s", F, s), tensor("qgemm_z", I8, [0] * 5)], "o4", domain="com.microsoft", transB=1)
    expected.append(("qgemm", np.float32(w) * s.reshape(5, 1)))

    # As onnxruntime's quantize_dynamic leaves them: the scale comes behind the integer operator.
    nodes.append(helper.make_node("DynamicQuantizeLinear", ["x"], ["x_q", "x_s", "x_z"]))
    w, s = whole(-128, 128, 6, 4), floats(4)
    node("MatMulInteger", ["x_q", tensor("dense", I8, w), "x_z", tensor("dense_z", I8, [1, 2, 3, 4])], "d1")
    node("Cast", ["d1"], "d2", to=F)
    node("Mul", ["x_s", tensor("dense_s", F, s)], "d3")
    node("Mul", ["d2", "d3"], "d4")
    expected.append(("dense", (np.float32(w - np.arange(1, 5)) * s).T))
    w, s = whole(0, 256, 3, 2, 2, 2), np.float32(0.01)
    node("ConvInteger", ["x_q", tensor("conv", U8, w), "x_z", tensor("conv_z", U8, 120)], "c1")
    node("Cast", ["c1"], "c2", to=F)
    node("Mul", [tensor("conv_s", F, s), "x_s"], "c3")
    node("Mul", ["c3", "c2"], "c4")
    expected.append(("conv", np.float32(w - 120) * s))
    w, s = whole(-128, 128, 4, 2, 1, 1), floats(4)
    node("ConvInteger", ["x_q", tensor("pointwise", I8, w), "x_z"], "p1")
    node("Cast", ["p1"], "p2", to=F)
    node("Mul", ["p2", tensor("pointwise_s", F, s.reshape(1, 4, 1, 1))], "p3")
    expected.append(("pointwise", np.float32(w) * s.reshape(4, 1, 1, 1)))
    w, s = whole(-128, 128, 6, 3), floats(3)
    node("DynamicQuantizeMatMul", ["x", tensor("fused", I8, w), tensor("fused_s", F, s), tensor("fused_z", I8, [0, 0, 1])], "o5", domain="com.microsoft")
    expected.append(("fused", (np.float32(w - np.array([0, 0, 1])) * s).T))
    w, s = whole(-128, 128, 6, 3), np.float32(0.04)
    node("MatMulIntegerToFloat", ["x_q", tensor("joined", I8, w), "x_s", tensor("joined_s", F, s), "x_z", tensor("joined_z", I8, 2)], "o6", domain="com.microsoft")
    expected.append(("joined", (np.float32(w - 2) * s).T))
    w = whole(-128, 128, 6, 3)
    node("MatMulInteger", ["x_q", tensor("scaleless", I8, w), "x_z", tensor("scaleless_z", I8, -3)], "y")
    expected.append(("scaleless", np.float32(w + 3).T))
    model("integer-operators.onnx", nodes, tensors)
    expect("integer-operators", expected)


def ways():
    """Weights that are no plain initializers of the main graph."""
    nodes, tensors, expected = [], [], []

    def constant(output, **attribute):
        return helper.make_node("Constant", [], [output], **attribute)
    listed = floats(12)
    nodes += [constant("listed", value_floats=listed.tolist()), constant("sizes", value_ints=[4, 3]),
              helper.make_node("Reshape", ["listed", "sizes"], ["shaped"]), helper.make_node("Gemm", ["x", "shaped"], ["o1"], transB=1)]
    expected.append(("listed", listed.reshape(4, 3)))
    flat, rank4 = floats(24), floats(2, 3, 2, 1)
    tensors += [numpy_helper.from_array(flat, "flat"), numpy_helper.from_array(np.int64([2, -1, 3]), "flat_sizes"),
                numpy_helper.from_array(rank4, "rank4"), helper.make_tensor("rank4_sizes", TensorProto.INT64, [3], [0, 0, -1])]
    nodes += [helper.make_node("Reshape", ["flat", "flat_sizes"], ["flat_shaped"]), helper.make_node("Conv", ["x", "flat_shaped"], ["o2"]),
              helper.make_node("Reshape", ["rank4", "rank4_sizes"], ["rank4_shaped"]),
              helper.make_node("Transpose", ["rank4_shaped"], ["rank4_turned"], perm=[2, 0, 1]), helper.make_node("Conv", ["x", "rank4_turned"], ["o3"])]
    expected += [("flat", flat.reshape(2, 4, 3)), ("rank4", rank4.reshape(2, 3, 2).transpose(2, 0, 1))]
    whole_numbers = whole(-128, 128, 3, 4)
    tensors.append(helper.make_tensor("cast", TensorProto.INT8, (3, 4), whole_numbers.ravel().tolist()))
    nodes += [helper.make_node("Cast", ["cast"], ["cast_full"], to=TensorProto.FLOAT), helper.make_node("Gemm", ["x", "cast_full"], ["o4"], transB=1)]
    expected.append(("cast", np.float32(whole_numbers)))

    # Both branches use the same names, and a weight of the graph around them.
    outer, then, other = floats(2, 5), floats(3, 4), floats(4, 3)
    tensors.append(numpy_helper.from_array(outer, "outer"))

    def branch(weights):
        return helper.make_graph([constant("inner", value=numpy_helper.from_array(weights)), helper.make_node("MatMul", ["x", "inner"], ["b1"]),
                                  helper.make_node("Gemm", ["x", "outer"], ["b2"], transB=1)], "b", [], [value("b2")])
    nodes.append(helper.make_node("If", ["c"], ["o5"], then_branch=branch(then), else_branch=branch(other)))
    expected += [("inner", other.T), ("outer", outer), ("inner..2", then.T)]  # onnx sorts attributes: else_branch comes first

    # A function gets one weight and holds another; it calls a second, which hands a weight back.
    given, held = floats(4, 2), floats(2, 3)
    tensors.append(numpy_helper.from_array(given, "given"))
    imports = [helper.make_opsetid("", 23), helper.make_opsetid("own", 1)]
    turn = helper.make_function("own", "Turn", ["w"], ["t"], [helper.make_node("Transpose", ["w"], ["t"], perm=[1, 0])], imports)
    dense = helper.make_function("own", "Dense", ["v", "w"], ["r"], [
        helper.make_node("Turn", ["w"], ["turned"], domain="own"), helper.make_node("MatMul", ["v", "turned"], ["m"]),
        constant("held", value=numpy_helper.from_array(held)), helper.make_node("MatMul", ["m", "held"], ["r"])], imports)
    nodes += [helper.make_node("Dense", ["x", "given"], ["o6"], domain="own"), helper.make_node("Dense", ["o6", "given"], ["y"], domain="own")]
    expected += [("given", given), ("held", held.T)]
    model("ways.onnx", nodes, tensors, [turn, dense])
    expect("ways", expected)


def blocks():
    """com.microsoft.MatMulNBits, packed here by its documentation; onnx itself does not know the operator."""
    nodes, tensors, expected = [], [], []

    def pack(q, bits):
        if bits == 8:
            return q
        q = np.concatenate([q, np.zeros(q.shape[:-1] + (q.shape[-1] % 2,), np.uint8)], -1)
        return q[..., ::2] | q[..., 1::2] << 4

    for name, bits, k, zeros in ("plain", 4, 64, None), ("zeros", 4, 64, "packed"), ("odd", 4, 40, "packed"), ("float", 4, 64, "float"), \
            ("eight", 8, 40, "packed"):
        n, block = 3, 16
        count = -(-k // block)
        q = whole(0, 1 << bits, n, count, block).astype(np.uint8)
        scale = (RNG.random((n, count)) / 10 + 0.01).astype(np.float32)
        zero = whole(0, 1 << bits, n, count).astype(np.uint8) if zeros else np.full((n, count), 1 << bits - 1, np.uint8)
        inputs = ["x", name, name + "_scale"] + ([name + "_zero"] if zeros else [])
        tensors += [numpy_helper.from_array(pack(q, bits), name), numpy_helper.from_array(scale.ravel(), inputs[2])]
        if zeros:
            tensors.append(numpy_helper.from_array(zero.astype(np.float32) if zeros == "float" else pack(zero, bits).ravel(), inputs[3]))
        nodes.append(helper.make_node("MatMulNBits", inputs, ["o" + name], domain="com.microsoft", K=k, N=n, bits=bits, block_size=block))
        w = (q.astype(np.float32) - zero[..., None]) * scale[..., None]
        expected.append((name, w.reshape(n, -1)[:, :k]))
    model("blocks.onnx", nodes, tensors)
    expect("blocks", expected)


def products():
    """Dequantisation by Cast, Sub and Mul; the expected weights are what onnx's reference evaluator multiplies with."""
    q, zero, scale, column = whole(-128, 128, 6, 4).astype(np.int8), np.float32(3), floats(4), floats(6, 1)
    tensors = [numpy_helper.from_array(np.asarray(t), n) for t, n in ((q, "q"), (zero, "zero"), (scale, "scale"), (column, "column"), (q, "r"))]
    node = helper.make_node
    nodes = [node("Cast", ["q"], ["c"], to=TensorProto.FLOAT), node("Sub", ["c", "zero"], ["d"]), node("Mul", ["scale", "d"], ["w"]), node("MatMul", ["x", "w"], ["o"]),
             node("Cast", ["r"], ["e"], to=TensorProto.FLOAT), node("Mul", ["e", "column"], ["v"]), node("Gemm", ["o", "v"], ["y"], transB=1)]
    model("products.onnx", nodes, tensors)
    graph = onnx.load(str(OUT / "products.onnx"))
    del graph.graph.output[:]
    graph.graph.output.extend([value("w"), value("v")])
    w, v = ReferenceEvaluator(graph).run(None, {"x": floats(1, 6), "c": floats(1)})
    expect("products", [("q", w.T), ("r", v)])


def external():
    weights = [("first", floats(6, 4)), ("second", floats(4, 2, 3, 3))]
    half = floats(5, 4).astype(np.float16)
    tensors = [numpy_helper.from_array(w, n) for n, w in weights] + [numpy_helper.from_array(half, "half")]
    nodes = [helper.make_node("Gemm", ["x", "first"], ["o1"], transB=1), helper.make_node("Conv", ["x", "second"], ["o2"]),
             helper.make_node("Gemm", ["x", "half"], ["y"], transB=1)]
    (OUT / "external.onnx.data").unlink(missing_ok=True)
    model("external.onnx", nodes, tensors, save_as_external_data=True, all_tensors_to_one_file=True, location="external.onnx.data", size_threshold=0)
    expect("external", weights + [("half", half)])


def constants():
    """Weights that operators make of constants; the expected ones are what onnx's reference evaluator multiplies with."""
    node, t = helper.make_node, numpy_helper.from_array
    ints = lambda *values: np.array(values, np.int64)
    given = {
        "a": floats(3, 4), "b": floats(5, 4), "c": floats(4, 9), "d": floats(12, 10), "e": floats(6, 5), "f": floats(6, 5), "g": floats(8, 6), "h": floats(2, 3, 2),
        "row": floats(1, 5), "i": floats(1, 7, 1, 3), "j": floats(20, 3), "k": floats(6, 40), "stack": floats(1, 4, 3),
        "sizes": ints(2, 3, 4), "starts": ints(1, -8), "ends": ints(11, 2 ** 62), "axes": ints(0, 1), "steps": ints(3, 2), "order": ints(2, 0, -1, 1), "order2": ints(39, 0, 7),
        "one": ints(0, 2), "front": ints(0),
    }
    nodes = [
        node("Concat", ["a", "b"], ["w1"], axis=0, name="join"), node("Split", ["c", "sizes"], ["w2", "w3", "w4"], axis=1),
        node("Slice", ["d", "starts", "ends", "axes", "steps"], ["w5"]), node("Neg", ["e"], ["e1"]), node("Add", ["e1", "f"], ["w6"]),
        node("Add", ["f", "row"], ["w7"]), node("Gather", ["g", "order"], ["w8"], axis=0), node("Flatten", ["h"], ["w9"], axis=1), node("Squeeze", ["i", "one"], ["w10"]),
        node("Unsqueeze", ["j", "front"], ["j1"]), node("Squeeze", ["j1", "front"], ["w11"]), node("Gather", ["k", "order2"], ["w12"], axis=1),
        node("Div", ["e", "f"], ["w13"]), node("Identity", ["stack"], ["w14"])]
    names = [f"w{n}" for n in range(1, 15)]
    tensors = [t(v, n) for n, v in given.items()]
    # The two pieces of a weight that is stored once are two layers.
    uses = [node("MatMul", ["x", n], ["o" + n]) for n in names]
    model("constants.onnx", nodes + uses, tensors)
    graph = helper.make_graph(nodes, "g", [], [value(n) for n in names], tensors)
    values = ReferenceEvaluator(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)], ir_version=11)).run(None, {})
    stored = {"w9": "h", "w10": "i", "w11": "j", "w14": "stack"}  # changed in shape only
    expect("constants", [(stored.get(n, n), v.reshape(v.shape[-2:]).T) for n, v in zip(names, values)])


def recurrent():
    """LSTM, GRU and RNN of PyTorch; onnx's reference evaluator must compute what PyTorch does, so that the gates are where they belong."""
    import torch
    torch.manual_seed(5)
    expected, nodes, tensors = [], [], []
    for op, gates, both in ("LSTM", [0, 3, 1, 2], False), ("GRU", [1, 0, 2], True), ("RNN", [0], False):
        net = getattr(torch.nn, op)(3, 4, bidirectional=both)
        state = {k: v.detach().numpy() for k, v in net.state_dict().items()}

        def stacked(*kinds):
            return np.stack([np.concatenate([np.concatenate([state[k + d].reshape(len(gates), 4, -1)[g] for g in gates]) for k in kinds])
                             for d in (["", "_reverse"] if both else [""])])
        parts = {op + "_w": stacked("weight_ih_l0"), op + "_r": stacked("weight_hh_l0"), op + "_b": stacked("bias_ih_l0", "bias_hh_l0")[..., 0]}
        extra = {"linear_before_reset": 1} if op == "GRU" else {}
        node = helper.make_node(op, ["x", *parts], ["y" + op], hidden_size=4, direction="bidirectional" if both else "forward", **extra)
        here = [numpy_helper.from_array(v, k) for k, v in parts.items()]
        x = floats(5, 1, 3)
        # The reference evaluator does not know two directions: the first is checked.
        forward = helper.make_node(op, ["x", *parts], ["y" + op], hidden_size=4, **extra)
        graph = helper.make_graph([forward], "g", [value("x")], [value("y" + op)], [numpy_helper.from_array(v[:1], k) for k, v in parts.items()])
        got = ReferenceEvaluator(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 22)], ir_version=10)).run(None, {"x": x})[0]
        np.testing.assert_allclose(got[:, 0], net(torch.from_numpy(x))[0].detach().numpy()[..., :4], rtol=1e-4, atol=1e-5)
        nodes, tensors = nodes + [node], tensors + here
        for key, name in ("weight_ih_l0", "_w"), ("weight_hh_l0", "_r"):
            expected += [(op + name + d, state[key + d]) for d in (["", "_reverse"] if both else [""])]
    model("recurrent.onnx", nodes, tensors)
    expect("recurrent", expected)


quantised()
integer_operators()
ways()
external()
blocks()
products()
constants()
recurrent()
