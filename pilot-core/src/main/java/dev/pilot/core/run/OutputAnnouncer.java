package dev.pilot.core.run;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.id.EventId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.Subject;
import dev.pilot.api.store.ProjectStore;
import dev.pilot.api.value.Json;
import dev.pilot.core.system.Ids;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Announces that output has come, by at most ten {@code log} events a second for each stream of a run; each tells of all since the last. */
final class OutputAnnouncer {
    private static final Logger LOG = LoggerFactory.getLogger(OutputAnnouncer.class);
    private static final long EVERY_MILLIS = 100;
    private static final int EXCERPT = 200;

    private final ProjectStore store;
    private final SecretRedactor redactor;
    private final Ids ids;
    private final ScheduledExecutorService timer;
    private final Map<Key, Pending> pending = new ConcurrentHashMap<>();

    private record Key(Subject run, int attempt, OutputStream stream) {}

    private record Pending(Run run, long from, long to, String excerpt) {}

    OutputAnnouncer(ProjectStore store, SecretRedactor redactor, Ids ids, ScheduledExecutorService timer) {
        this.store = store;
        this.redactor = redactor;
        this.ids = ids;
        this.timer = timer;
    }

    /** Notes that a stream has grown. */
    void grown(Run run, int attempt, OutputStream stream, long from, long to, byte[] bytes) {
        Key key = new Key(Subject.run(run.id()), attempt, stream);
        String excerpt = excerpt(bytes);
        pending.compute(key, (same, before) -> {
            if (before == null) {
                Future<?> unused = timer.schedule(() -> announce(key), EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return new Pending(run, from, to, excerpt);
            }
            return new Pending(
                    run, before.from(), Math.max(before.to(), to), excerpt.isEmpty() ? before.excerpt() : excerpt);
        });
    }

    /** Announces now what a run has printed, so that nothing is announced behind its end. */
    void flush(Run run) {
        for (OutputStream stream : OutputStream.values()) {
            announce(new Key(Subject.run(run.id()), run.attempt(), stream));
        }
    }

    private void announce(Key key) {
        Pending grown = pending.remove(key);
        if (grown == null) {
            return;
        }
        NewEvent event = NewEvent.builder(key.run())
                .id(new EventId(ids.next("evt")))
                .runId(grown.run().id())
                .projectId(grown.run().projectId())
                .type("log")
                .title(key.stream().wire())
                .message(redactor.redact(grown.excerpt()))
                .data(Json.object(
                        "stream", key.stream(),
                        "attempt", key.attempt(),
                        "from", grown.from(),
                        "to", grown.to()))
                .build();
        store.append(List.of(event)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("Output of {} was kept, but not announced.", key.run().id(), failure);
            }
        });
    }

    /** The last line that says something. */
    private static String excerpt(byte[] bytes) {
        int from = Math.max(0, bytes.length - 4 * EXCERPT);
        String text = new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8)
                .replace('\0', ' ')
                .stripTrailing();
        String line = text.substring(text.lastIndexOf('\n') + 1).strip();
        return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT);
    }
}
