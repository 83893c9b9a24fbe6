package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.id.Id;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Ids are strings. */
final class IdForm {
    private IdForm() {}

    static final class Writer extends StdSerializer<Id> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Id.class);
        }

        @Override
        public void serialize(Id id, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(id.value());
        }
    }

    static final class Reader extends StdDeserializer<Id> {
        private static final long serialVersionUID = 1L;

        private final transient Constructor<? extends Id> constructor;

        Reader(Class<? extends Id> type) {
            super(type);
            try {
                constructor = type.getConstructor(String.class);
            } catch (NoSuchMethodException e) {
                throw new IllegalArgumentException(type + " has no constructor of a string", e);
            }
        }

        @Override
        public Id deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return constructor.newInstance(TextForm.read(in));
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof InvalidInput invalid) {
                    throw new BadValue(in, invalid.fields().get(0).problem());
                }
                throw new IllegalStateException(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
