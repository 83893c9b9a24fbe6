package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/** Strings are strings, and nothing else is one; what a database or UTF-8 could not hold is refused. */
final class TextForm {
    private TextForm() {}

    static String read(JsonParser in) throws IOException {
        if (!in.hasToken(JsonToken.VALUE_STRING)) {
            throw new BadValue(in, "must be a string");
        }
        return check(in, in.getText());
    }

    static String check(JsonParser in, String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new BadValue(in, "must not hold the character U+0000");
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new BadValue(in, "must not hold half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    static final class Reader extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1L;

        Reader() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return read(in);
        }
    }

    /** Reads the names of a map's entries. */
    static final class KeyReader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return check(context.getParser(), key);
        }
    }
}
