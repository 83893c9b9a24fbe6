package dev.pilot.core.system;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Collects all that is wrong with a request, so that the caller hears of it at once. */
public final class InputCheck {
    static final String TOO_DEEP = "may be nested " + Limits.JSON_DEPTH + " levels deep at most";

    private final List<FieldError> problems = new ArrayList<>();

    /**
     * A name or title: 1 to {@link Limits#NAME} characters, not blank.
     *
     * @param field the field's path
     * @param value the field
     */
    public void name(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            problem(field, "must not be blank");
        } else {
            text(field, value, Limits.NAME);
        }
    }

    /**
     * A text of limited length.
     *
     * @param field the field's path
     * @param value the field; absent is fine
     * @param longest how many characters it may have
     */
    public void text(String field, @Nullable String value, int longest) {
        if (value != null && value.length() > longest) {
            problem(field, "may have " + longest + " characters at most, but has " + value.length());
        }
        if (value != null && value.indexOf('\0') >= 0) {
            problem(field, "must not hold the character NUL");
        }
    }

    /**
     * A number within bounds.
     *
     * @param field the field's path
     * @param value the field
     * @param least the least that is fine
     * @param most the most that is fine
     */
    public void range(String field, long value, long least, long most) {
        if (value < least || value > most) {
            problem(field, "must be from " + least + " to " + most + ", but is " + value);
        }
    }

    /**
     * A free-form object of limited size.
     *
     * @param field the field's path
     * @param value the field; absent is fine
     */
    public void json(String field, Json.@Nullable Obj value) {
        if (value == null || value.members().isEmpty()) {
            return;
        }
        if (isTooDeep(value)) {
            problem(field, TOO_DEEP);
        } else if (value.toString().length() > Limits.JSON) {
            problem(field, "may have " + Limits.JSON + " characters of JSON at most");
        }
    }

    /** Asked before anything walks it to its end: it would overflow the stack, or could be stored and not be sent. */
    static boolean isTooDeep(Json json) {
        return isDeeper(json, Limits.JSON_DEPTH);
    }

    private static boolean isDeeper(Json json, int levels) {
        if (json instanceof Json.Obj obj) {
            return levels == 0 || obj.members().values().stream().anyMatch(inner -> isDeeper(inner, levels - 1));
        } else if (json instanceof Json.Arr arr) {
            return levels == 0 || arr.items().stream().anyMatch(inner -> isDeeper(inner, levels - 1));
        }
        return false;
    }

    /**
     * A list of limited texts.
     *
     * @param field the field's path
     * @param values the field; absent is fine
     * @param most how many there may be
     * @param longest how many characters each may have
     */
    public void texts(String field, @Nullable List<String> values, int most, int longest) {
        if (values == null) {
            return;
        }
        if (values.size() > most) {
            problem(field, "may have " + most + " entries at most, but has " + values.size());
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            String path = field + "[" + i + "]";
            if (values.get(i).isBlank()) {
                problem(path, "must not be blank");
            }
            text(path, values.get(i), longest);
        }
    }

    /**
     * The value of an edit, if it sets one.
     *
     * @param <T> the field's type
     * @param field the field's path
     * @param edit the edit
     * @param check the check of its value
     */
    public <T> void edit(String field, Edit<T> edit, BiConsumer<String, T> check) {
        T value = edit.value();
        if (value != null) {
            check.accept(field, value);
        }
    }

    /**
     * A field that can't be cleared.
     *
     * @param field the field's path
     * @param edit the edit
     */
    public void notCleared(String field, Edit<?> edit) {
        if (edit.kind() == Edit.Kind.CLEAR) {
            problem(field, "can't be cleared");
        }
    }

    /**
     * Something else that is wrong.
     *
     * @param field the field's path
     * @param problem what is wrong and what would be right
     */
    public void problem(String field, String problem) {
        problems.add(new FieldError(field, problem));
    }

    /**
     * Whether nothing was found so far.
     *
     * @return true if all is well
     */
    public boolean isFine() {
        return problems.isEmpty();
    }

    /**
     * Ends the check.
     *
     * @throws InvalidInput if anything was wrong; it names it all
     */
    public void done() {
        if (!problems.isEmpty()) {
            throw new InvalidInput("invalid", problems);
        }
    }

    /**
     * A list without repetition, in its order.
     *
     * @param <T> what is listed
     * @param values the list
     * @return the first of each
     */
    public static <T> List<T> distinct(List<T> values) {
        return List.copyOf(new LinkedHashSet<>(values));
    }
}
