package dev.pilot.api.error;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The request is wrong: it names each field at fault. The same request will never work. */
public final class InvalidInput extends PilotException {
    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> fields;

    /**
     * Makes one with a code of its own.
     *
     * @param code the stable code
     * @param fields what is wrong, at least one
     */
    public InvalidInput(String code, List<FieldError> fields) {
        super(ErrorKind.INVALID, code, describe(fields), null);
        this.fields = List.copyOf(fields);
    }

    /**
     * Makes one as it came over the wire, with its message kept.
     *
     * @param code the stable code
     * @param message the message
     * @param fields what is wrong; may be empty
     */
    public InvalidInput(String code, String message, List<FieldError> fields) {
        super(ErrorKind.INVALID, code, message, null);
        this.fields = List.copyOf(fields);
    }

    /**
     * One field is wrong.
     *
     * @param field the field's path
     * @param problem what is wrong and what would be right
     * @return the error, to be thrown
     */
    public static InvalidInput of(String field, String problem) {
        return new InvalidInput("invalid", List.of(new FieldError(field, problem)));
    }

    /**
     * Answers the value, if there is one.
     *
     * @param <T> the value's type
     * @param value the value
     * @param field the field's path
     * @return the value, never null
     * @throws InvalidInput if it is absent
     */
    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw of(field, "is required");
        }
        return value;
    }

    /**
     * The fields at fault.
     *
     * @return one entry per problem
     */
    public List<FieldError> fields() {
        return fields == null ? List.of() : fields;
    }

    private static String describe(List<FieldError> fields) {
        return fields.stream().map(FieldError::toString).collect(Collectors.joining("; "));
    }
}
