"""Decoding what the engine sends: protobuf structs with its marks for unknown and secret values."""

from google.protobuf.struct_pb2 import Struct
from google.protobuf.struct_pb2 import Value as ProtobufValue
from pulumi.runtime import proto

from mwaa_guardrails.reading.marks import SECRET, SIGNATURE, read_text
from mwaa_guardrails.reading.resource import Opaque, Resource, Value


def decode_properties(struct: Struct) -> dict[str, Value]:
    """Return a resource's properties; secrets are not decoded."""
    return {key: _decode(value) for key, value in struct.fields.items()}


def decode_registration(message: proto.AnalyzeRequest) -> Resource:
    """Return a resource that the engine registers: its inputs are all there is of it."""
    return Resource(
        urn=message.urn,
        type=message.type,
        name=message.name,
        inputs=decode_properties(message.properties),
        provider=message.provider.urn,
    )


def decode_resource(message: proto.AnalyzerResource, registered: Resource | None) -> Resource:
    """Return a resource of the stack, with the inputs that it was registered with."""
    return Resource(
        urn=message.urn,
        type=message.type,
        name=message.name,
        inputs={} if registered is None else registered.inputs,
        outputs=decode_properties(message.properties),
        dependencies=tuple(message.dependencies),
        property_dependencies={key: tuple(each.urns) for key, each in message.propertyDependencies.items()},
        provider=message.provider.urn,
        registered=registered is not None,
    )


def _decode(value: ProtobufValue) -> Value:
    match value.WhichOneof("kind"):
        case "bool_value":
            return value.bool_value
        case "number_value":
            return value.number_value
        case "string_value":
            return read_text(value.string_value)
        case "list_value":
            return tuple(_decode(item) for item in value.list_value.values)
        case "struct_value":
            return _decode_struct(value.struct_value)
        case _:
            return None


def _decode_struct(struct: Struct) -> Value:
    signature = struct.fields.get(SIGNATURE)
    if signature is not None and signature.string_value == SECRET:
        return Opaque.SECRET
    return decode_properties(struct)
