#!/usr/bin/env python3
"""Writes the TensorFlow Lite models in ../resources/models/tflite, from the network that make_models.py has written.

Needs numpy and flatbuffers: the buffers are built by its Builder, with the numbers that TensorFlow Lite's schema (version 3) gives to fields.
NAME.json beside some files holds the layers expected from them, as in make_models.py. usage: make_tflite.py
"""
import json, pathlib, struct
import flatbuffers, numpy as np

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "resources" / "models"
OUT = MODELS / "tflite"

FLOAT32, FLOAT16, INT32, UINT8, INT16, INT8, INT4 = 0, 1, 2, 3, 7, 9, 17
CONV, DEPTHWISE, DEQUANTIZE, DENSE, MAX_POOL, RESHAPE, TRANSPOSE, CUSTOM, TRANSPOSE_CONV, DENSIFY = 3, 4, 6, 9, 17, 22, 39, 32, 67, 124


class Model:
    def __init__(self, behind=False):
        self.tensors, self.operators, self.buffers, self.behind = [], [], [b""], behind

    def tensor(self, name, shape, kind=FLOAT32, data=None, scale=None, zero=None, axis=0, sparse=False, details=0, external=0):
        buffer = 0
        if data is not None:
            buffer = len(self.buffers)
            self.buffers.append(data)
        self.tensors.append(dict(name=name, shape=shape, kind=kind, buffer=buffer, scale=scale, zero=zero, axis=axis, sparse=sparse,
                                 details=details, external=external))
        return len(self.tensors) - 1

    def weights(self, name, w):
        w = np.ascontiguousarray(w)
        return self.tensor(name, w.shape, {"float32": FLOAT32, "float16": FLOAT16, "int32": INT32}[str(w.dtype)], w.tobytes())

    def operator(self, code, inputs, output, shuffled=False):
        self.operators.append((code, inputs, [output], shuffled))
        return output

    def save(self, name):
        b = flatbuffers.Builder(1024)

        def offsets(items):
            b.StartVector(4, len(items), 4)
            for item in reversed(items):
                b.PrependUOffsetTRelative(item)
            return b.EndVector()

        def numbers(values, kind):
            return b.CreateNumpyVector(np.array(values, kind))

        def table(size, references={}, int8={}, int32={}, int64={}):
            b.StartObject(size)
            for slot, value in references.items():
                b.PrependUOffsetTRelativeSlot(slot, value, 0)
            for slot, value in int64.items():
                b.PrependUint64Slot(slot, value, 0)
            for slot, value in int32.items():
                b.PrependInt32Slot(slot, value, 0)
            for slot, value in int8.items():
                b.PrependInt8Slot(slot, value, 0)
            return b.EndObject()

        def quantisation(t):
            references = {2: numbers(t["scale"], "<f4")}
            if t["zero"] is not None:
                references[3] = numbers(t["zero"], "<i8")
            if t["details"]:
                references[5] = table(1)
            return table(7, references, {4: t["details"]}, {6: t["axis"]})

        def tensor(t):
            references = {0: numbers(t["shape"], "<i4"), 3: b.CreateString(t["name"])}
            if t["scale"] is not None:
                references[4] = quantisation(t)
            if t["sparse"]:
                references[6] = table(3)
            return table(11, references, {1: t["kind"]}, {2: t["buffer"], 10: t["external"]})

        def operator(o):
            code, inputs, outputs, shuffled = o
            references = {1: numbers(inputs, "<i4"), 2: numbers(outputs, "<i4")}
            if code == DENSE:
                references[4] = table(4, int8={1: int(shuffled)})
            return table(9, references, {3: 8} if code == DENSE else {}, {0: codes.index(code)})

        def buffer(i, data, places):
            if self.behind and data:
                return table(3, int64={1: places[i][0], 2: places[i][1]})
            return table(3, {0: b.CreateByteVector(data)} if data else {})

        codes = sorted({o[0] for o in self.operators})

        def build(places):
            nonlocal b
            b = flatbuffers.Builder(1024)
            rows = offsets([table(4, {1: b.CreateString("ethos-u")} if c == CUSTOM else {}, {0: min(c, 127)}, {2: 1, 3: c}) for c in codes])
            graph = table(5, {0: offsets([tensor(t) for t in self.tensors]), 3: offsets([operator(o) for o in self.operators]), 4: b.CreateString("main")})
            graphs = offsets([graph])
            buffers = offsets([buffer(i, data, places) for i, data in enumerate(self.buffers)])
            b.Finish(table(8, {1: rows, 2: graphs, 4: buffers}, int32={0: 3}), b"TFL3")
            return bytes(b.Output())
        # Places behind the flat buffer are known once its size is; all of them differ from the default, so it does not change.
        first = build([(1 << 40, 1 << 40)] * len(self.buffers))
        places, at = [], len(first)
        for data in self.buffers:
            at += -at % 16
            places.append((at, len(data)))
            at += len(data)
        data = build(places)
        if self.behind:
            assert len(data) == len(first)
            for (at, size), content in zip(places, self.buffers):
                data = data.ljust(at, b"\0") + content
        (OUT / (name + ".tflite")).write_bytes(data)


