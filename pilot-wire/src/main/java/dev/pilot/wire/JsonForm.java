package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.pilot.api.value.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link Json} is itself: members keep their order and numbers their text. */
final class JsonForm {
    /** Beyond this, arithmetic with a number costs more memory than its text lets expect. */
    private static final int MAX_EXPONENT = 9_999;

    private JsonForm() {}

    static final class Writer extends StdSerializer<Json> {
        private static final long serialVersionUID = 1L;

        Writer() {
            super(Json.class);
        }

        @Override
        public void serialize(Json json, JsonGenerator out, SerializerProvider provider) throws IOException {
            write(json, out);
        }

        private static void write(Json json, JsonGenerator out) throws IOException {
            switch (json.kind()) {
                case NULL -> out.writeNull();
                case BOOL -> out.writeBoolean(((Json.Bool) json).value());
                case NUM -> out.writeNumber(((Json.Num) json).text());
                case STR -> out.writeString(((Json.Str) json).value());
                case ARR -> {
                    out.writeStartArray();
                    for (Json item : ((Json.Arr) json).items()) {
                        write(item, out);
                    }
                    out.writeEndArray();
                }
                case OBJ -> {
                    out.writeStartObject();
                    for (Map.Entry<String, Json> member :
                            ((Json.Obj) json).members().entrySet()) {
                        out.writeFieldName(member.getKey());
                        write(member.getValue(), out);
                    }
                    out.writeEndObject();
                }
            }
        }
    }

    static final class Reader extends StdDeserializer<Json> {
        private static final long serialVersionUID = 1L;

        private final transient Class<? extends Json> type;

        Reader(Class<? extends Json> type) {
            super(type);
            this.type = type;
        }

        @Override
        public Json deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Json json = read(in);
            if (!type.isInstance(json)) {
                throw new BadValue(in, "must be an object");
            }
            return json;
        }

        @Override
        public @Nullable Json getNullValue(DeserializationContext context) {
            return type == Json.class ? Json.NULL : null;
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        private static Json read(JsonParser in) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_NULL -> Json.NULL;
                case VALUE_TRUE -> new Json.Bool(true);
                case VALUE_FALSE -> new Json.Bool(false);
                case VALUE_STRING -> new Json.Str(TextForm.read(in));
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(in);
                case START_ARRAY -> array(in);
                case START_OBJECT -> object(in);
                default -> throw new BadValue(in, "must be JSON");
            };
        }

        private static Json number(JsonParser in) throws IOException {
            String text = in.getText();
            int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
            if (exponent >= 0) {
                String digits = text.substring(exponent + 1);
                try {
                    if (Math.abs(Integer.parseInt(digits)) > MAX_EXPONENT) {
                        throw new BadValue(in, "must have an exponent within " + MAX_EXPONENT);
                    }
                } catch (NumberFormatException e) {
                    throw new BadValue(in, "must have an exponent within " + MAX_EXPONENT);
                }
            }
            return new Json.Num(text);
        }

        private static Json array(JsonParser in) throws IOException {
            List<Json> items = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                try {
                    items.add(read(in));
                } catch (IOException e) {
                    throw JsonMappingException.wrapWithPath(e, items, items.size());
                }
            }
            return new Json.Arr(items);
        }

        private static Json object(JsonParser in) throws IOException {
            Map<String, Json> members = new LinkedHashMap<>();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                TextForm.check(in, name);
                try {
                    in.nextToken();
                    members.put(name, read(in));
                } catch (IOException e) {
                    throw JsonMappingException.wrapWithPath(e, members, name);
                }
            }
            return members.isEmpty() ? Json.Obj.EMPTY : new Json.Obj(members);
        }
    }
}
