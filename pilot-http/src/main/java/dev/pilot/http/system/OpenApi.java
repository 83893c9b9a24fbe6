package dev.pilot.http.system;

import dev.pilot.api.value.Json;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Parameter;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.run.LeaseHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The OpenAPI 3.1 document, made of the table of routes and the records' own components. Threads may share it. */
final class OpenApi {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final List<Route<?, ?>> routes;
    private volatile Json.@Nullable Obj made;

    OpenApi(List<Route<?, ?>> routes) {
        this.routes = routes;
    }

    /** Made when it is first asked for: a server that is never asked starts sooner. */
    Json.Obj document() {
        Json.Obj document = made;
        if (document == null) {
            document = make();
            made = document;
        }
        return document;
    }

    private Json.Obj make() {
        Schemas schemas = new Schemas();
        Json error = schemas.of(ErrorBody.class);
        Map<String, Json.Obj> paths = new LinkedHashMap<>();
        for (Route<?, ?> route : routes) {
            Json.Obj path = paths.getOrDefault(route.template(), Json.object());
            paths.put(route.template(), path.with(route.method().toLowerCase(Locale.ROOT), operation(route, schemas)));
        }
        return Json.object(
                "openapi", "3.1.0",
                "info", Json.object("title", "Pilot", "version", "1", "description", "The hub over HTTP."),
                "security", List.of(Json.object("token", List.of())),
                "paths", paths,
                "components",
                        Json.object(
                                "securitySchemes",
                                Json.object("token", Json.object("type", "http", "scheme", "bearer")),
                                "responses",
                                Json.object(
                                        "Problem",
                                        Json.object(
                                                "description",
                                                "What went wrong (RFC 9457).",
                                                "content",
                                                content(ErrorBody.MEDIA_TYPE, error))),
                                "schemas",
                                schemas.all()));
    }

    private static Json.Obj operation(Route<?, ?> route, Schemas schemas) {
        Json.Obj operation = Json.object(
                "operationId", id(route), "summary", route.summary(), "tags", List.of(tag(route.template())));
        List<Json> parameters = parameters(route, schemas);
        if (!parameters.isEmpty()) {
            operation = operation.with("parameters", parameters);
        }
        if (route.accepts() != Media.NONE) {
            operation = operation.with("requestBody", request(route, schemas));
        }
        if (route.isOpen()) {
            operation = operation.with("security", List.of());
        }
        return operation.with("responses", responses(route, schemas));
    }

    private static List<Json> parameters(Route<?, ?> route, Schemas schemas) {
        List<Json> parameters = new ArrayList<>();
        Matcher variables = VARIABLE.matcher(route.template());
        while (variables.find()) {
            parameters.add(parameter(variables.group(1), "path", true, schemas.of(String.class), "Which one."));
        }
        for (Parameter parameter : route.parameters()) {
            parameters.add(parameter(
                    parameter.name(),
                    "query",
                    parameter.required(),
                    schemas.of(parameter.type()),
                    parameter.description()));
        }
        if (route.template().startsWith("/api/runs/{id}/") && route.method().equals("POST")) {
            parameters.add(parameter(
                    LeaseHeader.NAME,
                    "header",
                    false,
                    schemas.of(String.class),
                    "A worker's hold on the run: <attempt>;<workerId>."));
        }
        return parameters;
    }

    private static Json parameter(String name, String in, boolean required, Json schema, String description) {
        return Json.object("name", name, "in", in, "required", required, "description", description, "schema", schema);
    }

    private static Json request(Route<?, ?> route, Schemas schemas) {
        Json schema = schemas.of(route.request().type());
        Json.Obj content = switch (route.accepts()) {
            case MERGE_PATCH ->
                content("application/merge-patch+json", schema).merge(content("application/json", schema));
            case EVENTS ->
                content("application/json", schema)
                        .merge(content("application/x-ndjson", Json.object("type", "string")));
            case BYTES -> content("application/octet-stream", Json.object());
            case NONE, JSON, OPTIONAL_JSON, EVENT_STREAM, WEB_SOCKET -> content("application/json", schema);
        };
        return Json.object("required", route.accepts() != Media.OPTIONAL_JSON, "content", content);
    }

    private static Json responses(Route<?, ?> route, Schemas schemas) {
        Json.Obj answer = Json.object("description", description(route));
        answer = switch (route.answers()) {
            case NONE, WEB_SOCKET -> answer;
            case BYTES -> answer.with("content", content("application/octet-stream", Json.object()));
            case EVENT_STREAM ->
                answer.with(
                        "content",
                        content("text/event-stream", schemas.of(route.answer().type())));
            case JSON, OPTIONAL_JSON, MERGE_PATCH, EVENTS ->
                answer.with(
                        "content",
                        content("application/json", schemas.of(route.answer().type())));
        };
        Json.Obj responses = Json.object(Integer.toString(route.status()), answer);
        if (route.status() == 201) {
            responses = responses.with("200", answer.with("description", "It was there already."));
        }
        return responses.with("default", Json.object("$ref", "#/components/responses/Problem"));
    }

    private static String description(Route<?, ?> route) {
        return switch (route.status()) {
            case 101 -> "A WebSocket; each text frame is an Event.";
            case 201 -> "It is created.";
            default -> "It is done.";
        };
    }

    private static Json.Obj content(String media, Json schema) {
        return Json.object(media, Json.object("schema", schema));
    }

    private static String tag(String template) {
        String[] parts = template.split("/");
        return parts.length > 2 && parts[1].equals("api") ? parts[2] : "system";
    }

    private static String id(Route<?, ?> route) {
        StringBuilder id = new StringBuilder(route.method().toLowerCase(Locale.ROOT));
        for (String part : route.template().split("\\W+")) {
            if (!part.isEmpty() && !part.equals("api")) {
                id.append(Character.toUpperCase(part.charAt(0))).append(part.substring(1));
            }
        }
        return id.toString();
    }
}
