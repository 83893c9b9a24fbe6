package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;

/** One value is wrong, and this says how; Jackson adds the path to it. */
final class BadValue extends JsonMappingException {
    private static final long serialVersionUID = 1L;

    BadValue(JsonParser parser, String problem) {
        super(parser, problem);
    }
}
