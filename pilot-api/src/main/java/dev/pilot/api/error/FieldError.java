package dev.pilot.api.error;

import java.util.regex.Pattern;

/**
 * What is wrong with one field of a request.
 *
 * @param field the field's path, such as {@code name} or {@code gates[0].command}; as callers may have written it, so it is cut if it is
 *     long, and what can't be shown in it is replaced
 * @param problem what is wrong and what would be right
 */
public record FieldError(String field, String problem) {
    private static final int LONGEST = 200;
    private static final Pattern NOT_SHOWN = Pattern.compile("[\\p{Cc}\\p{Cs}]");

    /** Makes the field's name one that can be shown. */
    public FieldError {
        String cut = field.length() <= LONGEST ? field : field.substring(0, LONGEST) + "…";
        field = NOT_SHOWN.matcher(cut).replaceAll("\uFFFD");
    }

    @Override
    public String toString() {
        return field + ": " + problem;
    }
}
