"""A few routes, each as odd as something a real one might do."""

import os

from chalice import Chalice, Response

app = Chalice(app_name="small")


@app.route("/hello/{name}")
def hello(name):
    """A greeting from the environment, to whom the path names."""
    query = app.current_request.query_params or {}
    return {"said": f"{os.environ['GREETING']} {name}", "again": query.get("again")}


@app.route("/echo", methods=["POST"], content_types=["text/plain", "image/png"])
def echo():
    """The body as it came, by its length."""
    return {"bytes": len(app.current_request.raw_body)}


@app.route("/picture")
def picture():
    """Bytes that are no text."""
    return Response(b"\x89PNG\x00", headers={"Content-Type": "image/png"})


@app.route("/broken")
def broken():
    """No answer at all: this ends the process."""
    os._exit(3)
