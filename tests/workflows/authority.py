"""A timestamp authority outside: OpenSSL's own, with a root that vouches for it."""

import base64
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
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_chain = no
"""
EKU = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\n"


class Authority:
    """A root, and an authority that it vouches for."""

    def __init__(self, folder):
        self.folder = folder
        (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
        (folder / "serial").write_text("01\n")
        (folder / "eku").write_text(EKU)
        key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        root = ("-keyout", "root.key", "-out", "root.pem", "-subj", "/CN=Root", "-days", "3650")
        self.run("req", "-x509", *key, *root)
        self.run("req", *key, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Time")
        signed_by = ("-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "3650")
        self.run("x509", "-req", "-in", "tsa.csr", *signed_by, "-extfile", "eku", "-out", "tsa.pem")
        self.run("x509", "-in", "root.pem", "-outform", "DER", "-out", "root.der")
        self.root = base64.b64encode((folder / "root.der").read_bytes()).decode()

    def run(self, *arguments):
        subprocess.run(
            [OPENSSL, *arguments], cwd=self.folder, check=True, capture_output=True, timeout=60
        )

    def answer(self, query):
        (self.folder / "query").write_bytes(query)
        own = ("-config", "tsa.cnf", "-signer", "tsa.pem", "-inkey", "tsa.key")
        self.run("ts", "-reply", "-queryfile", "query", *own, "-out", "reply")
        return 200, (self.folder / "reply").read_bytes()

    def verify(self, note, token):
        """OpenSSL's own word on what we kept; it fails for anything else."""
        (self.folder / "note").write_bytes(note)
        (self.folder / "token").write_bytes(token)
        self.run("ts", "-verify", "-in", "token", "-data", "note", "-CAfile", "root.pem")
