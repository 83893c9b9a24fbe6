package dev.pilot.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one JSON form of the api's records. Ids are strings, enums their wire names, times RFC 3339 in UTC with microseconds,
 * durations ISO 8601 (or a number of milliseconds, when read), bytes base64; what is null is left out; {@link Json} stays as it
 * was written; an {@link dev.pilot.api.value.Edit} is absent, null or a value.
 *
 * <p>Whatever is wrong with a text that is read becomes one {@link InvalidInput} that names the fields at fault by their paths;
 * {@code body} is the whole. Threads may share it.
 */
public final class WireCodec {
    /** How deep objects and arrays may lie in one another. */
    public static final int MAX_DEPTH = 64;

    private static final ObjectWriter WRITER = WireMapper.STRICT.writer();
    private static final Map<Type, ObjectReader> STRICT = new ConcurrentHashMap<>();
    private static final Map<Type, ObjectReader> LENIENT = new ConcurrentHashMap<>();

    private WireCodec() {}

    /**
     * Writes a value as UTF-8.
     *
     * @param value an api or wire record, a {@link Json}, or a list or map of such
     * @return compact JSON
     */
    public static byte[] write(Object value) {
        // By way of a string: a lone surrogate, as from a text cut in two, then becomes '?' instead of a failure.
        return writeText(value).getBytes(UTF_8);
    }

    /**
     * Writes a value as text.
     *
     * @param value an api or wire record, a {@link Json}, or a list or map of such
     * @return compact JSON
     * @throws IllegalArgumentException if it is of a type that has no JSON form
     */
    public static String writeText(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "no JSON form for " + value.getClass().getName(), e);
        }
    }

    /**
     * Reads what a caller sent: a field that the type doesn't have is an error.
     *
     * @param <T> the type
     * @param json UTF-8
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything is wrong with it
     */
    public static <T> T read(byte[] json, Class<T> type) {
        return read(decode(json), WireType.of(type));
    }

    /**
     * Reads what a caller sent: a field that the type doesn't have is an error.
     *
     * @param <T> the type
     * @param json UTF-8
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything is wrong with it
     */
    public static <T> T read(byte[] json, WireType<T> type) {
        return read(decode(json), type);
    }

    /**
     * Reads what a caller sent: a field that the type doesn't have is an error.
     *
     * @param <T> the type
     * @param json the text
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything is wrong with it
     */
    public static <T> T read(String json, Class<T> type) {
        return read(json, WireType.of(type));
    }

    /**
     * Reads what a caller sent: a field that the type doesn't have is an error.
     *
     * @param <T> the type
     * @param json the text
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything is wrong with it
     */
    public static <T> T read(String json, WireType<T> type) {
        return read(json, STRICT.computeIfAbsent(type.type(), WireMapper.STRICT::reader));
    }

    /**
     * Reads what Pilot wrote, maybe a newer one: fields that the type doesn't have are skipped.
     *
     * @param <T> the type
     * @param json UTF-8
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything else is wrong with it
     */
    public static <T> T readLenient(byte[] json, Class<T> type) {
        return readLenient(decode(json), WireType.of(type));
    }

    /**
     * Reads what Pilot wrote, maybe a newer one: fields that the type doesn't have are skipped.
     *
     * @param <T> the type
     * @param json UTF-8
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything else is wrong with it
     */
    public static <T> T readLenient(byte[] json, WireType<T> type) {
        return readLenient(decode(json), type);
    }

    /**
     * Reads what Pilot wrote, maybe a newer one: fields that the type doesn't have are skipped.
     *
     * @param <T> the type
     * @param json the text
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything else is wrong with it
     */
    public static <T> T readLenient(String json, Class<T> type) {
        return readLenient(json, WireType.of(type));
    }

    /**
     * Reads what Pilot wrote, maybe a newer one: fields that the type doesn't have are skipped.
     *
     * @param <T> the type
     * @param json the text
     * @param type the type
     * @return the value, never null
     * @throws InvalidInput if anything else is wrong with it
     */
    public static <T> T readLenient(String json, WireType<T> type) {
        return read(json, LENIENT.computeIfAbsent(type.type(), WireMapper.LENIENT::reader));
    }

    /**
     * Reads any JSON text.
     *
     * @param json the text
     * @return the value
     * @throws InvalidInput if it isn't JSON
     */
    public static Json parse(String json) {
        return read(json, Json.class);
    }

    /**
     * Turns a record into a JSON value.
     *
     * @param value an api or wire record, or a list or map of such
     * @return what {@link #writeText} writes, as a value
     */
    public static Json toJson(Object value) {
        return parse(writeText(value));
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the reader was made for the type that the caller named
    private static <T> T read(String json, ObjectReader reader) {
        T value;
        try {
            value = reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw ReadFailure.describe(e, json, reader.isEnabled(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
        }
        if (value == null) {
            throw InvalidInput.of(ReadFailure.WHOLE, "must not be null");
        }
        return value;
    }

    private static String decode(byte[] utf8) {
        String text = new String(utf8, UTF_8);
        // The lenient decoder is several times as fast; it marks what it could not read, and so may an honest text.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
            } catch (CharacterCodingException e) {
                throw InvalidInput.of(ReadFailure.WHOLE, "is not UTF-8");
            }
        }
        return text;
    }
}
