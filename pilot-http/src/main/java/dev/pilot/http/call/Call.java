package dev.pilot.http.call;

import static java.util.Objects.requireNonNull;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Named;
import dev.pilot.api.value.PageRequest;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.WireText;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request, as a route sees it. For one thread at a time.
 *
 * @param <B> the type of its body
 */
public final class Call<B> {
    private static final byte[] EMPTY_OBJECT = {'{', '}'};

    private final Route<B, ?> route;
    private final @Nullable Admitted admitted;
    private final Visit visit;
    private final Map<String, String> variables;
    private final Map<String, String> query;
    private final Function<String, @Nullable String> headers;
    private final Payload payload;
    private boolean conditional;

    /**
     * What came of the request's body.
     *
     * @param bytes all of it; empty where it is read as a stream
     * @param stream reads it, for bodies that may be longer than memory; empty otherwise
     */
    public record Payload(byte[] bytes, InputStream stream) {
        /** No body. */
        public static final Payload NONE = new Payload(new byte[0], InputStream.nullInputStream());
    }

    /**
     * Makes one.
     *
     * @param route what is called
     * @param admitted who calls; null on an open route
     * @param visit how the request came
     * @param variables the path's variables
     * @param query the query's parameters, all of them known
     * @param headers finds a header
     * @param payload the body
     */
    public Call(
            Route<B, ?> route,
            @Nullable Admitted admitted,
            Visit visit,
            Map<String, String> variables,
            Map<String, String> query,
            Function<String, @Nullable String> headers,
            Payload payload) {
        this.route = route;
        this.admitted = admitted;
        this.visit = visit;
        this.variables = variables;
        this.query = query;
        this.headers = headers;
        this.payload = payload;
    }

    /**
     * The hub as the caller sees it.
     *
     * @return the hub
     */
    public Pilot pilot() {
        return admitted().pilot();
    }

    /**
     * Who calls.
     *
     * @return whoever was let in
     */
    public Admitted admitted() {
        return requireNonNull(admitted, "an open route has no caller");
    }

    /**
     * Looks whether the caller may still go on, before another step of something long; see {@link Admitted#check}. On an open route
     * anybody may.
     *
     * @throws dev.pilot.api.error.PilotException if not
     */
    public void check() {
        if (admitted != null) {
            admitted.check();
        }
    }

    /**
     * How the request came.
     *
     * @return from where, over what and with which credential
     */
    public Visit visit() {
        return visit;
    }

    /**
     * Where the call comes from.
     *
     * @return the client's address, as far as it can be believed
     */
    public String address() {
        return visit.address();
    }

    /**
     * The entity that the path names.
     *
     * @param <I> the id's type
     * @param type makes the id
     * @return the path's {@code {id}}
     * @throws InvalidInput if it is no id
     */
    public <I> I id(Function<String, I> type) {
        return type.apply(requireNonNull(variables.get("id"), "id"));
    }

    /**
     * The body.
     *
     * @return the body, read strictly
     * @throws InvalidInput if anything is wrong with it
     */
    public B body() {
        boolean left = payload.bytes.length == 0 && route.accepts() == Media.OPTIONAL_JSON;
        return WireCodec.read(left ? EMPTY_OBJECT : payload.bytes, route.request());
    }

    /**
     * The body as it came.
     *
     * @return the bytes; an empty array where there are none
     */
    public byte[] bytes() {
        return payload.bytes;
    }

