package dev.pilot.runner.process.child;

import dev.pilot.api.access.SecretRedactor;
import dev.pilot.api.run.OutputStream;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.runner.process.child.ProcessTable.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running child. A thread per output moves what it prints, one waits for its exit, and the supervisor decides: it waits for the
 * exit, a limit or a cancellation, ends what is left of the tree, lets the outputs run dry, and only then completes the result.
 */
final class ChildProcess implements RunnerAdapter.Work {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);

    /** How long strays may take to end politely once the child has exited by itself. */
    private static final Duration STRAY_GRACE = Duration.ofMillis(500);

    /** When nobody is left to print, a read that lasts this long waits for a process that could not be ended. */
    private static final Duration STUCK = Duration.ofSeconds(2);

    private final ChildSpec spec;
    private final ChildLimits limits;
    private final SecretRedactor redactor;
    private final Process process;
    private final ProcessTree tree;
    private final Consumer<ChildProcess> whenEnded;
    private final Lifecycle lifecycle;
    private final Map<OutputStream, Pump> pumps = new EnumMap<>(OutputStream.class);
    private final Flusher flusher = new Flusher();
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CompletableFuture<RunnerResult> result = new CompletableFuture<>();
    private final long started = System.nanoTime();

    ChildProcess(
            ChildSpec spec,
            ChildLimits limits,
            SecretRedactor redactor,
            Process process,
            ProcessTree tree,
            Consumer<ChildProcess> whenEnded) {
        this.spec = spec;
        this.limits = limits;
        this.redactor = redactor;
        this.process = process;
        this.tree = tree;
        this.whenEnded = whenEnded;
        this.lifecycle =
                new Lifecycle(spec.merged() ? EnumSet.of(OutputStream.STDOUT) : EnumSet.allOf(OutputStream.class));
    }

    void begin(ChildOutput output) {
        Allowance allowance = new Allowance(spec.outputBytes());
        addPump(OutputStream.STDOUT, process.getInputStream(), allowance, output);
        if (!spec.merged()) {
            addPump(OutputStream.STDERR, process.getErrorStream(), allowance, output);
        }
        pumps.forEach((stream, pump) -> thread(stream.wire(), () -> run(stream, pump)));
        thread("flusher", this::flush);
        thread("exit", this::awaitExit);
        thread("input", this::feed);
        thread("supervisor", this::supervise);
    }

    private void addPump(OutputStream stream, InputStream in, Allowance allowance, ChildOutput output) {
        Chunks chunks = new Chunks(stream, output);
        pumps.put(stream, new Pump(in, redactor.stream(chunks), chunks, allowance, flusher));
    }

    private void run(OutputStream stream, Pump pump) {
        try {
            if (!pump.run()) {
                String message = "printed more than it may, " + spec.outputBytes() + " bytes, and was ended";
                stop(End.OUTPUT_LIMIT, message, limits.grace());
            }
        } catch (IOException | RuntimeException | Error e) {
            outputFailed(e);
        } finally {
            lifecycle.ended(stream);
        }
    }

    private void flush() {
        try {
            flusher.run(pumps.values());
        } catch (RuntimeException | Error e) {
            outputFailed(e);
        }
    }

    private void outputFailed(Throwable e) {
        LOG.warn("the output of {} could not be passed on", spec.label(), e);
        stop(End.BROKEN, "its output could not be passed on: " + redactor.redact(e.toString()), limits.grace());
    }

    private void thread(String part, Runnable work) {
        Thread thread = new Thread(work, "pilot " + spec.label() + " " + part);
        thread.setDaemon(true);
        thread.start();
    }

    private void awaitExit() {
        try {
            lifecycle.exited(process.waitFor());
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody else knows this thread", e);
        }
    }

    private void feed() {
        try (java.io.OutputStream stdin = process.getOutputStream()) {
            byte[] input = spec.input();
            if (input != null) {
                stdin.write(input);
            }
        } catch (IOException e) {
            // whether to read its input is the child's own affair
            LOG.debug("{} did not read all of its input: {}", spec.label(), e.getMessage());
        }
    }

    @Override
    public CompletionStage<RunnerResult> result() {
        return result.minimalCompletionStage();
    }

    @Override
    public void cancel(Duration grace) {
        if (cancelled.compareAndSet(false, true)) {
            stop(End.CANCELLED, "was cancelled", grace);
        }
    }

    /** As {@link #cancel}, but a second time it may shorten the grace of the first. */
    void stop(End end, String message, Duration grace) {
        lifecycle.stop(Stop.of(end, message, grace));
    }

    void join() {
        result.join();
    }

    private void supervise() {
        RunnerResult outcome;
        try {
            outcome = accompany();
        } catch (InterruptedException | RuntimeException | Error e) {
            LOG.error("{} could not be watched any longer", spec.label(), e);
            process.toHandle().destroyForcibly();
            outcome = new RunnerResult(End.BROKEN, null, "the runner failed: " + redactor.redact(e.toString()), wall());
        }
        flusher.done();
        try {
            whenEnded.accept(this);
        } catch (RuntimeException e) {
            LOG.warn("{} has ended, but its record stays", spec.label(), e);
        }
        result.complete(outcome);
    }

    private RunnerResult accompany() throws InterruptedException {
        Duration limit = spec.wall();
        if (!lifecycle.awaitExitOrStop(limit == null ? Deadline.never() : Deadline.after(limit))) {
            stop(End.WALL_LIMIT, "took longer than it may, " + limit + ", and was ended", limits.grace());
        }
        if (lifecycle.ownExitCode() != null) {
            // what it left in the background may go on printing for a while
            lifecycle.awaitDrainedOrStop(Deadline.after(limits.drain()));
        }
        List<Entry> survivors = endTree();
        Duration wall = wall();
        drain();
        return outcome(wall, survivors);
    }

    private List<Entry> endTree() throws InterruptedException {
        if (tree.living().isEmpty()) {
            return List.of();
        }
        tree.terminate();
        boolean wasAsked = lifecycle.ownExitCode() == null;
        long strayEnd = Deadline.after(STRAY_GRACE);
        if (wasAsked) {
            lifecycle.awaitExitPolitely();
        }
        long pauseMillis = 1;
        while (!tree.living().isEmpty() && (wasAsked ? lifecycle.isPolite() : !Deadline.isOver(strayEnd))) {
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(50, pauseMillis * 2);
        }
        return tree.kill();
    }

    /** Waits for the pumps, however slow their receivers are, but not for a pipe that a process which can't be ended holds open. */
    private void drain() throws InterruptedException {
        while (!lifecycle.awaitDrained(Deadline.after(STUCK))) {
            pumps.forEach((stream, pump) -> {
                if (pump.hasWaited(STUCK)) {
                    LOG.warn("{} has ended, but its {} is still held open", spec.label(), stream.wire());
                    pump.cut();
                    lifecycle.ended(stream);
                }
            });
        }
    }

    private RunnerResult outcome(Duration wall, List<Entry> survivors) {
        Stop stop = lifecycle.stop();
        Integer exitCode = lifecycle.ownExitCode();
        String remark = survivors.isEmpty()
                ? ""
                : "; could not be ended: processes "
                        + survivors.stream().map(Entry::pid).toList();
        if (stop == null || exitCode != null && stop.end() != End.BROKEN && stop.end() != End.OUTPUT_LIMIT) {
            return new RunnerResult(End.EXITED, exitCode, describe(exitCode) + remark, wall);
        }
        return new RunnerResult(stop.end(), null, stop.message() + remark, wall);
    }

    private static String describe(@Nullable Integer exitCode) {
        if (exitCode == null || exitCode == 0) {
            return "";
        }
        String signal = exitCode > 128 && exitCode < 160 ? " (signal " + (exitCode - 128) + ")" : "";
        return "exited with code " + exitCode + signal;
    }

    private Duration wall() {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}
