"""Intrinsics mean what CloudFormation says they mean."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.resolve import Made, Resolver
from local.template import (
    CycleError,
    MissingParameterError,
    Template,
    UnknownIntrinsicError,
    UnknownNameError,
)

PSEUDO = {"AWS::Region": "eu-west-2", "AWS::StackName": "small"}
MADE = {"Table": Made("the-table", {"Arn": "arn:the-table", "Outputs.Name": "nested"})}


def a_resolver(parameters=None, made=None, **parts):
    template = Template(
        path=Path("a.yaml"),
        resources={name: {} for name in MADE},
        parameters=parts.get("declared", {"Stage": {"Type": "String", "Default": "test"}}),
        conditions=parts.get("conditions", {}),
        mappings=parts.get("mappings", {}),
        outputs={},
    )
    return Resolver(template, parameters or {}, PSEUDO, (made or MADE).__getitem__)


@pytest.mark.parametrize(
    ("node", "value", "why"),
    [
        ({"Ref": "Stage"}, "test", "a parameter's default"),
        ({"Ref": "AWS::Region"}, "eu-west-2", "a pseudo parameter"),
        ({"Ref": "Table"}, "the-table", "a resource's own name"),
        ({"Fn::GetAtt": ["Table", "Arn"]}, "arn:the-table", "an attribute"),
        ({"Fn::GetAtt": "Table.Outputs.Name"}, "nested", "an attribute with a dot, in one text"),
        ({"Fn::Sub": "${AWS::StackName}-${Stage}"}, "small-test", "names in a text"),
        ({"Fn::Sub": "${Table.Arn}/*"}, "arn:the-table/*", "an attribute in a text"),
        ({"Fn::Sub": "${!Literal}"}, "${Literal}", "an escaped placeholder"),
        ({"Fn::Sub": ["${x}!", {"x": {"Ref": "Stage"}}]}, "test!", "names given beside the text"),
        ({"Fn::Join": ["-", ["a", {"Ref": "Stage"}]]}, "a-test", "a list put together"),
        ({"Fn::Select": [1, ["a", "b"]]}, "b", "one of a list"),
        ({"Fn::Select": ["0", {"Fn::Split": ["-", "a-b"]}]}, "a", "one part of a text"),
        ({"Fn::Equals": [{"Ref": "Stage"}, "test"]}, True, "two values alike"),
        ({"Fn::Not": [{"Fn::Equals": ["a", "a"]}]}, False, "the contrary"),
        ({"Fn::ToJsonString": {"a": {"Ref": "Stage"}}}, '{"a": "test"}', "a value as JSON"),
        ({"a": [{"b": {"Ref": "Stage"}}]}, {"a": [{"b": "test"}]}, "intrinsics deep inside"),
        ({"Condition": {"Bool": {}}}, {"Condition": {"Bool": {}}}, "a policy's own Condition"),
    ],
)
def test_an_intrinsic_gives_its_value(node, value, why):
    assert a_resolver().value(node) == value, why


def test_no_value_leaves_a_property_and_a_list_item_out():
    node = {"kept": 1, "gone": {"Ref": "AWS::NoValue"}, "list": [1, {"Ref": "AWS::NoValue"}]}

    assert a_resolver().value(node) == {"kept": 1, "list": [1]}


def test_if_resolves_only_the_branch_that_holds():
    resolver = a_resolver(conditions={"IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]}})

    chosen = resolver.value({"Fn::If": ["IsTest", "yes", {"Ref": "Nowhere"}]})

    assert chosen == "yes"


def test_conditions_build_on_one_another():
    resolver = a_resolver(
        conditions={
            "IsTest": {"Fn::Equals": [{"Ref": "Stage"}, "test"]},
            "IsBig": {"Fn::Or": [{"Condition": "IsTest"}, {"Fn::Equals": ["a", "b"]}]},
            "IsBoth": {"Fn::And": [{"Condition": "IsTest"}, {"Condition": "IsBig"}]},
        }
    )

    assert resolver.condition("IsBoth") is True


def test_a_condition_that_needs_itself_is_named():
    resolver = a_resolver(conditions={"A": {"Condition": "B"}, "B": {"Condition": "A"}})

    with pytest.raises(CycleError, match="A -> B -> A"):
        resolver.condition("A")


def test_a_mapping_is_looked_up_by_resolved_keys():
    resolver = a_resolver(mappings={"Sizes": {"test": {"Memory": 128}}})

    assert resolver.value({"Fn::FindInMap": ["Sizes", {"Ref": "Stage"}, "Memory"]}) == 128


def test_a_list_parameter_is_split():
    resolver = a_resolver(declared={"Zones": {"Type": "CommaDelimitedList", "Default": "a, b"}})

    assert resolver.ref("Zones") == ["a", "b"]


@pytest.mark.parametrize(
    ("node", "error", "named"),
    [
        ({"Ref": "Nowhere"}, UnknownNameError, "Nowhere"),
        ({"Ref": "AWS::Nothing"}, UnknownNameError, "AWS::Nothing"),
        ({"Fn::GetAtt": ["Nowhere", "Arn"]}, UnknownNameError, "Nowhere.Arn"),
        ({"Fn::GetAtt": ["Table", "Colour"]}, UnknownNameError, "no attribute Colour"),
        ({"Fn::FindInMap": ["No", "such", "map"]}, UnknownNameError, "No"),
        ({"Fn::If": ["Perhaps", 1, 2]}, UnknownNameError, "Perhaps"),
        ({"Fn::Cidr": ["10.0.0.0/8", 1, 8]}, UnknownIntrinsicError, "Fn::Cidr"),
    ],
)
def test_what_cannot_be_resolved_is_named(node, error, named):
    with pytest.raises(error, match=named):
        a_resolver().value(node)


def test_a_parameter_without_a_value_is_asked_for():
    with pytest.raises(MissingParameterError, match="needs the parameter Colour"):
        a_resolver(declared={"Colour": {"Type": "String"}})


def test_a_value_that_is_not_allowed_is_refused():
    declared = {"Stage": {"Type": "String", "AllowedValues": ["test"]}}

    with pytest.raises(UnknownNameError, match="Stage cannot be moon"):
        a_resolver({"Stage": "moon"}, declared=declared)


def test_a_parameter_the_template_does_not_have_is_refused():
    with pytest.raises(UnknownNameError, match="no parameter Stgae"):
        a_resolver({"Stgae": "test"})


@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1))
def test_joining_and_splitting_are_inverse(parts):
    joined = {"Fn::Join": ["-", parts]}

    assert a_resolver().value({"Fn::Split": ["-", joined]}) == parts


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=2), inner),
)


@pytest.mark.thorough
@given(json_values)
def test_what_holds_no_intrinsic_comes_back_as_it_was(value):
    assert a_resolver().value(value) == value
