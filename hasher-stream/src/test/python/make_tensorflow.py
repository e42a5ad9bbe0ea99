#!/usr/bin/env python3
"""Writes the checkpoints of TensorFlow in ../resources/models/tensorflow, from the networks that make_models.py has written.

Needs numpy, h5py, safetensors, snappy, and the jars of org.tensorflow:tensorflow:1.15.0, whose operations write the files (SaveCheckpoint.java).
usage: make_tensorflow.py FOLDER-OF-JARS
"""
import pathlib, struct, subprocess, sys, tempfile
import h5py, numpy as np
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).parent
MODELS = HERE.parent / "resources" / "models"
OUT = MODELS / "tensorflow"
TYPES = {"float32": 1, "float64": 2, "int64": 9}
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"


def dump(tensors):
    """The tensors as SaveCheckpoint.java reads them."""
    data = b""
    for name, value in tensors.items():
        if isinstance(value, bytes):
            kind, shape, raw = 7, (), value
        else:
            kind, shape, raw = TYPES[str(value.dtype)], value.shape, np.ascontiguousarray(value).tobytes()
        key = name.encode()
        data += struct.pack(">H", len(key)) + key + struct.pack(">ii", kind, len(shape))
        data += b"".join(struct.pack(">q", s) for s in shape) + struct.pack(">i", len(raw)) + raw
    return data


def save(jars, prefix, *shards):
    prefix = OUT / prefix
    prefix.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for i, tensors in enumerate(shards):
            files.append(pathlib.Path(folder) / str(i))
            files[-1].write_bytes(dump(tensors))
        subprocess.run(["java", "-cp", str(jars) + "/*", str(HERE / "SaveCheckpoint.java"), str(prefix), *map(str, files)], check=True)


def hwio(w):
    return w.transpose(2, 3, 1, 0)


def keras(s):
    """The keys of a Sequential model that was saved with its optimizer; more than ten layers, so that their order is not that of text."""
    hidden = s["hidden.weight"].reshape(64, 12, 2, 2).transpose(2, 3, 1, 0).reshape(48, 64)
    layers = [(0, "kernel", hwio(s["conv.weight"])), (0, "bias", s["conv.bias"]), (1, "gamma", s["norm.weight"]), (1, "beta", s["norm.bias"]),
              (1, "moving_mean", s["norm.running_mean"]), (1, "moving_variance", s["norm.running_var"]),
              (2, "depthwise_kernel", s["depth.weight"].transpose(2, 3, 0, 1)), (9, "kernel", hwio(s["point.weight"])), (9, "bias", s["point.bias"]),
              (10, "kernel", hidden), (10, "bias", s["hidden.bias"]), (11, "kernel", s["head.weight"].T), (11, "bias", s["head.bias"])]
    tensors = {f"layer_with_weights-{i}/{n}{VALUE}": w for i, n, w in layers}
    for i, n, w in layers:
        for slot in ("m", "v"):
            if i in (0, 11):
                tensors[f"layer_with_weights-{i}/{n}/.OPTIMIZER_SLOT/optimizer/{slot}{VALUE}"] = w * 0.5
    tensors["optimizer/_variables/1" + VALUE] = s["head.weight"].T * 0.25
    tensors["optimizer/iter" + VALUE] = np.array(7, np.int64)
    tensors["save_counter" + VALUE] = np.array(1, np.int64)
    tensors["_CHECKPOINTABLE_OBJECT_GRAPH"] = b"\n\x0c\n\x08\x08\x01\x12\x04root\n\x00"
    return tensors


