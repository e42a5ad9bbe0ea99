"""Writes the containers of src/test/resources/models with Python's own tarfile, gzip and zipfile, and Info-ZIP for the encrypted one.

Needs nothing but Python 3 and `zip`. The models inside are those that make_models.py wrote. Run in this folder: the same bytes come out.
"""

import gzip
import io
import pathlib
import subprocess
import tarfile
import tempfile
import zipfile

MODELS = pathlib.Path(__file__).parent.parent / "resources" / "models"


def model(name):
    return (MODELS / name).read_bytes()


def tar(files, form):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        folder = tarfile.TarInfo("weights")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        link = tarfile.TarInfo("weights/latest")
        link.type = tarfile.SYMTYPE
        link.linkname = "/etc/passwd"
        archive.addfile(link)
    return out.getvalue()


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def write(name, content):
    (MODELS / name).write_bytes(content)


def encrypted():
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / "secret.safetensors").write_bytes(model("tiny-half.safetensors")[:600])
        subprocess.run(["zip", "-q", "-X", "-P", "pass", "out.zip", "secret.safetensors"], cwd=folder, check=True)
        return (pathlib.Path(folder) / "out.zip").read_bytes()


half = model("tiny-half.safetensors")
readme = b"# A model\n\nSaid to be good.\n"
prefix = "weights/" + "a" * 60 + "/" + "b" * 60 + "/model.safetensors"
long = "weights/" + "n" * 180 + ".safetensors"

write("ustar.tar", tar({"README.md": readme, prefix: half}, tarfile.USTAR_FORMAT))
write("gnu.tar", tar({"README.md": readme, long: half}, tarfile.GNU_FORMAT))
write("pax.tar.gz", gzip.compress(tar({"README.md": readme, long: half}, tarfile.PAX_FORMAT), mtime=0))
write("tiny.safetensors.gz", gzip.compress(model("tiny.safetensors"), mtime=0))
write("members.gz", gzip.compress(half[:5000], mtime=0) + gzip.compress(half[5000:], mtime=0) + bytes(512))
write("model-in.zip", zipped({"README.md": readme, "weights/model.safetensors": half}))
inner = gzip.compress(tar({"model.onnx": model("tiny.onnx")}, tarfile.GNU_FORMAT), mtime=0)
write("deep.zip", zipped({"inner.tar.gz": inner}, zipfile.ZIP_STORED))
if not (MODELS / "encrypted.zip").exists():  # has a time and random bytes in it
    write("encrypted.zip", encrypted())
