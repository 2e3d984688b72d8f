"""`infra/questions.yaml` is written, not typed: `python -m tests.architecture.athena`.

It says in Athena's words what the copy of sealed months is: its columns (`columns.py`), the folders
they lie in (every noun that acts have), its views (`views.sql`), each as a named query to run once,
and the fixed questions (`pack.sql`), each as a named query to ask. So they can never tell different
tales.
"""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path

from archive.questions.answer import asked_fixed
from archive.questions.columns import COLUMNS
from archive.questions.pack import Fixed, pack
from archive.questions.views import EVERYTHING, made
from shared.months.lines import FOLLOWERS, REGISTRY
from tests.architecture.house import FUNCTIONS, ROOT, product_modules, tree

WRITTEN = ROOT / "infra" / "questions.yaml"
FIRST_MONTH = "2026-01"
LIMIT_GB = 10
"""A national year of acts is some two gigabytes: whatever reads more asks too much."""

BEGINNING = f"""\
# Written by `python -m tests.architecture.athena`; what is typed here is lost.
AWSTemplateFormatVersion: "2010-09-09"
Description: How Athena finds the copy of sealed months, and how much one question may read.

Parameters:
  Name:
    Type: String
  IndexBucket:
    Type: String
    Description: The bucket with the copy.
  DataKeyArn:
    Type: String

Resources:

  Workgroup:
    # The only way to ask: answers are encrypted, and no question reads more than {LIMIT_GB} GB.
    Type: AWS::Athena::WorkGroup
    Properties:
      Name: !Ref Name
      State: ENABLED
      RecursiveDeleteOption: true
      WorkGroupConfiguration:
        EnforceWorkGroupConfiguration: true
        BytesScannedCutoffPerQuery: {LIMIT_GB * 10**9}
        PublishCloudWatchMetricsEnabled: true
        EngineVersion: {{SelectedEngineVersion: Athena engine version 3}}
        ResultConfiguration:
          OutputLocation: !Sub "s3://${{IndexBucket}}/answers/"
          EncryptionConfiguration: {{EncryptionOption: SSE_KMS, KmsKey: !Ref DataKeyArn}}

  Database:
    Type: AWS::Glue::Database
    Properties:
      CatalogId: !Ref AWS::AccountId
      # A hyphen in the name of a database would have to be quoted in every question.
      DatabaseInput: {{Name: !Join ["_", !Split ["-", !Ref Name]]}}

  Leaves:
    # One row for every leaf. Which folders there are follows from names, so nobody has to tell.
    Type: AWS::Glue::Table
    Properties:
      CatalogId: !Ref AWS::AccountId
      DatabaseName: !Ref Database
      TableInput:
        Name: leaves
        TableType: EXTERNAL_TABLE
        Parameters:
          EXTERNAL: "TRUE"
          classification: parquet
          projection.enabled: "true"
          projection.entity.type: enum
          projection.entity.values: {{entities}}
          projection.month.type: date
          projection.month.format: yyyy-MM
          projection.month.range: {FIRST_MONTH},NOW
          projection.month.interval: "1"
          projection.month.interval.unit: MONTHS
          storage.location.template: !Sub "s3://${{IndexBucket}}/${{!entity}}/month=${{!month}}/"
        PartitionKeys:
          - {{{{Name: entity, Type: string}}}}
          - {{{{Name: month, Type: string}}}}
        StorageDescriptor:
          Location: !Sub "s3://${{IndexBucket}}/"
          InputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat
          OutputFormat: org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat
          SerdeInfo:
            SerializationLibrary: org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe
          Columns:
{{columns}}
"""

VIEW = """
  {resource}:
    Type: AWS::Athena::NamedQuery
    Properties:
      Name: "{number:02} make the view {name}"
      Description: {says}
      Database: !Ref Database
      WorkGroup: !Ref Workgroup
      QueryString: |
        CREATE OR REPLACE VIEW {name} AS
{text}
"""


QUESTION = """
  {resource}:
    Type: AWS::Athena::NamedQuery
    Properties:
      Name: {name}
      Description: {says}
      Database: !Ref Database
      WorkGroup: !Ref Workgroup
      QueryString: |
        -- For a shorter period, put its first moment and the first after it in the place of these.
{text}
"""

EVER = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def template() -> str:
    """The whole file."""
    columns = "\n".join(
        f"            - {{Name: {column.name}, Type: {column.glue}, Comment: {yaml(column.says)}}}"
        for column in COLUMNS
        if column.name != "entity"
    )
    beginning = BEGINNING.replace("{{", "{").replace("}}", "}")
    filled = beginning.replace("{entities}", yaml(",".join(entities())))
    return filled.replace("{columns}", columns) + "".join([*_views(), *_questions()])


def spelt(question: Fixed, since: datetime, until: datetime) -> str:
    """The SQL of a fixed question with what it is given spelled out; Athena binds no names."""
    asked = asked_fixed(question, since, until)
    return re.sub(r"\$([a-z]+)", lambda name: _literal(asked.given[name[1]]), asked.sql)


def _literal(value) -> str:
    return f"TIMESTAMP '{value}'" if isinstance(value, datetime) else str(value)


def _questions():
    for question in pack().values():
        words = question.name.split("_")
        yield QUESTION.format(
            resource=f"Ask{''.join(word.capitalize() for word in words)}",
            name=yaml(" ".join(words)),
            says=yaml(f"{question.asks} {question.source}."),
            text=_indented(spelt(question, *EVER)),
        )


def _indented(text: str) -> str:
    return "\n".join(f"        {line}".rstrip() for line in text.splitlines())


def _views():
    texts = (FUNCTIONS / "archive" / "questions" / "views.sql").read_text(encoding="utf-8")
    for number, (name, text) in enumerate(made(str(EVERYTHING)).items(), 1):
        says = re.search(rf"^-- view {name}: (.+)$", texts, re.MULTILINE)[1]
        yield VIEW.format(
            resource=f"View{name.capitalize()}",
            number=number,
            name=name,
            says=yaml(says),
            text=_indented(text),
        )


def entities() -> list[str]:
    """Every folder that a leaf can stand in: the nouns of what can happen, as lines are sorted."""
    nouns = {kind.partition(".")[0] for path in product_modules() for kind in kinds(path)}
    return sorted((nouns - REGISTRY - FOLLOWERS) | {"registry", "followers"})


def kinds(path: Path):
    """The types of acts that a module names: values of its enumerations, such as post.cleared."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ClassDef) and any("StrEnum" in ast.unparse(b) for b in node.bases):
            values = (each.value for each in node.body if isinstance(each, ast.Assign))
            said = (each.value for each in values if isinstance(each, ast.Constant))
            yield from (each for each in said if re.fullmatch(r"[a-z_]+\.[a-z_]+", str(each)))


def yaml(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


if __name__ == "__main__":
    WRITTEN.write_text(template(), encoding="utf-8")
