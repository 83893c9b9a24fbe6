package dev.pilot.core.worker;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Level;
import dev.pilot.api.run.NewApproval;
import dev.pilot.api.run.NewEvent;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerSink;
import dev.pilot.api.run.Subject;
import dev.pilot.api.run.ToolAnswer;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.Usage;
import dev.pilot.api.run.UsageReceipt;
import dev.pilot.api.run.UsageReport;
import dev.pilot.api.run.WorkQueue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes on to the hub what a run prints and reports. What the hub can't take now is sent again; the offset makes that safe. */
final class HubSink implements RunnerSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HubSink.class);
    private static final long RETRY_MILLIS = 200;

    private final WorkQueue hub;
    private final Lease lease;
    private final Consumer<String> lose;
    private final EventPipe events;
    private final Questions questions;
    private final Map<OutputStream, Long> offsets = new EnumMap<>(OutputStream.class);
    private volatile boolean lost;
    private volatile boolean blocked;
    private boolean full;
    private String summary = "";
    private volatile boolean warned;
    private final AtomicLong reports = new AtomicLong();

    HubSink(Pilot pilot, Lease lease, Consumer<String> lose) {
        this.hub = pilot.work();
        this.lease = lease;
        this.lose = lose;
        this.questions = new Questions(pilot, lease);
        this.events = new EventPipe(batch -> hub.append(lease, batch), this::waits, this::dropped);
    }

    @Override
    public void output(OutputStream stream, byte[] bytes) {
        long offset;
        synchronized (this) {
            offset = offsets.getOrDefault(stream, 0L);
            offsets.put(stream, offset + bytes.length);
            if (full) {
                return;
            }
        }
        retrying(() -> hub.output(lease, stream, offset, bytes));
    }

    @Override
    public void event(NewEvent event) {
        NewEvent about = event.toBuilder().subject(Subject.run(lease.runId())).build();
        try {
            events.add(about);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void use(Usage used) {
        // Named once, so that it counts once, also where the answer gets lost.
        UsageReport report = new UsageReport(lease.attempt() + "." + reports.incrementAndGet(), lease, used, true);
        retrying(() -> {
            UsageReceipt receipt = hub.use(List.of(report)).get(0).get();
            if (receipt.state() == RunState.BLOCKED) {
                blocked = true;
            }
            if (!receipt.state().isLeased()) {
                lost = true;
                lose.accept("it is " + receipt.state().wire() + " after what it reported to have used");
            }
        });
    }

    @Override
    public CompletionStage<Approval> ask(NewApproval question) {
        return questions.ask(question);
    }

    @Override
    public CompletionStage<ToolAnswer> tool(ToolCall call) {
        return questions.tool(call);
    }

    @Override
    public synchronized void summary(String text) {
        summary = text.replace('\0', '\uFFFD');
    }

    synchronized String summary() {
        return summary;
    }

    /** Whether the run was seen waiting for a decision that it didn't ask for itself, as on its budget. */
    boolean wasBlocked() {
        return blocked;
    }

    /** Waits till the hub has every event. */
    void flush() throws InterruptedException {
        events.flush();
    }

    /** Nothing more is passed on. */
    @Override
    public void close() {
        questions.close();
        events.close();
    }

    /** How much was printed. */
    synchronized long bytes() {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The runner waits here while the hub is away, so nothing piles up. */
    private void retrying(Runnable call) {
        while (!lost) {
            try {
                call.run();
                warned = false;
                return;
            } catch (PilotException failure) {
                if (failure.kind() != ErrorKind.UNAVAILABLE) {
                    refused(failure);
                    return;
                }
                waits(failure);
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private void waits(PilotException failure) {
        if (!warned) {
            warned = true;
            LOG.warn("Run {} waits for the hub: {}", lease.runId(), failure.getMessage());
        }
    }

    private void refused(PilotException failure) {
        if (failure.kind() == ErrorKind.OVER_LIMIT) {
            synchronized (this) {
                full = true;
            }
            tell(Level.WARN, "output is no longer kept", failure.getMessage());
        } else {
            dropped(failure);
        }
    }

    private void dropped(Throwable failure) {
        if (failure instanceof PilotException known && known.kind() == ErrorKind.LEASE_LOST) {
            lost = true;
            lose.accept("the hub took it back");
        } else {
            LOG.warn("The hub refused what run {} reported.", lease.runId(), failure);
            tell(Level.WARN, "a report was refused", String.valueOf(failure.getMessage()));
        }
    }

    private void tell(Level level, String title, String message) {
        NewEvent event = NewEvent.builder(Subject.run(lease.runId()))
                .type("note")
                .level(level)
                .title(title)
                .message(message)
                .build();
        hub.append(lease, List.of(event)).whenComplete((done, failure) -> {
            if (failure != null) {
                LOG.warn("Run {}: {} ({})", lease.runId(), title, message);
            }
        });
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
