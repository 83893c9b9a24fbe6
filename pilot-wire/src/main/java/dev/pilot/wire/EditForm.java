package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.access.Rights;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Edit;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An edit is an absent field, a null or a value, as in a JSON merge patch (RFC 7396). */
final class EditForm {
    private EditForm() {}

    @SuppressWarnings("rawtypes") // Jackson asks by raw class
    static final class Writer extends StdSerializer<Edit> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Edit.class);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Edit edit) {
            return edit.kind() == Edit.Kind.KEEP;
        }

        @Override
        public void serialize(Edit edit, JsonGenerator out, SerializerProvider provider) throws IOException {
            provider.defaultSerializeValue(edit.value(), out);
        }
    }

    static final class Reader extends StdDeserializer<Edit<?>> implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;

        private final transient JavaType content;
        private final transient @Nullable JsonDeserializer<Object> reader;

        Reader(JavaType content, @Nullable JsonDeserializer<Object> reader) {
            super(Edit.class);
            this.content = content;
            this.reader = reader;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            return new Reader(content, context.findContextualValueDeserializer(content, property));
        }

        @Override
        public Edit<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonParser whole = content.hasRawClass(Rights.class) ? rights(in, context) : in;
            return Edit.set(Objects.requireNonNull(reader).deserialize(whole, context));
        }

        /** What is left out has a default, and defaults would give more than there was. */
        private static JsonParser rights(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode rights = context.readTree(in);
            for (RecordComponent part : Rights.class.getRecordComponents()) {
                if (rights.isObject() && !rights.hasNonNull(part.getName())) {
                    throw InvalidInput.of(
                            part.getName(), "must be there: new rights take the place of all the old ones");
                }
            }
            JsonParser again = rights.traverse(in.getCodec());
            again.nextToken();
            return again;
        }

        @Override
        public Edit<?> getNullValue(DeserializationContext context) {
            return Edit.clear();
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
