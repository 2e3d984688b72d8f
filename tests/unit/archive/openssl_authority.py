"""A timestamp authority that is OpenSSL's, for months that have a timestamp."""

import shutil
import subprocess

OPENSSL = shutil.which("openssl")
CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
"""


def run(folder, *arguments):
    subprocess.run([OPENSSL, *arguments], cwd=folder, check=True, capture_output=True, timeout=60)


def stamp_over(folder, data):
    """The authority's answer over these bytes; its root lies in root.pem."""
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    (folder / "eku").write_text(
        "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"
    )
    (folder / "data").write_bytes(data)
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    root = ("-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-days", "3650")
    run(folder, "req", "-x509", *key, *root)
    run(folder, "req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time")
    by = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650")
    run(folder, "x509", "-req", "-in", "tsa.csr", *by, "-extfile", "eku", "-out", "tsa.pem")
    run(folder, "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query")
    own = ("-config", "tsa.cnf", "-signer", "tsa.pem", "-inkey", "tsa.key")
    run(folder, "ts", "-reply", "-queryfile", "query", *own, "-out", "reply")
    return (folder / "reply").read_bytes()


def holds(folder, answer, data):
    """OpenSSL's own word, by the command that certificates name."""
    (folder / "timestamp.tsr").write_bytes(answer)
    (folder / "checkpoint").write_bytes(data)
    named = ("-in", "timestamp.tsr", "-data", "checkpoint", "-CAfile", "root.pem")
    run(folder, "ts", "-verify", *named)
    return True