def tiny():
    raw = (MODELS / "tiny.safetensors").read_bytes()
    length = struct.unpack("<Q", raw[:8])[0]
    header = json.loads(raw[8:8 + length])
    return {n: np.frombuffer(raw[8 + length + t["data_offsets"][0]:8 + length + t["data_offsets"][1]], "<f4").reshape(t["shape"])
            for n, t in header.items() if n != "__metadata__" and t["dtype"] == "F32"}


def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def expect(name, layers):
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]] for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def ohwi(w):
    return w.transpose(0, 2, 3, 1)


def layers(s):
    """Name, operator, weights as TensorFlow Lite lays them, shape of the operator's output."""
    hidden = s["hidden.weight"].reshape(64, 12, 4).transpose(0, 2, 1).reshape(64, 48)
    return [("conv", CONV, ohwi(s["conv.weight"]), (1, 4, 4, 8)), ("depth", DEPTHWISE, s["depth.weight"].transpose(1, 2, 3, 0), (1, 4, 4, 8)),
            ("point", CONV, ohwi(s["point.weight"]), (1, 4, 4, 12)), ("hidden", DENSE, hidden, (1, 64)), ("head", DENSE, s["head.weight"], (1, 10))]


def network(s, name, weights, flatten=True, **options):
    """The network, with the weights that the function weights adds to the model."""
    model = Model(**options)
    x = model.tensor("in", (1, 4, 4, 3))
    for n, code, w, shape in layers(s):
        if n == "hidden":
            x = model.operator(MAX_POOL, [x], model.tensor("pooled", (1, 2, 2, 12)))
            if flatten:
                x = model.operator(RESHAPE, [x, model.weights("shape", np.array([-1, 48], np.int32))], model.tensor("flat", (1, 48)))
        bias = model.weights(n + "/bias", np.zeros(shape[-1], np.float32))
        x = model.operator(code, [x, weights(model, n, w), bias], model.tensor(n + "/out", shape))
    model.save(name)


def half(model, n, w):
    out = model.tensor(n + "/float", w.shape)
    return model.operator(DEQUANTIZE, [model.weights(n, w.astype(np.float16))], out)


def by_channel(results):
    """Eight bits, a scale for each output, as TensorFlow Lite's converter makes them."""
    def weights(model, n, w):
        axis = 3 if n == "depth" else 0
        others = tuple(i for i in range(w.ndim) if i != axis)
        scale = np.float32(np.abs(w).max(axis=others) / 127)
        shape = [-1 if i == axis else 1 for i in range(w.ndim)]
        q = np.clip(np.round(w / scale.reshape(shape)), -127, 127).astype(np.int8)
        results[n] = np.float64(scale).reshape(shape) * q
        return model.tensor(n, w.shape, INT8, q.tobytes(), scale, np.zeros(len(scale), np.int64), axis)
    return weights


def pack4(q):
    flat = list(q.ravel().astype(int) & 15)
    flat += [0] * (len(flat) % 2)
    return bytes(a | b << 4 for a, b in zip(flat[::2], flat[1::2]))


def quantised(s):
    """Every width, with one scale and zero point, with many, and without zero points; numbers that do not fill the last byte."""
    model, rng, expected = Model(), np.random.default_rng(13), []
    x = model.tensor("in", (1, 5))

    def add(name, kind, low, high, scale, zero, write):
        q = rng.integers(low, high, (3, 5), endpoint=True)
        scales = np.float32(scale)
        zeros = np.array([0] if zero is None else zero)
        w = np.float64(scales).reshape(-1, 1) * (q - zeros.reshape(-1, 1))
        expected.append((name, w))
        model.operator(DENSE, [x, model.tensor(name, (3, 5), kind, write(q), scales, zero), -1], model.tensor(name + "/out", (1, 3)))
    add("uint8", UINT8, 0, 255, [0.02], [117], lambda q: q.astype(np.uint8).tobytes())
    add("int8", INT8, -128, 127, [0.5, 0.25, 3], [5, -7, 0], lambda q: q.astype(np.int8).tobytes())
    add("int16", INT16, -32768, 32767, [0.0001], None, lambda q: q.astype("<i2").tobytes())
    add("int4", INT4, -8, 7, [0.1, 0.2, 0.3], [0], pack4)
    model.save("quantised")
    expect("quantised", expected)


