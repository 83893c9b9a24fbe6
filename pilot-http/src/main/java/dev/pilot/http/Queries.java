package dev.pilot.http;

import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.wire.NearMiss;
import dev.pilot.wire.route.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/** The parameters of a query: those that the route knows, each once. */
final class Queries {
    private Queries() {}

    static Map<String, String> of(Request request, List<Parameter> known) {
        String query = request.getHttpURI().getQuery();
        if (query == null || query.isEmpty()) {
            return Map.of();
        }
        Map<String, String> parameters = new HashMap<>();
        List<FieldError> wrong = new ArrayList<>();
        for (Fields.Field field : decode(request)) {
            String name = field.getName();
            if (known.stream().noneMatch(parameter -> parameter.name().equals(name))) {
                wrong.add(new FieldError(name, unknown(name, known)));
            } else if (field.hasMultipleValues()) {
                wrong.add(new FieldError(name, "must be given once"));
            } else {
                parameters.put(name, field.getValue());
            }
        }
        if (!wrong.isEmpty()) {
            throw new InvalidInput("invalid", wrong);
        }
        return parameters;
    }

    private static Fields decode(Request request) {
        try {
            return Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            // Jetty has several exceptions for it; all say that the percent-encoding or its UTF-8 is broken.
            throw InvalidInput.of("query", "is not percent-encoded UTF-8");
        }
    }

    private static String unknown(String name, List<Parameter> known) {
        String near = NearMiss.of(name, known.stream().map(Parameter::name).toList());
        return near == null ? "is no parameter here" : "is no parameter here; did you mean " + near + "?";
    }
}
