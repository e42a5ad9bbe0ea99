#!/usr/bin/env python3
"""Writes the Keras 3 files in ../resources/models, by Keras itself, and what Keras 2 would have written for the same network.

Needs keras 3 (3.15.1 wrote those committed) with torch as its backend, h5py, ml_dtypes, numpy; run make_models.py first: tiny.pt and tiny.json are its.
Keras 2 is not needed: its files are laid out as keras 2.15 does in src/saving/legacy/hdf5_format.py.
Each network is computed by PyTorch too, from the weights that NAME.json expects, and must give the same numbers.
"""
import io, json, os, pathlib, zipfile
os.environ["KERAS_BACKEND"] = "torch"
import h5py, keras, ml_dtypes, numpy as np, torch
from keras import layers as L
from torch.nn import functional as F

OUT = pathlib.Path(__file__).parent.parent / "resources" / "models"
keras.utils.set_random_seed(20261124)


def kind(w):
    return "DENSE" if w.ndim == 2 else "DEPTHWISE" if w.shape[1] == 1 and w.shape[0] > 1 else "CONVOLUTION"


def expect(name, layers):
    rows = [[n, kind(w), w.shape[0], w.shape[1], int(np.prod(w.shape[2:])), [float(v) for v in np.float32(w).ravel()]] for n, w in layers]
    (OUT / (name + ".json")).write_text("[\n" + ",\n".join(json.dumps(r) for r in rows) + "\n]\n")


def same(model, network, shape):
    x = np.random.default_rng(1).standard_normal((2, *shape)).astype(np.float32)
    ours = network(torch.from_numpy(x).permute(0, 3, 1, 2)).detach().numpy()
    np.testing.assert_allclose(keras.ops.convert_to_numpy(model(x, training=False)), ours, rtol=1e-4, atol=1e-5)


def hwio(w):
    return w.transpose(2, 3, 1, 0)


def depthwise(w):
    return w.transpose(2, 3, 0, 1)


def behind_flatten(w, channels, side):
    return w.reshape(len(w), channels, side, side).transpose(2, 3, 1, 0).reshape(-1, len(w))


def deflate(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)


def tiny():
    s = {k: v.numpy() for k, v in torch.load(OUT / "tiny.pt").items()}
    model = keras.Sequential([
        L.Input((4, 4, 3)), L.Conv2D(8, 3, padding="same", name="conv"), L.BatchNormalization(epsilon=1e-5, name="norm"), L.ReLU(),
        L.DepthwiseConv2D(3, padding="same", use_bias=False, name="depth"), L.Conv2D(12, 1, activation="relu", name="point"), L.MaxPooling2D(2),
        L.Flatten(), L.Dropout(0.5), L.Dense(64, activation="relu", name="hidden"), L.Dense(10, name="head")])
    weights = {"conv": [hwio(s["conv.weight"]), s["conv.bias"]], "depth": [depthwise(s["depth.weight"])],
               "norm": [s["norm.weight"], s["norm.bias"], s["norm.running_mean"], s["norm.running_var"]],
               "point": [hwio(s["point.weight"]), s["point.bias"]], "head": [s["head.weight"].T, s["head.bias"]],
               "hidden": [behind_flatten(s["hidden.weight"], 12, 2), s["hidden.bias"]]}
    model.compile("adam", "mse", metrics=["mae"])
    model.train_on_batch(np.ones((1, 4, 4, 3)), np.ones((1, 10)))  # so that the optimizer has weights to be saved
    for name, values in weights.items():
        model.get_layer(name).set_weights(values)
    t = {k: torch.from_numpy(v) for k, v in s.items()}

    def network(x):
        x = F.conv2d(x, t["conv.weight"], t["conv.bias"], padding=1)
        x = F.relu(F.batch_norm(x, t["norm.running_mean"], t["norm.running_var"], t["norm.weight"], t["norm.bias"]))
        x = F.relu(F.conv2d(F.conv2d(x, t["depth.weight"], padding=1, groups=8), t["point.weight"], t["point.bias"]))
        x = F.relu(F.linear(F.max_pool2d(x, 2).flatten(1), t["hidden.weight"], t["hidden.bias"]))
        return F.linear(x, t["head.weight"], t["head.bias"])
    same(model, network, (4, 4, 3))
    model.save(OUT / "tiny.keras")
    bare = keras.models.clone_model(model)
    bare.set_weights(model.get_weights())
    bare.save_weights(OUT / "tiny-3.weights.h5")
    bare.save(OUT / "tiny-3.h5")
    deflate(OUT / "tiny.keras", OUT / "tiny-deflated.keras")