def first(s):
    """The names of TensorFlow 1; the dense layer's inputs stay as PyTorch has them, as no reader can know of the flattening."""
    layers = {"tiny/conv1/weights": hwio(s["conv.weight"]), "tiny/conv1/biases": s["conv.bias"], "tiny/conv2/depthwise_weights": s["depth.weight"].transpose(2, 3, 0, 1),
              "tiny/conv3/weights": hwio(s["point.weight"]), "tiny/fc1/weights": s["hidden.weight"].T, "tiny/fc2/weights": s["head.weight"].T}
    slots = {n + "/" + slot: w * 0.5 for n, w in layers.items() if "fc2" in n or "conv1" in n for slot in ("Adam", "Adam_1", "ExponentialMovingAverage")}
    return {**layers, **slots, "beta1_power": np.array(0.9, np.float32), "global_step": np.array(7, np.int64)}


def kinds():
    """Every kind of layer of layers.h5, under the keys of a class of its own, and variables that are only numbered."""
    with h5py.File(MODELS / "layers.h5") as f:
        g = f["model_weights"]
        names = {"sep/depthwise_kernel": g["sep/sep/depthwise_kernel:0"], "sep/pointwise_kernel": g["sep/sep/pointwise_kernel:0"],
                 "multi/depthwise_kernel": g["multi/multi/depthwise_kernel:0"], "conv1/kernel": g["conv1/conv1/kernel:0"],
                 "conv3/kernel": g["conv3/conv3/kernel:0"], "trans/kernel": g["trans/trans/kernel:0"], "inner/kernel": g["nested/inner/kernel:0"],
                 "custom/query": g["custom/custom/query:0"], "table/embeddings": g["table/table/embeddings:0"]}
        tensors = {n + VALUE: w[()] for n, w in names.items()}
    rng = np.random.default_rng(12)
    tensors["variables/3" + VALUE] = rng.standard_normal((3, 3, 4, 1)).astype(np.float32)
    tensors["double" + VALUE] = rng.standard_normal((3, 2))
    return tensors


def crc32c_masked(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    crc ^= 0xffffffff
    return ((crc >> 15 | crc << 17) + 0xa282ead8) & 0xffffffff


def varint(value):
    out = b""
    while value > 0x7f:
        out += bytes([value & 0x7f | 0x80])
        value >>= 7
    return out + bytes([value])


def snappy_index(source, target):
    """The same table with its one data block and its index compressed, as LevelDB's default has it; the bytes are Snappy's own."""
    import snappy
    old = source.read_bytes()
    footer, at, places = old[-48:], 0, []
    for _ in range(4):
        value, shift = 0, 0
        while True:
            byte = footer[at]
            at += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                break
        places.append(value)
    # One data block is expected: it begins the file and ends before the meta index.
    data_bytes = places[0] - 5
    data = snappy.compress(old[:data_bytes])
    new = bytearray()

    def block(content, kind):
        place = varint(len(new)) + varint(len(content))
        new.extend(content + bytes([kind]) + struct.pack("<I", crc32c_masked(content + bytes([kind]))))
        return place
    place = block(data, 1)
    meta = block(struct.pack("<II", 0, 1), 0)
    key = b"\xff"
    row = varint(0) + varint(len(key)) + varint(len(place)) + key + place
    index = block(snappy.compress(row + struct.pack("<II", 0, 1)), 1)
    new.extend((meta + index).ljust(40, b"\0") + footer[-8:])
    target.write_bytes(bytes(new))


def main(jars):
    s = {k: v for k, v in load_file(MODELS / "tiny.safetensors").items()}
    save(jars, "variables", keras(s))
    names = list(keras(s))
    save(jars, "sharded/variables", {n: keras(s)[n] for n in names[::2]}, {n: keras(s)[n] for n in names[1::2]})
    save(jars, "first/tiny.ckpt-7", first(s))
    (OUT / "first/checkpoint").write_text('model_checkpoint_path: "tiny.ckpt-7"\nall_model_checkpoint_paths: "/home/me/run/tiny.ckpt-7"\n')
    save(jars, "kinds/variables", kinds())
    snappy_index(OUT / "variables.index", OUT / "snappy.index")


main(sys.argv[1])
