package dev.pilot.api.error;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's path, such as {@code name} or {@code gates[0].command}
 * @param problem what is wrong and what would be right
 */
public record FieldError(String field, String problem) {
    @Override
    public String toString() {
        return field + ": " + problem;
    }
}