def nested():
    rng = np.random.default_rng(8)

    def w(*shape):
        return rng.standard_normal(shape).astype(np.float32)
    p = {"stem/conv": w(6, 3, 3, 3), "stem/depth": w(6, 1, 3, 3), "stem/sep.0": w(12, 1, 3, 3), "stem/sep.1": w(8, 12, 1, 1), "gate": w(7, 8),
         "body/up": w(8, 5, 2, 2), "body/skip": w(5, 8, 1, 1), "classifier/conv": w(12, 20), "classifier/mix": w(9, 12), "rows": w(3, 5), "wide": w(2, 48),
         "head": w(4, 18)}
    stem = keras.Sequential([L.Input((4, 4, 3)), L.Conv2D(6, 3, padding="same", use_bias=False, name="conv"), L.BatchNormalization(name="norm"), L.ReLU(name="relu"),
                             L.DepthwiseConv2D(3, padding="same", use_bias=False, name="depth"),
                             L.SeparableConv2D(8, 3, padding="same", depth_multiplier=2, use_bias=False, name="sep")], name="stem")
    i = L.Input((4, 4, 8), name="features")
    up = L.MaxPooling2D(2, name="down")(L.Conv2DTranspose(5, 2, strides=2, use_bias=False, name="up")(i))
    added = L.Add(name="sum")([up, L.Conv2D(5, 1, use_bias=False, name="skip")(i)])
    body = keras.Model(i, L.MaxPooling2D(2, name="pool")(L.Dropout(0.1, name="drop")(L.Activation("relu", name="act")(added))), name="body")
    classifier = keras.Sequential([L.Input((2, 2, 5)), L.Flatten(name="flat"), L.Dropout(0.1, name="drop"), L.Dense(12, use_bias=False, activation="relu", name="conv"),
                                   L.Dense(9, use_bias=False, name="mix")], name="classifier")
    image = L.Input((4, 4, 3), name="image")
    x = stem(image)
    gate = L.Dense(7, use_bias=False, name="gate")(L.GlobalAveragePooling2D(name="mean")(x))
    y = body(x)
    rows = L.Dense(3, use_bias=False, name="rows")(y)
    wide = L.Dense(2, use_bias=False, name="wide")(L.Flatten(name="pixels")(image))
    joined = L.Concatenate(name="join")([classifier(y), gate, wide])
    flat = L.Flatten(name="flat")(rows)
    p["last"] = w(4, 12)
    out = L.Add(name="both")([L.Dense(4, use_bias=False, name="head")(joined), L.Dense(4, use_bias=False, name="last")(flat)])
    model = keras.Model(image, out, name="nested")
    stored = {"stem/conv": [hwio(p["stem/conv"])], "stem/depth": [depthwise(p["stem/depth"])],
              "stem/sep": [p["stem/sep.0"].reshape(6, 2, 3, 3).transpose(2, 3, 0, 1), hwio(p["stem/sep.1"])], "gate": [p["gate"].T],
              "body/up": [p["body/up"].transpose(2, 3, 1, 0)], "body/skip": [hwio(p["body/skip"])], "rows": [p["rows"].T],
              "classifier/conv": [behind_flatten(p["classifier/conv"], 5, 2)], "classifier/mix": [p["classifier/mix"].T],
              "wide": [behind_flatten(p["wide"], 3, 4)], "last": [behind_flatten(p["last"], 3, 2)], "head": [p["head"].T]}
    order = []
    for layer in model.layers:
        for inner in layer.layers if hasattr(layer, "layers") else [layer]:
            path = inner.name if inner is layer else layer.name + "/" + inner.name
            if path in stored:
                inner.set_weights(stored[path])
                order += [path + ".0", path + ".1"] if path == "stem/sep" else [path]
    t = {k: torch.from_numpy(v) for k, v in p.items()}

    def network(image):
        x = F.relu(F.conv2d(image, t["stem/conv"], padding=1) / (1 + 1e-3) ** 0.5)
        x = F.conv2d(x, t["stem/depth"], padding=1, groups=6)
        x = F.conv2d(F.conv2d(x, t["stem/sep.0"], padding=1, groups=6), t["stem/sep.1"])
        gate = F.linear(x.mean((2, 3)), t["gate"])
        y = F.max_pool2d(F.relu(F.max_pool2d(F.conv_transpose2d(x, t["body/up"], stride=2), 2) + F.conv2d(x, t["body/skip"])), 2)
        c = F.linear(F.relu(F.linear(y.flatten(1), t["classifier/conv"])), t["classifier/mix"])
        rows = F.conv2d(y, t["rows"][:, :, None, None]).flatten(1)
        return F.linear(torch.cat([c, gate, F.linear(image.flatten(1), t["wide"])], 1), t["head"]) + F.linear(rows, t["last"])
    same(model, network, (4, 4, 3))
    model.save(OUT / "nested.keras")
    model.save(OUT / "nested-3.h5")
    expect("nested", [(path, p[path]) for path in order])
    keras2(model, OUT / "nested-2.h5")


