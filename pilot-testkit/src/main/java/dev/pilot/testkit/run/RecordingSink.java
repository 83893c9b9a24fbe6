package dev.pilot.testkit.run;

import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A sink that keeps all that it is given. Threads may share it. */
public class RecordingSink implements RunnerSink {
    private final Map<OutputStream, ByteArrayOutputStream> outputs = new EnumMap<>(OutputStream.class);
    private final List<NewEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private Usage used = Usage.NONE;
    private String summary = "";

    /** Makes an empty one. */
    public RecordingSink() {
        for (OutputStream stream : OutputStream.values()) {
            outputs.put(stream, new ByteArrayOutputStream());
        }
    }

    @Override
    public void output(OutputStream stream, byte[] bytes) {
        calls.incrementAndGet();
        synchronized (this) {
            of(stream).writeBytes(bytes);
        }
    }

    @Override
    public void event(NewEvent event) {
        calls.incrementAndGet();
        events.add(event);
    }

    @Override
    public synchronized void use(Usage more) {
        calls.incrementAndGet();
        used = used.plus(more);
    }

    @Override
    public synchronized void summary(String latest) {
        calls.incrementAndGet();
        summary = latest;
    }

    private ByteArrayOutputStream of(OutputStream stream) {
        ByteArrayOutputStream output = outputs.get(stream);
        if (output == null) {
            throw new IllegalStateException("no such stream: " + stream);
        }
        return output;
    }

    /**
     * What was printed so far.
     *
     * @param stream on which output
     * @return all its bytes
     */
    public synchronized byte[] bytes(OutputStream stream) {
        return of(stream).toByteArray();
    }

    /**
     * What was printed so far on standard output.
     *
     * @return the text
     */
    public String text() {
        return new String(bytes(OutputStream.STDOUT), StandardCharsets.UTF_8);
    }

    /**
     * What was reported so far.
     *
     * @return the events, in order
     */
    public List<NewEvent> events() {
        return List.copyOf(events);
    }

    /**
     * What was used so far.
     *
     * @return the sum
     */
    public synchronized Usage used() {
        return used;
    }

    /**
     * What was last said of the result.
     *
     * @return the summary, empty if there was none
     */
    public synchronized String summary() {
        return summary;
    }

    /**
     * How often the sink was called.
     *
     * @return the number of calls
     */
    public long calls() {
        return calls.get();
    }
}