def kinds(s):
    """A transposed convolution, a dense layer behind an image that was transposed, one behind the image itself, and shared weights."""
    model, rng = Model(), np.random.default_rng(14)

    def w(*shape):
        return rng.standard_normal(shape).astype(np.float32)
    up, plain, flat, moved = w(6, 2, 3, 4), w(5, 6), w(7, 24), w(7, 24)
    image = model.tensor("in", (1, 2, 2, 4))
    sizes = model.weights("sizes", np.array([1, 2, 2, 6], np.int32))
    image = model.operator(TRANSPOSE_CONV, [sizes, model.weights("up", up), image], model.tensor("image", (1, 2, 2, 6)))
    model.operator(DENSE, [image, model.weights("flat", flat), -1], model.tensor("flat/out", (1, 7)))
    turned = model.operator(TRANSPOSE, [image, sizes], model.tensor("turned", (1, 6, 2, 2)))
    turned = model.operator(RESHAPE, [turned], model.tensor("reshaped", (1, 24)))
    model.operator(DENSE, [turned, model.weights("moved", moved), -1], model.tensor("moved/out", (1, 7)))
    last = model.tensor("vector", (1, 6))
    shared = model.weights("plain", plain)
    model.operator(DENSE, [last, shared, -1], model.tensor("a", (1, 5)))
    model.operator(DENSE, [last, shared, -1], model.tensor("b", (1, 5)))
    model.operator(DENSE, [last, model.tensor("computed", (5, 6)), -1], model.tensor("c", (1, 5)))
    model.save("kinds")
    expect("kinds", [("up", up.transpose(3, 0, 1, 2)), ("flat", flat.reshape(7, 4, 6).transpose(0, 2, 1).reshape(7, 24)), ("moved", moved), ("plain", plain)])


def refused():
    """One reason each."""
    raw = np.ones((4, 4), np.float32)

    def one(name, shuffled=False, densify=False, **tensor):
        model = Model()
        x = model.tensor("in", (1, 4))
        w = model.tensor("w", (4, 4), **{"data": raw.tobytes(), **tensor})
        if densify:
            w = model.operator(DENSIFY, [w], model.tensor("dense", (4, 4)))
        model.operator(DENSE, [x, w, -1], model.tensor("out", (1, 4)), shuffled)
        model.save(name)
    one("sparse", sparse=True)
    one("densified", densify=True)
    one("shuffled", shuffled=True)
    one("external", data=None, external=1)
    one("unscaled", kind=INT8, data=bytes(16))
    one("blockwise", kind=INT8, data=bytes(16), scale=[1], details=2)
    one("complex", kind=8)
    one("scales", kind=INT8, data=bytes(16), scale=[1, 2, 3])
    one("zeros", kind=INT8, data=bytes(16), scale=[1], zero=[1, 2])
    one("short", data=bytes(60))
    model = Model()
    model.operator(CUSTOM, [model.tensor("in", (1, 4)), model.weights("program", np.ones(99, np.int32))], model.tensor("out", (1, 4)))
    model.save("custom")


def main():
    OUT.mkdir(parents=True, exist_ok=True)
    s = tiny()
    network(s, "tiny", lambda model, n, w: model.weights(n, w))
    network(s, "tiny-behind", lambda model, n, w: model.weights(n, w), behind=True)
    network(s, "tiny-image", lambda model, n, w: model.weights(n, w), flatten=False)
    network(s, "tiny-half", half)
    results = {}
    network(s, "tiny-int8", by_channel(results))
    expect("tiny-int8", [("conv", results["conv"].transpose(0, 3, 1, 2)), ("depth", results["depth"].transpose(3, 0, 1, 2)),
                         ("point", results["point"].transpose(0, 3, 1, 2)),
                         ("hidden", results["hidden"].reshape(64, 4, 12).transpose(0, 2, 1).reshape(64, 48)), ("head", results["head"])])
    quantised(s)
    kinds(s)
    refused()


main()
