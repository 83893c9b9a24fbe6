package dev.pilot.e2e.model;

import dev.pilot.api.id.RunId;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.run.RunResult;
import dev.pilot.api.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run, as the documentation has it: nothing but fields and rules. */
final class ModelRun {
    static final String LOST = "lost";

    final RunId id;
    final int project;
    final int priority;
    final boolean review;
    final int maxAttempts;
    final List<ModelAttempt> attempts = new ArrayList<>();
    RunState state;
    int failures;
    Instant expiresAt = Instant.MAX;
    /** What it has asked, as far as somebody has decided or still may. */
    private final Set<Integer> asked = new HashSet<>();

    private @Nullable Integer pending;

    /** What became of one attempt; no outcome while it goes on. */
    static final class ModelAttempt {
        final WorkerId worker;

        @Nullable
        String outcome;

        ModelAttempt(WorkerId worker) {
            this.worker = worker;
        }
    }

    ModelRun(RunId id, int project, int priority, boolean approval, boolean review, int maxAttempts) {
        this.id = id;
        this.project = project;
        this.priority = priority;
        this.review = review;
        this.maxAttempts = maxAttempts;
        this.state = approval ? RunState.PROPOSED : RunState.QUEUED;
    }

    boolean isActive() {
        return state == RunState.RUNNING || state == RunState.BLOCKED || state == RunState.GATES;
    }

    boolean isOver() {
        return state == RunState.SUCCEEDED || state == RunState.FAILED || state == RunState.CANCELLED;
    }

    private ModelAttempt last() {
        return attempts.get(attempts.size() - 1);
    }

    boolean isHeld(int attempt, WorkerId worker) {
        return isActive() && attempt == attempts.size() && last().worker.equals(worker);
    }

    void claim(WorkerId worker, Instant expiry) {
        attempts.add(new ModelAttempt(worker));
        state = RunState.RUNNING;
        expiresAt = expiry;
    }

    boolean hasAsked(int question) {
        return asked.contains(question);
    }

    void ask(int question) {
        asked.add(question);
        pending = question;
        state = RunState.BLOCKED;
    }

    void answer() {
        pending = null;
        state = RunState.RUNNING;
    }

    /** Nobody is asked any more, so the same may be asked again. */
    private void forgetQuestion() {
        asked.remove(pending);
        pending = null;
    }

    /** Its attempt is over without a report. */
    void end(String outcome, RunState next) {
        forgetQuestion();
        if (isActive()) {
            last().outcome = outcome;
        }
        state = next;
    }

    void lose() {
        end(LOST, RunState.RUNNING);
        fail();
    }

    private void fail() {
        failures++;
        state = failures < maxAttempts ? RunState.QUEUED : RunState.FAILED;
    }

    /** Whether a report tells what was told before. */
    boolean isTold(int attempt, WorkerId worker, RunResult result) {
        return attempt >= 1
                && attempt <= attempts.size()
                && attempts.get(attempt - 1).worker.equals(worker)
                && result.wire().equals(attempts.get(attempt - 1).outcome);
    }

    /** Whether a report comes of an attempt that was given up, while nobody has begun another. */
    boolean isLate(int attempt, WorkerId worker) {
        return attempt == attempts.size()
                && attempt >= 1
                && last().worker.equals(worker)
                && LOST.equals(last().outcome)
                && (state == RunState.QUEUED || state == RunState.FAILED);
    }

    void revive() {
        failures = Math.max(0, failures - 1);
        state = RunState.RUNNING;
    }

    void finish(RunResult result) {
        forgetQuestion();
        last().outcome = result.wire();
        switch (result) {
            case SUCCEEDED -> state = review ? RunState.REVIEW : RunState.SUCCEEDED;
            case FAILED -> fail();
            case CANCELLED -> state = RunState.QUEUED;
        }
    }

    @Override
    public String toString() {
        return id + " " + state + " attempt " + attempts.size() + " failures " + failures;
    }
}