def keras2_config(model):
    """The JSON of Keras 2: nodes are lists of [layer, node, tensor, arguments], inputs have a batch_input_shape."""
    old = json.loads(model.to_json())

    def names(node):
        if isinstance(node, dict):
            return [node["config"]["keras_history"] + [{}]] if node.get("class_name") == "__keras_tensor__" else [n for v in node.values() for n in names(v)]
        return [n for v in node for n in names(v)] if isinstance(node, list) else []

    def layer(new):
        config = dict(new["config"])
        if "layers" in config:
            config["layers"] = [layer(inner) for inner in config["layers"]]
        if "batch_shape" in config:
            config["batch_input_shape"] = config.pop("batch_shape")
        for ends in ("input_layers", "output_layers"):
            if ends in config:
                config[ends] = [config[ends]]
        result = {"class_name": new["class_name"], "config": config}
        if "inbound_nodes" in new:
            result["name"] = config["name"]
            result["inbound_nodes"] = [names(node["args"]) for node in new["inbound_nodes"]]
        return result
    return layer(old)


def keras2(model, path):
    with h5py.File(path, "w") as f:
        f.attrs["keras_version"], f.attrs["backend"] = b"2.15.0", b"tensorflow"
        f.attrs["model_config"] = json.dumps(keras2_config(model)).encode()
        g = f.create_group("model_weights")
        g.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        g.attrs["keras_version"], g.attrs["backend"] = b"2.15.0", b"tensorflow"
        for layer in sorted(model.layers, key=lambda l: l.name):
            h = g.create_group(layer.name)
            weights = []
            for inner in layer.layers if hasattr(layer, "layers") else [layer]:
                for v in inner.weights:
                    name = "depthwise_kernel" if isinstance(inner, L.DepthwiseConv2D) and v.name == "kernel" else v.name
                    weights.append((v.trainable, inner.name + "/" + name + ":0", keras.ops.convert_to_numpy(v)))
            weights.sort(key=lambda row: not row[0])
            h.attrs["weight_names"] = [name.encode() for _, name, _ in weights]
            for _, name, value in weights:
                h.create_dataset(name, data=value)


def types():
    """Half precision, what is no layer, and bfloat16 as Keras stores it (two bytes of no type) and as HDF5 2 describes it."""
    keras.config.set_dtype_policy("bfloat16")
    model = keras.Sequential([L.Input((6,)), L.Dense(5, name="bf")])
    model.save(OUT / "bfloat16.keras")
    bf = model.get_layer("bf").kernel.value.detach().float().numpy()
    keras.config.set_dtype_policy("float16")
    half = L.Conv1D(4, 3, name="half")
    keras.config.set_dtype_policy("float32")
    model = keras.Sequential([L.Input((6,)), L.Embedding(9, 3, name="table"), half, L.LSTM(2, name="memory"), L.Dense(5, name="last")], name="types")
    model.save(OUT / "types.keras")
    memory = model.get_layer("memory").get_weights()
    expect("types", [("half/vars/0", half.kernel.value.detach().numpy().transpose(2, 1, 0)), ("memory/cell/vars/0", memory[0].T),
                     ("memory/cell/vars/1", memory[1].T), ("last/vars/0", model.get_layer("last").get_weights()[0].T)])
    with h5py.File(OUT / "bfloat16.weights.h5", "w") as f:
        f.create_group("vars")
        kind = h5py.h5t.IEEE_F32LE.copy()
        kind.set_fields(15, 7, 8, 0, 7)
        kind.set_size(2)
        kind.set_ebias(127)
        group = f.create_group("layers/dense/vars")
        data = h5py.h5d.create(group.id, b"0", kind, h5py.h5s.create_simple(bf.shape))
        data.write(h5py.h5s.ALL, h5py.h5s.ALL, bf.astype(ml_dtypes.bfloat16).view("u2"), mtype=kind)
        assert np.array_equal(group["0"][:].astype("f4"), bf)
    expect("bfloat16", [("dense/vars/0", bf.T)])
    with h5py.File(OUT / "loop.weights.h5", "w") as f:
        f.create_group("vars")
        g = f.create_group("layers/dense")
        g.create_group("vars").create_dataset("0", data=np.ones((3, 4), np.float32))
        g["layers"] = f["layers"]
        g["again"] = g
    with h5py.File(OUT / "deep.weights.h5", "w") as f:
        f.create_group("vars")
        f.create_group("/".join(["layers", "m"] * 80) + "/vars").create_dataset("0", data=np.ones((3, 4), np.float32))
    with h5py.File(OUT / "linked.weights.h5", "w") as f:
        f.create_group("vars")
        f.create_group("layers/dense/vars")["0"] = h5py.ExternalLink("tiny-3.weights.h5", "/layers/dense/vars/0")


class Own(keras.Model):
    def __init__(self):
        super().__init__(name="own")
        self.first = L.Conv2D(4, 3, name="first")
        self.flat = L.Flatten()
        self.last = L.Dense(3, name="last")

    def call(self, x):
        return self.last(self.flat(self.first(x)))


def own():
    """A model of one's own class: its layers are attributes, its configuration tells nothing of them."""
    model = Own()
    model(np.ones((1, 4, 4, 3)))
    first, last = model.first.get_weights()[0], model.last.get_weights()[0]
    model.save(OUT / "own.keras")
    expect("own", [("first/vars/0", first.transpose(3, 2, 0, 1)), ("last/vars/0", last.reshape(2, 2, 4, 3).transpose(3, 2, 0, 1).reshape(3, 16))])


tiny()
nested()
types()
own()
