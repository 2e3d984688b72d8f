"""The REST API: moto gives it an id, `local.gateway` serves it."""

from typing import Any

from local.resolve import Made
from local.resources.making import Place, Properties, RefusedResourceError, without


def rest_api(place: Place, properties: Properties) -> Made:
    """AWS::ApiGateway::RestApi; its OpenAPI description is what the gateway serves."""
    # Where it is reached, and by which TLS, is decided by the address the gateway listens on.
    without(properties, "EndpointConfiguration", "Parameters", "Tags", "Policy", "Mode")
    without(properties, "DisableExecuteApiEndpoint", "MinimumCompressionSize", "FailOnWarnings")
    body: dict[str, Any] | None = properties.pop("Body", None)
    if body is None:
        raise RefusedResourceError(f"{place.logical_id} has no OpenAPI body to be served from.")
    binary = properties.pop("BinaryMediaTypes", [])
    known = body.setdefault("x-amazon-apigateway-binary-media-types", [])
    known.extend(kind.replace("~1", "/") for kind in binary if kind.replace("~1", "/") not in known)
    made = place.aws.client("apigateway").create_rest_api(
        name=properties.pop("Name", place.name), description=properties.pop("Description", "")
    )
    place.kept.apis[place.logical_id] = body
    return Made(made["id"], {"RestApiId": made["id"], "RootResourceId": made["rootResourceId"]})
