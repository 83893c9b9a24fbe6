package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.value.Named;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Sets are arrays in a fixed order, so that equal records have equal texts. */
final class SetForm {
    private SetForm() {}

    static final class Writer extends StdSerializer<Set<?>> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Set.class, false);
        }

        @Override
        public void serialize(Set<?> set, JsonGenerator out, SerializerProvider provider) throws IOException {
            List<?> sorted =
                    set.stream().sorted(Comparator.comparing(Writer::text)).toList();
            out.writeStartArray();
            for (Object item : sorted) {
                provider.defaultSerializeValue(item, out);
            }
            out.writeEndArray();
        }

        private static String text(Object item) {
            return item instanceof Named named ? named.wire() : item.toString();
        }
    }
}
