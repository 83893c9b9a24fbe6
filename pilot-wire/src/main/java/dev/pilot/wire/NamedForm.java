package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.value.Named;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Enums are their wire names. */
final class NamedForm {
    private NamedForm() {}

    static Reader reader(Class<?> type) {
        Map<String, Named> names = new LinkedHashMap<>();
        for (Object constant : type.getEnumConstants()) {
            Named named = (Named) constant;
            names.put(named.wire(), named);
        }
        return new Reader(type, names);
    }

    static final class Writer extends StdSerializer<Named> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Named.class);
        }

        @Override
        public void serialize(Named named, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(named.wire());
        }
    }

    static final class Reader extends StdDeserializer<Named> {
        private static final long serialVersionUID = 1L;

        private final transient Map<String, Named> names;

        private Reader(Class<?> type, Map<String, Named> names) {
            super(type);
            this.names = names;
        }

        @Override
        public Named deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Named named = names.get(TextForm.read(in));
            if (named == null) {
                throw new BadValue(in, "must be one of " + String.join(", ", names.keySet()));
            }
            return named;
        }
    }
}
