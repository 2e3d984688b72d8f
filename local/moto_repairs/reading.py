"""What is read of AWS when moto starts: each of botocore's files once, and no list of machines.

Everybody who makes a session reads what botocore knows of a service anew: moto itself, boto3 and
PynamoDB, twenty megabytes each time, most of it what AWS's manuals say of every member. And Step
Functions brings EC2 along, whose lists of the machines that can be hired in each region are fifty
more: nothing here ever hires one, nor reads a manual.
"""

from functools import cache
from typing import Any

from botocore.loaders import JSONFileLoader

from local.moto_repairs.attaching import module, replace
from local.worker.descriptions import read_without_manuals

CHANGED = "/s3/"
MACHINES = "ec2/resources/instance_types.json"
OFFERS = "ec2/resources/instance_type_offerings/"


def repair() -> None:
    """Attach all; first, before anything of moto is loaded that reads."""
    _read_descriptions_once()
    _read_no_machines()


def _read_descriptions_once() -> None:
    """Whoever asks for a file gets what the first one got. Only S3's clients change it: they take
    the bucket out of its addresses, which moto would then not find there."""
    stock = JSONFileLoader.load_file
    kept = cache(stock)
    of_all = JSONFileLoader()

    def load_file(self: JSONFileLoader, path: str) -> Any:
        return stock(self, path) if CHANGED in path else kept(of_all, path)

    replace(JSONFileLoader, "load_file", load_file)
    replace(JSONFileLoader, "_load_file", read_without_manuals)


def _read_no_machines() -> None:
    utilities = module("utilities.utils")

    def load_resource(path: str) -> Any:
        if path == MACHINES:
            return {}
        return [] if path.startswith(OFFERS) else stock(path)

    stock = replace(utilities, "load_resource", load_resource)
