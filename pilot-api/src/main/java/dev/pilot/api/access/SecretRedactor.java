package dev.pilot.api.access;

import dev.pilot.api.value.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes secrets out of whatever is stored or sent: known ones by value, tokens by shape. Threads may share it.
 *
 * <ol>
 *   <li>{@link #redact(String)} answers the same object where there is nothing to redact.
 *   <li>Redacting twice changes nothing more.
 *   <li>A stream finds a secret wherever its chunks are split.
 *   <li>It never throws for any input.
 * </ol>
 */
public interface SecretRedactor {
    /** What stands where a secret stood. */
    String MARK = "[redacted]";

    /**
     * Redacts a text.
     *
     * @param text any text
     * @return the text with {@link #MARK} for each secret; the same object if it had none
     */
    String redact(String text);

    /**
     * Opens a stream for bytes that come in chunks.
     *
     * @param sink takes what is redacted
     * @return the stream; for one thread at a time
     */
    RedactingStream stream(ByteSink sink);

    /**
     * Overwrites each secret in place with asterisks, so that offsets stay what they are.
     *
     * @param bytes UTF-8 text
     * @param from the first byte to look at
     * @param to the byte behind the last
     * @return how many bytes were overwritten
     */
    int mask(byte[] bytes, int from, int to);

    /**
     * Makes a value known, so that it is redacted from now on. Values under 6 characters are ignored: they would redact ordinary
     * words.
     *
     * @param secret the value; it is never shown
     */
    void learn(String secret);

    /**
     * Redacts every string in a JSON value, names of members included.
     *
     * @param json the value
     * @return the value; the same object if it had no secret
     */
    default Json redact(Json json) {
        if (json instanceof Json.Str str) {
            String redacted = redact(str.value());
            return redacted.equals(str.value()) ? str : new Json.Str(redacted);
        } else if (json instanceof Json.Arr arr) {
            return arr.items().isEmpty()
                    ? arr
                    : keep(
                            arr,
                            new Json.Arr(arr.items().stream().map(this::redact).toList()));
        } else if (json instanceof Json.Obj obj) {
            return redact(obj);
        }
        return json;
    }

    /**
     * Redacts every string in a JSON object, names of members included.
     *
     * @param obj the object
     * @return the object; the same one if it had no secret
     */
    default Json.Obj redact(Json.Obj obj) {
        if (obj.members().isEmpty()) {
            return obj;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        obj.members().forEach((name, value) -> members.put(redact(name), redact(value)));
        return keep(obj, new Json.Obj(members));
    }

    private static <T> T keep(T before, T after) {
        return before.equals(after) ? before : after;
    }

    /** Takes redacted bytes. */
    @FunctionalInterface
    interface ByteSink {
        /**
         * Takes some bytes, which are only valid during the call.
         *
         * @param bytes the array
         * @param from the first byte
         * @param length how many
         */
        void accept(byte[] bytes, int from, int length);
    }

    /** Redacts bytes that come in chunks; holds back what may be the beginning of a secret. */
    interface RedactingStream {
        /**
         * Takes a chunk.
         *
         * @param bytes the array
         * @param from the first byte
         * @param length how many
         */
        void write(byte[] bytes, int from, int length);

        /** Passes on what was held back: nothing more will come for a while, or at all. */
        void flush();
    }
}
