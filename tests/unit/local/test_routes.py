"""A request finds the route API Gateway would find."""

import pytest

from local.routes import BadDescriptionError, Routes

URI = (
    "arn:aws:apigateway:eu-west-2:lambda:path/2015-03-31/functions/"
    "arn:aws:lambda:eu-west-2:123456789012:function:{}/invocations"
)
PREFLIGHT = {
    "x-amazon-apigateway-integration": {
        "type": "mock",
        "responses": {
            "default": {
                "statusCode": "200",
                "responseParameters": {
                    "method.response.header.Access-Control-Allow-Origin": "'https://a.example'"
                },
            }
        },
    }
}


def served_by(function):
    return {"x-amazon-apigateway-integration": {"type": "aws_proxy", "uri": URI.format(function)}}


def the_routes():
    return Routes(
        {
            "x-amazon-apigateway-binary-media-types": ["image/png"],
            "paths": {
                "/": {"get": served_by("home")},
                "/posts/{post_id}": {"get": served_by("one"), "options": PREFLIGHT},
                "/posts/new": {"get": served_by("new"), "post": served_by("new")},
                "/files/{path+}": {"x-amazon-apigateway-any-method": served_by("files")},
                "/files/list": {"get": served_by("list")},
            },
        }
    )


@pytest.mark.parametrize(
    ("method", "path", "function", "parameters"),
    [
        ("GET", "/", "home", {}),
        ("GET", "/posts/01J", "one", {"post_id": "01J"}),
        ("GET", "/posts/new", "new", {}),
        ("GET", "/posts/a%2Fb", "one", {"post_id": "a/b"}),
        ("GET", "/posts/caf%C3%A9", "one", {"post_id": "café"}),
        ("GET", "/files/list", "list", {}),
        ("PUT", "/files/a/b/c", "files", {"path": "a/b/c"}),
    ],
)
def test_the_closest_route_wins(method, path, function, parameters):
    found = the_routes().find(method, path)

    assert found is not None
    assert (found.operation.function, found.parameters) == (function, parameters)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nowhere"),
        ("POST", "/"),
        ("HEAD", "/"),
        ("GET", "/posts"),
        ("GET", "/posts/"),
        ("GET", "/posts/a/b"),
    ],
)
def test_what_is_not_described_is_not_found(method, path):
    assert the_routes().find(method, path) is None


def test_a_preflight_has_its_headers_without_the_quotes():
    found = the_routes().find("OPTIONS", "/posts/01J")

    assert found is not None
    assert found.operation.headers == {"Access-Control-Allow-Origin": "https://a.example"}


def test_an_operation_nobody_serves_is_refused():
    with pytest.raises(BadDescriptionError, match="/odd"):
        Routes({"paths": {"/odd": {"get": {}}}})