    /**
     * The body of a route that takes more than memory should hold.
     *
     * @return the bytes; reading waits for them
     */
    public InputStream stream() {
        return payload.stream;
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @return its value, or null if it is absent
     */
    public @Nullable String header(String name) {
        return headers.apply(name);
    }

    /**
     * A parameter of the query that is a text.
     *
     * @param name its name
     * @return its value, or null if it is absent
     */
    public @Nullable String text(String name) {
        return query.get(name);
    }

    /**
     * A parameter of the query that is a text and must be there.
     *
     * @param name its name
     * @return its value
     * @throws InvalidInput if it is absent
     */
    public String needed(String name) {
        return InvalidInput.required(query.get(name), name);
    }

    /**
     * A parameter of the query that names an entity.
     *
     * @param <I> the id's type
     * @param name the parameter's name
     * @param type makes the id
     * @return the id, or null if it is absent
     * @throws InvalidInput if it is no id
     */
    public <I> @Nullable I id(String name, Function<String, I> type) {
        String value = query.get(name);
        if (value == null) {
            return null;
        }
        try {
            return type.apply(value);
        } catch (InvalidInput e) {
            throw new InvalidInput(
                    e.code(),
                    e.fields().stream()
                            .map(error -> new FieldError(name, error.problem()))
                            .toList());
        }
    }

    /**
     * A parameter of the query that is one of an enum's names.
     *
     * @param <E> the enum
     * @param name the parameter's name
     * @param type the enum
     * @return the constant, or null if it is absent
     * @throws InvalidInput if no constant has that name
     */
    public <E extends Enum<E> & Named> @Nullable E named(String name, Class<E> type) {
        String value = query.get(name);
        return value == null ? null : Named.parse(type, value, name);
    }

    /**
     * A parameter of the query that is a truth value.
     *
     * @param name its name
     * @return the value, or null if it is absent
     * @throws InvalidInput if it is something else
     */
    public @Nullable Boolean flag(String name) {
        String value = query.get(name);
        if (value == null) {
            return null;
        } else if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        throw InvalidInput.of(name, "must be true or false");
    }

    /**
     * A parameter of the query that is a whole number.
     *
     * @param name its name
     * @param otherwise the value if it is absent
     * @return the value
     * @throws InvalidInput if it is something else or negative
     */
    public long number(String name, long otherwise) {
        String value = query.get(name);
        return value == null ? otherwise : wholeNumber(name, value);
    }

    /**
     * A parameter of the query that is a small whole number.
     *
     * @param name its name
     * @param otherwise the value if it is absent
     * @return the value
     * @throws InvalidInput if it is something else, negative or beyond an {@code int}
     */
    public int smallNumber(String name, int otherwise) {
        long value = number(name, otherwise);
        if (value > Integer.MAX_VALUE) {
            throw InvalidInput.of(name, "must not be beyond " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    /**
     * Which page is asked for.
     *
     * @return the query's {@code limit} and {@code cursor}
     * @throws InvalidInput if the limit is out of range
     */
    public PageRequest page() {
        return new PageRequest(smallNumber("limit", PageRequest.DEFAULT_LIMIT), query.get("cursor"));
    }

    /**
     * The version that the caller read: {@code If-Match} or, if that is absent, what the body says.
     *
     * @param inBody the body's {@code ifUpdatedAt}
     * @return the version, or null for whatever it is
     * @throws InvalidInput if the header is no version, or another than the body's
     */
    public @Nullable Instant ifUpdatedAt(@Nullable Instant inBody) {
        String header = headers.apply("If-Match");
        if (header == null || header.strip().equals("*")) {
            return inBody;
        }
        Instant version = EntityTag.parse(header);
        if (inBody != null && !inBody.equals(version)) {
            throw InvalidInput.of("If-Match", "must be the version that ifUpdatedAt says");
        }
        conditional = true;
        return version;
    }

    /**
     * Whether the caller made the call conditional by a header, so that a stale version fails the precondition.
     *
     * @return true after {@link #ifUpdatedAt} took it from the header
     */
    public boolean isConditional() {
        return conditional;
    }

    /**
     * Reads a whole number.
     *
     * @param name the field to blame
     * @param value its text
     * @return the number
     * @throws InvalidInput if it is something else or negative
     */
    public static long wholeNumber(String name, String value) {
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && Character.isDigit(value.charAt(0))) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notANumber(name);
        }
        throw notANumber(name);
    }

    private static InvalidInput notANumber(String name) {
        return InvalidInput.of(name, "must be a whole number from 0 on");
    }

    /** An entity's version as an entity tag. */
    static final class EntityTag {
        private EntityTag() {}

        static String of(Instant version) {
            return '"' + WireText.of(version) + '"';
        }

        static Instant parse(String header) {
            String tag = header.strip();
            if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
                return WireText.instant(tag.substring(1, tag.length() - 1), "If-Match");
            }
            throw InvalidInput.of("If-Match", "must be one entity tag in quotes, as it came with the entity");
        }
    }
}
