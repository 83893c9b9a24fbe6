package dev.pilot.core.output;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.id.EventId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputRequest;
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
    private static final int TAIL = 16 * EXCERPT;

    private final ProjectStore store;
    private final OutputFiles output;
    private final SecretRedactor redactor;
    private final Ids ids;
    private final ScheduledExecutorService timer;
    private final Map<Key, Pending> pending = new ConcurrentHashMap<>();

    private record Key(Subject subject, int attempt, OutputStream stream) {}

    private record Pending(Run run, long from, long to) {}

    OutputAnnouncer(
            ProjectStore store, OutputFiles output, SecretRedactor redactor, Ids ids, ScheduledExecutorService timer) {
        this.store = store;
        this.output = output;
        this.redactor = redactor;
        this.ids = ids;
        this.timer = timer;
    }

    /** Notes that a stream has grown. */
    void grown(Run run, int attempt, OutputStream stream, long from, long to) {
        Key key = new Key(Subject.run(run.id()), attempt, stream);
        pending.compute(key, (same, before) -> {
            if (before == null) {
                Future<?> unused = timer.schedule(() -> announce(key, false), EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return new Pending(run, from, to);
            }
            return new Pending(run, before.from(), Math.max(before.to(), to));
        });
    }

    /** Announces now what an attempt has printed, so that nothing is announced behind its end. */
    void flush(RunId run, int attempt) {
        for (OutputStream stream : OutputStream.values()) {
            announce(new Key(Subject.run(run), attempt, stream), true);
        }
    }

    private void announce(Key key, boolean ended) {
        Pending grown = pending.remove(key);
        if (grown == null) {
            return;
        }
        NewEvent event = NewEvent.builder(key.subject())
                .id(new EventId(ids.next("evt")))
                .runId(grown.run().id())
                .projectId(grown.run().projectId())
                .type("log")
                .title(key.stream().wire())
                .message(excerpt(key, grown, ended))
                .data(Json.object(
                        "stream", key.stream(),
                        "attempt", key.attempt(),
                        "from", grown.from(),
                        "to", grown.to()))
                .build();
        store.append(List.of(event)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn(
                        "Output of {} was kept, but not announced.",
                        key.subject().id(),
                        failure);
            }
        });
    }

    /**
     * The last line that says something. It is taken from the file, where secrets are masked that were split between chunks, and
     * only once it is whole: the first half of a secret could not be told.
     */
    private String excerpt(Key key, Pending grown, boolean ended) {
        long from = Math.max(0, grown.to() - TAIL);
        RunId id = grown.run().id();
        try {
            OutputRequest request = new OutputRequest(id, key.attempt(), key.stream(), from, (int) (grown.to() - from));
            String text = new String(output.read(id, key.attempt(), request).bytes(), StandardCharsets.UTF_8);
            String whole = ended ? text : text.substring(0, text.lastIndexOf('\n') + 1);
            String begun = from == 0 ? whole : whole.substring(whole.indexOf('\n') + 1);
            String said = redactor.redact(begun).replace('\0', ' ').stripTrailing();
            String line = said.substring(said.lastIndexOf('\n') + 1).strip();
            return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT);
        } catch (PilotException unreadable) {
            LOG.warn(
                    "Output of {} is announced without an excerpt.",
                    key.subject().id(),
                    unreadable);
            return "";
        }
    }
}
