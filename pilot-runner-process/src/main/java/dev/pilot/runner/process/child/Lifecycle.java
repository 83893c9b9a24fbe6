package dev.pilot.runner.process.child;

import dev.pilot.api.run.OutputStream;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a child's threads and its owner report of it, and where its supervisor waits for that. */
final class Lifecycle {
    private final Set<OutputStream> open;
    private @Nullable Integer exitCode;
    private @Nullable Stop stop;
    private boolean exitCameFirst;

    Lifecycle(Set<OutputStream> outputs) {
        open = EnumSet.copyOf(outputs);
    }

    synchronized void exited(int code) {
        exitCode = code;
        exitCameFirst = stop == null;
        notifyAll();
    }

    synchronized void stop(Stop requested) {
        stop = stop == null ? requested : stop.and(requested);
        notifyAll();
    }

    synchronized void ended(OutputStream stream) {
        open.remove(stream);
        notifyAll();
    }

    /** The exit code, if the child exited before there was any other reason to end it; else null. */
    synchronized @Nullable Integer ownExitCode() {
        return exitCameFirst ? exitCode : null;
    }

    synchronized @Nullable Stop stop() {
        return stop;
    }

    /** Waits until the child has exited or is to be ended; answers whether that came before the deadline. */
    synchronized boolean awaitExitOrStop(long deadline) throws InterruptedException {
        while (exitCode == null && stop == null && !Deadline.isOver(deadline)) {
            wait(Deadline.leftMillis(deadline));
        }
        return exitCode != null || stop != null;
    }

    /** Waits until the child has exited or politeness is over, which a later reason may bring forward. */
    synchronized void awaitExitPolitely() throws InterruptedException {
        while (exitCode == null && isPolite()) {
            wait(Deadline.leftMillis(firmAt()));
        }
    }

    /** Whether a child that is to be ended is still to be given time. */
    synchronized boolean isPolite() {
        return stop != null && !Deadline.isOver(firmAt());
    }

    private long firmAt() {
        return stop == null ? Deadline.never() : stop.firmAt();
    }

    /** Waits until all that was printed has been passed on, or there is a reason not to wait longer. */
    synchronized void awaitDrainedOrStop(long deadline) throws InterruptedException {
        while (!open.isEmpty() && stop == null && !Deadline.isOver(deadline)) {
            wait(Deadline.leftMillis(deadline));
        }
    }

    /** Waits until all that was printed has been passed on; answers whether that came before the deadline. */
    synchronized boolean awaitDrained(long deadline) throws InterruptedException {
        while (!open.isEmpty() && !Deadline.isOver(deadline)) {
            wait(Deadline.leftMillis(deadline));
        }
        return open.isEmpty();
    }
}
