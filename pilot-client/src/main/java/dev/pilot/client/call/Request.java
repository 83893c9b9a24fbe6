package dev.pilot.client.call;

import dev.pilot.api.id.Id;
import dev.pilot.api.run.Lease;
import dev.pilot.api.value.Named;
import dev.pilot.api.value.PageRequest;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.WireText;
import dev.pilot.wire.route.Media;
import dev.pilot.wire.route.Route;
import dev.pilot.wire.run.LeaseHeader;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a route, as it is put together. For one thread at a time.
 *
 * @param <A> the answer's body
 */
public final class Request<A> {
    private static final byte[] NOTHING = new byte[0];

    private final Route<?, A> route;
    private final String path;
    private final Map<String, String> query = new LinkedHashMap<>();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte[] body;
    private final @Nullable InputStream stream;
    private final @Nullable String contentType;
    private boolean repeatable;
    private int alsoAnswers;
    private @Nullable Duration patience;

    private Request(
            Route<?, A> route, String path, byte[] body, @Nullable InputStream stream, @Nullable String contentType) {
        this.route = route;
        this.path = path;
        this.body = body;
        this.stream = stream;
        this.contentType = contentType;
        this.repeatable = route.method().equals("GET");
    }

    /**
     * A call without a body.
     *
     * @param <A> the answer's body
     * @param route what is called
     * @param ids what the path names
     * @return the request
     */
    public static <A> Request<A> to(Route<Void, A> route, Id... ids) {
        return new Request<>(route, path(route, ids), NOTHING, null, null);
    }

    /**
     * A call with a body.
     *
     * @param <B> the body
     * @param <A> the answer's body
     * @param route what is called
     * @param body the body
     * @param ids what the path names
     * @return the request
     */
    public static <B extends Record, A> Request<A> to(Route<B, A> route, B body, Id... ids) {
        String type = route.accepts() == Media.MERGE_PATCH ? "application/merge-patch+json" : "application/json";
        return new Request<>(route, path(route, ids), WireCodec.write(body), null, type);
    }

    /**
     * A call whose body is bytes.
     *
     * @param <A> the answer's body
     * @param route what is called
     * @param body the bytes; not to be changed until the call is over
     * @param contentType their media type
     * @param ids what the path names
     * @return the request
     */
    public static <A> Request<A> to(Route<byte[], A> route, byte[] body, String contentType, Id... ids) {
        return new Request<>(route, path(route, ids), body, null, contentType);
    }

    /**
     * A call whose body is more than memory should hold. It is sent once.
     *
     * @param <A> the answer's body
     * @param route what is called
     * @param body read once; not closed
     * @param contentType its media type
     * @param ids what the path names
     * @return the request
     */
    public static <A> Request<A> to(Route<byte[], A> route, InputStream body, String contentType, Id... ids) {
        return new Request<>(route, path(route, ids), NOTHING, body, contentType);
    }

    private static String path(Route<?, ?> route, Id... ids) {
        return route.path((Object[]) ids);
    }

    /**
     * Adds a parameter to the query.
     *
     * @param name its name
     * @param value its value; null to leave it out
     * @return this
     */
    public Request<A> query(String name, @Nullable Object value) {
        if (value != null) {
            query.put(name, value instanceof Named named ? named.wire() : value.toString());
        }
        return this;
    }

    /**
     * Asks for a part of a list.
     *
     * @param page which part
     * @return this
     */
    public Request<A> page(PageRequest page) {
        return query("limit", page.limit()).query("cursor", page.cursor());
    }

    /**
     * Shows the lease that a worker's write needs.
     *
     * @param lease the lease
     * @return this
     */
    public Request<A> under(Lease lease) {
        headers.put(LeaseHeader.NAME, LeaseHeader.of(lease));
        return this;
    }

    /**
     * Asks the hub to do it only to the version that the caller read.
     *
     * @param version the version, or null for whatever it is
     * @return this
     */
    public Request<A> ifMatch(@Nullable Instant version) {
        if (version != null) {
            headers.put("If-Match", '"' + WireText.of(version) + '"');
        }
        return this;
    }

    /**
     * Says that doing it twice is doing it once, so that it may be sent again if the answer is lost. GET is always so.
     *
     * @return this
     */
    public Request<A> repeatable() {
        repeatable = true;
        return this;
    }

    /**
     * Says how long the hub may take to answer, where that is longer than usual.
     *
     * @param longest the time
     * @return this
     */
    public Request<A> patience(Duration longest) {
        patience = longest;
        return this;
    }

    /**
     * Says that a status that usually is an error brings an answer here.
     *
     * @param status the status
     * @return this
     */
    public Request<A> answeredBy(int status) {
        alsoAnswers = status;
        return this;
    }

    Route<?, A> route() {
        return route;
    }

    String path() {
        return path;
    }

    Map<String, String> query() {
        return query;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Read once, instead of {@link #body()}. */
    @Nullable
    InputStream stream() {
        return stream;
    }

    @Nullable
    String contentType() {
        return contentType;
    }

    boolean isAnsweredBy(int status) {
        return status >= 200 && status < 300 || status == alsoAnswers;
    }

    boolean isRepeatable() {
        return repeatable;
    }

    @Nullable
    Duration patience() {
        return patience;
    }

    /** The route, not the path: ids say nothing to somebody who reads an error. */
    @Override
    public String toString() {
        return route.toString();
    }
}
