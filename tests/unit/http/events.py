"""Requests as API Gateway hands them over, ready made: name what matters, leave the rest."""


def an_event(path="/v1/things", method="GET", **changes):
    """A request to a route, whose parameters come in `pathParameters`."""
    return {
        "requestContext": {"httpMethod": method, "resourcePath": path},
        "pathParameters": None,
        "headers": {"Content-Type": "application/json"},
        "multiValueQueryStringParameters": None,
        "stageVariables": None,
        "body": None,
        "isBase64Encoded": False,
        **changes,
    }
