package dev.pilot.core.queue;

import dev.pilot.api.run.Assignment;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A worker that asks for work. Its time counts only while nobody is looking for it: what is being claimed for it just then, it still gets,
 * instead of being sent away while its runs are given back.
 */
final class ClaimWaiter {
    private final Ask ask;
    private final CompletableFuture<List<Assignment>> answer = new CompletableFuture<>();
    private boolean isTimeUp;
    private boolean isServed;

    /**
     * Makes it.
     *
     * @param isPatient whether it waits; else it goes after the first look
     */
    ClaimWaiter(Ask ask, boolean isPatient) {
        this.ask = ask;
        this.isTimeUp = !isPatient;
    }

    Ask ask() {
        return ask;
    }

    CompletableFuture<List<Assignment>> answer() {
        return answer;
    }

    /** Its time is up: it goes, at once or after the look that is under way. */
    synchronized void timeUp() {
        isTimeUp = true;
        if (!isServed) {
            answer.complete(List.of());
        }
    }

    /** Somebody looks for it from now on. */
    synchronized void serve() {
        isServed = true;
    }

    /**
     * What was found for it.
     *
     * @param claimed what was claimed for it; may be empty
     * @return whether it took that; false where it has gone away, so that what was claimed has to be given back
     */
    synchronized boolean served(List<Assignment> claimed) {
        isServed = false;
        if (claimed.isEmpty() && !isTimeUp) {
            return true;
        }
        return answer.complete(claimed) || claimed.isEmpty();
    }
}
