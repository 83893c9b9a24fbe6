package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.value.ItemResult;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An item's result is {@code {"value": …}} or {@code {"error": {…}}}, the error being an {@link ErrorBody}. */
final class ItemResultForm {
    private static final String VALUE = "value";
    private static final String ERROR = "error";

    private ItemResultForm() {}

    @SuppressWarnings("rawtypes") // Jackson asks by raw class
    static final class Writer extends StdSerializer<ItemResult> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(ItemResult.class);
        }

        @Override
        public void serialize(ItemResult result, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            if (result instanceof ItemResult.Done<?> done) {
                provider.defaultSerializeField(VALUE, done.value(), out);
            } else if (result instanceof ItemResult.Refused<?> refused) {
                provider.defaultSerializeField(ERROR, ErrorBody.of(refused.error()), out);
            }
            out.writeEndObject();
        }
    }

    static final class Reader extends StdDeserializer<ItemResult<?>> implements ContextualDeserializer {
        private static final long serialVersionUID = 1L;

        private final transient JavaType content;
        private final transient @Nullable JsonDeserializer<Object> reader;

        Reader(JavaType content, @Nullable JsonDeserializer<Object> reader) {
            super(ItemResult.class);
            this.content = content;
            this.reader = reader;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property)
                throws JsonMappingException {
            return new Reader(content, context.findContextualValueDeserializer(content, property));
        }

        @Override
        public ItemResult<?> deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.isExpectedStartObjectToken()) {
                throw new BadValue(in, "must be an object");
            }
            ItemResult<?> result = null;
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                JsonToken token = in.nextToken();
                boolean known = name.equals(VALUE) || name.equals(ERROR);
                if (!known || token == JsonToken.VALUE_NULL) {
                    in.skipChildren();
                    continue;
                }
                try {
                    result = name.equals(VALUE)
                            ? new ItemResult.Done<>(
                                    Objects.requireNonNull(reader).deserialize(in, context))
                            : new ItemResult.Refused<>(
                                    context.readValue(in, ErrorBody.class).toException());
                } catch (IOException e) {
                    throw JsonMappingException.wrapWithPath(e, this, name);
                }
            }
            if (result == null) {
                throw new BadValue(in, "must have a value or an error");
            }
            return result;
        }
    }
}
