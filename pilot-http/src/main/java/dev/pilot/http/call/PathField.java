package dev.pilot.http.call;

import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import dev.pilot.wire.WireCodec;

/** A field that the path says already, so that the body need not. */
public final class PathField {
    private PathField() {}

    /**
     * Reads a body and fills in the field.
     *
     * @param <T> the body's type
     * @param body the body; empty for an empty object
     * @param name the field
     * @param value what the path says
     * @param type the body's type
     * @return the body, read strictly
     * @throws InvalidInput if anything is wrong with it, or it says something else than the path
     */
    public static <T> T into(byte[] body, String name, String value, Class<T> type) {
        Json.Obj object = body.length == 0 ? Json.object() : WireCodec.read(body, Json.Obj.class);
        return WireCodec.read(WireCodec.write(filled(object, name, value)), type);
    }

    /**
     * Fills a field in.
     *
     * @param object the object
     * @param name the field
     * @param value what the path says
     * @return the object with the field
     * @throws InvalidInput if it says something else than the path
     */
    public static Json.Obj filled(Json.Obj object, String name, Object value) {
        Json said = object.get(name);
        if (said == null || said.kind() == Json.Kind.NULL) {
            return object.with(name, value);
        } else if (!said.equals(Json.of(value))) {
            throw InvalidInput.of(name, "must be what the path says, or absent");
        }
        return object;
    }
}
