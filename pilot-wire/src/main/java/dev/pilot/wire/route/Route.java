package dev.pilot.wire.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.wire.WireType;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One operation of the HTTP surface: what is sent where and what comes back. Immutable; threads may share it.
 *
 * @param <B> the request's body
 * @param <A> the answer's body
 */
public final class Route<B, A> {
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");

    private final String method;
    private final String path;
    private final String summary;
    private final Media accepts;
    private final WireType<B> request;
    private final Media answers;
    private final WireType<A> answer;
    private final int status;
    private final boolean open;
    private final List<Parameter> parameters;

    private Route(
            String method,
            String path,
            String summary,
            Media accepts,
            WireType<B> request,
            Media answers,
            WireType<A> answer,
            int status,
            boolean open,
            List<Parameter> parameters) {
        this.method = method;
        this.path = path;
        this.summary = summary;
        this.accepts = accepts;
        this.request = request;
        this.answers = answers;
        this.answer = answer;
        this.status = status;
        this.open = open;
        this.parameters = List.copyOf(parameters);
    }

    static Route<Void, Void> of(String method, String path, String summary) {
        WireType<Void> nothing = WireType.of(Void.class);
        return new Route<>(method, path, summary, Media.NONE, nothing, Media.NONE, nothing, 204, false, List.of());
    }

    static Route<Void, Void> get(String path, String summary) {
        return of("GET", path, summary);
    }

    static Route<Void, Void> post(String path, String summary) {
        return of("POST", path, summary);
    }

    <C> Route<C, A> takes(Class<C> type) {
        return takes(Media.JSON, type);
    }

    <C> Route<C, A> takes(Media media, Class<C> type) {
        return new Route<>(method, path, summary, media, WireType.of(type), answers, answer, status, open, parameters);
    }

    <C> Route<B, C> answers(Class<C> type) {
        return answers(WireType.of(type));
    }

    <C> Route<B, C> answers(WireType<C> type) {
        return answers(Media.JSON, type, 200);
    }

    <C> Route<B, C> creates(Class<C> type) {
        return answers(Media.JSON, WireType.of(type), 201);
    }

    Route<B, byte[]> answersBytes() {
        return answers(Media.BYTES, WireType.of(byte[].class), 200);
    }

    <C> Route<B, C> streams(Class<C> type) {
        return answers(Media.EVENT_STREAM, WireType.of(type), 200);
    }

    <C> Route<B, C> upgrades(Class<C> type) {
        return answers(Media.WEB_SOCKET, WireType.of(type), 101);
    }

    private <C> Route<B, C> answers(Media media, WireType<C> type, int code) {
        return new Route<>(method, path, summary, accepts, request, media, type, code, open, parameters);
    }

    Route<B, A> opened() {
        return new Route<>(method, path, summary, accepts, request, answers, answer, status, true, parameters);
    }

    Route<B, A> query(String name, Class<?> type, String description) {
        return with(new Parameter(name, type, false, description));
    }

    Route<B, A> needs(String name, Class<?> type, String description) {
        return with(new Parameter(name, type, true, description));
    }

    Route<B, A> paged() {
        return query("limit", Integer.class, "How many items at most, 1 to 500; 50 if absent.")
                .query("cursor", String.class, "The answer's next of the page before.");
    }

    private Route<B, A> with(Parameter parameter) {
        List<Parameter> all = new ArrayList<>(parameters);
        all.add(parameter);
        return new Route<>(method, path, summary, accepts, request, answers, answer, status, open, all);
    }

    /**
     * The HTTP method.
     *
     * @return such as {@code GET}
     */
    public String method() {
        return method;
    }

    /**
     * The path with its variables in braces.
     *
     * @return such as {@code /api/projects/{id}}
     */
    public String template() {
        return path;
    }

    /**
     * The path with its variables filled in.
     *
     * @param values one per variable, in order
     * @return the path, percent-encoded
     */
    public String path(Object... values) {
        Iterator<Object> next = Arrays.asList(values).iterator();
        String filled = VARIABLE.matcher(path).replaceAll(match -> {
            if (!next.hasNext()) {
                throw new IllegalArgumentException(path + " takes more values than " + values.length);
            }
            return URLEncoder.encode(String.valueOf(next.next()), UTF_8)
                    .replace("+", "%20")
                    .replace("%3A", ":");
        });
        if (next.hasNext()) {
            throw new IllegalArgumentException(path + " takes fewer values than " + values.length);
        }
        return filled;
    }

    /**
     * What it does, in a sentence.
     *
     * @return the sentence
     */
    public String summary() {
        return summary;
    }

    /**
     * What the request's body is.
     *
     * @return its media
     */
    public Media accepts() {
        return accepts;
    }

    /**
     * The type of the request's body.
     *
     * @return the type; {@code Void} where there is none
     */
    public WireType<B> request() {
        return request;
    }

    /**
     * What the answer's body is.
     *
     * @return its media
     */
    public Media answers() {
        return answers;
    }

    /**
     * The type of the answer's body, or of a stream's events.
     *
     * @return the type; {@code Void} where there is none
     */
    public WireType<A> answer() {
        return answer;
    }

    /**
     * The status of an answer when all went well.
     *
     * @return 200, 201 (or 200 for what was there already), 204, or 101 for a WebSocket
     */
    public int status() {
        return status;
    }

    /**
     * Whether it needs no credential.
     *
     * @return true for the sign of life, and where one comes to a credential or gives one back
     */
    public boolean isOpen() {
        return open;
    }

    /**
     * The parameters of its query.
     *
     * @return all there are; others are refused
     */
    public List<Parameter> parameters() {
        return parameters;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
