package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.value.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says in the caller's words what Jackson or a record's constructor found wrong. The text that was read is never quoted. */
final class ReadFailure {
    /** The field that stands for the whole text. */
    static final String WHOLE = "body";

    private ReadFailure() {}

    static InvalidInput describe(JsonProcessingException failure, String text, boolean strict) {
        List<JsonMappingException.Reference> path =
                failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
        if (failure instanceof UnrecognizedPropertyException unknown) {
            return InvalidInput.of(path(path), unknown(unknown));
        } else if (failure instanceof InvalidNullException) {
            return InvalidInput.of(path(path), "must not be null");
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInput invalid) {
                return strict && failure instanceof ValueInstantiationException refused
                        ? refused(refused, invalid, text)
                        : nested(path(path), invalid.code(), invalid.fields());
            } else if (cause instanceof BadValue bad) {
                return InvalidInput.of(path(path), bad.getOriginalMessage());
            } else if (cause instanceof StreamConstraintsException) {
                return InvalidInput.of(path(path), "is too deep, too long or has too long a name or number");
            } else if (cause instanceof InputCoercionException) {
                return InvalidInput.of(path(path), "is out of range");
            } else if (cause instanceof StreamReadException syntax) {
                return InvalidInput.of(path(path), syntax(syntax));
            }
        }
        if (failure instanceof MismatchedInputException mismatch) {
            return InvalidInput.of(path(path), mismatch(mismatch));
        }
        return InvalidInput.of(path(path), "is not valid");
    }

    private static String unknown(UnrecognizedPropertyException unknown) {
        Collection<Object> known = unknown.getKnownPropertyIds();
        return unknown(
                unknown.getPropertyName(),
                known == null ? List.of() : known.stream().map(String::valueOf).toList());
    }

    private static String unknown(String name, List<String> known) {
        String near = NearMiss.of(name, known);
        return near == null ? "is unknown" : "is unknown; did you mean " + near + "?";
    }

    /** A misspelled field is often also one that is missed: both are said, though the record's constructor ran first. */
    private static InvalidInput refused(ValueInstantiationException refused, InvalidInput invalid, String text) {
        @Nullable Json at = WireCodec.parse(text);
        for (JsonMappingException.Reference reference : refused.getPath()) {
            if (at instanceof Json.Obj object && reference.getFieldName() != null) {
                at = object.get(reference.getFieldName());
            } else if (at instanceof Json.Arr array
                    && reference.getIndex() < array.items().size()) {
                at = array.items().get(reference.getIndex());
            }
        }
        List<FieldError> errors = new ArrayList<>();
        Class<?> type = refused.getType() == null ? null : refused.getType().getRawClass();
        if (type != null && type.isRecord() && at instanceof Json.Obj object) {
            List<String> known = Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            object.members().keySet().stream()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> errors.add(new FieldError(name, unknown(name, known))));
        }
        errors.addAll(invalid.fields());
        return nested(path(refused.getPath()), invalid.code(), errors);
    }

    private static InvalidInput nested(String path, String code, List<FieldError> errors) {
        String before = path.equals(WHOLE) ? "" : path + ".";
        return new InvalidInput(
                code,
                errors.stream()
                        .map(error -> new FieldError(before + error.field(), error.problem()))
                        .toList());
    }

    private static String syntax(StreamReadException syntax) {
        String original = syntax.getOriginalMessage();
        if (original.startsWith("Duplicate field")) {
            return "has a name twice" + at(syntax.getLocation());
        }
        return "is not valid JSON" + at(syntax.getLocation());
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String mismatch(MismatchedInputException mismatch) {
        Class<?> type = mismatch.getTargetType();
        String message = mismatch.getOriginalMessage();
        if (message.startsWith("No content")) {
            return "is empty, but must be JSON";
        } else if (message.startsWith("Trailing token")) {
            return "has something behind its end";
        } else if (type == null) {
            return "is not valid";
        } else if (type == boolean.class || type == Boolean.class) {
            return "must be true or false";
        } else if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return "must be a whole number within range";
        } else if (type == byte[].class) {
            return "must be a string of base64";
        } else if (Collection.class.isAssignableFrom(type)) {
            return "must be an array";
        } else if (type.isRecord() || Map.class.isAssignableFrom(type)) {
            return "must be an object";
        }
        return "is not valid";
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.isEmpty() ? WHOLE : path.toString();
    }
}
