package dev.pilot.client.call;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** The HTTP library, set up so that it decides nothing by itself: neither to send again nor to follow a redirect with the token. */
final class Wire implements AutoCloseable {
    /** Below the time after which servers drop what is idle, so that a call seldom meets a dead connection. */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private static final String BEARER = "Bearer ";
    private static final int ANY_NUMBER = 1 << 16;
    private static final AtomicInteger THREADS = new AtomicInteger();

    private final HttpUrl base;
    private final Credential credential;
    private final OkHttpClient http;

    Wire(URI base, Credential credential, Connection.Settings settings) {
        HttpUrl url = HttpUrl.get(base);
        if (url == null) {
            throw new IllegalArgumentException("not an http or https address: " + base);
        }
        this.base = url;
        this.credential = credential;
        // Waiting claims and streams each take a thread and a connection, which must not keep other calls waiting.
        Dispatcher dispatcher = new Dispatcher(new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, IDLE.toSeconds(), TimeUnit.SECONDS, new SynchronousQueue<>(), Wire::newThread));
        dispatcher.setMaxRequests(ANY_NUMBER);
        dispatcher.setMaxRequestsPerHost(ANY_NUMBER);
        this.http = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(16, IDLE.toSeconds(), TimeUnit.SECONDS))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.requestTimeout())
                .writeTimeout(settings.requestTimeout())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .eventListener(new Departures())
                .addInterceptor(Wire::withPatience)
                .build();
    }

    Call newCall(Request<?> request) {
        String token = credential.token();
        HttpUrl.Builder url =
                base.newBuilder().addEncodedPathSegments(request.path().substring(1));
        request.query().forEach(url::addQueryParameter);
        okhttp3.Request.Builder http = new okhttp3.Request.Builder()
                .url(url.build())
                .header("User-Agent", "pilot-client")
                .tag(Trip.class, new Trip(request.patience()));
        request.headers().forEach(http::header);
        if (!token.isEmpty()) {
            http.header("Authorization", BEARER + token);
        }
        String method = request.route().method();
        http.method(method, needsBody(method) ? body(request) : null);
        return this.http.newCall(http.build());
    }

    /** Reads an answer whole and lets go of the connection. */
    static Received receive(Response response) throws IOException {
        try (response) {
            return new Received(
                    response.code(), response.headers(), response.body().bytes());
        }
    }

    /** The token that a call has shown. */
    static String shown(Call call) {
        String authorization = call.request().header("Authorization");
        return authorization == null ? "" : authorization.substring(BEARER.length());
    }

    /** Whether any of the request left this machine, so that it may have happened. */
    static boolean wasSent(Call call) {
        Trip trip = call.request().tag(Trip.class);
        return trip == null || trip.sent;
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private static boolean needsBody(String method) {
        return !method.equals("GET") && !method.equals("DELETE");
    }

    private static RequestBody body(Request<?> request) {
        String type = request.contentType();
        MediaType mediaType = type == null ? null : MediaType.parse(type);
        InputStream stream = request.stream();
        return stream == null ? RequestBody.create(request.body(), mediaType) : new StreamBody(stream, mediaType);
    }

    /** What is read once and sent as it is read. */
    private static final class StreamBody extends RequestBody {
        private final InputStream stream;
        private final @Nullable MediaType type;

        private StreamBody(InputStream stream, @Nullable MediaType type) {
            this.stream = stream;
            this.type = type;
        }

        @Override
        public @Nullable MediaType contentType() {
            return type;
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            stream.transferTo(sink.outputStream());
        }
    }

    private static Response withPatience(okhttp3.Interceptor.Chain chain) throws IOException {
        Trip trip = chain.request().tag(Trip.class);
        if (trip == null || trip.patience == null) {
            return chain.proceed(chain.request());
        }
        int millis = Math.toIntExact(Math.min(trip.patience.toMillis(), Integer.MAX_VALUE));
        return chain.withReadTimeout(millis, TimeUnit.MILLISECONDS).proceed(chain.request());
    }

    private static Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "pilot-client-" + THREADS.incrementAndGet());
        thread.setDaemon(true); // a program that ends need not wait for an answer
        return thread;
    }

    /** What is remembered of one sending. */
    private static final class Trip {
        private final @Nullable Duration patience;
        private volatile boolean sent;

        private Trip(@Nullable Duration patience) {
            this.patience = patience;
        }
    }

    /** Notes when the first byte of a request leaves. */
    private static final class Departures extends EventListener {
        @Override
        public void requestHeadersStart(Call call) {
            Trip trip = call.request().tag(Trip.class);
            if (trip != null) {
                trip.sent = true;
            }
        }
    }
}
