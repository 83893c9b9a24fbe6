package dev.pilot.api.error;

/** A worker wrote with a fencing token that is no longer the run's: it was requeued, cancelled, finished or claimed again. Nothing was changed. */
public final class LeaseLost extends PilotException {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final int attempt;
    private final int currentAttempt;

    /**
     * Makes one.
     *
     * @param runId the run
     * @param attempt the attempt that the worker named
     * @param currentAttempt the run's attempt now
     * @param message what became of the run
     */
    public LeaseLost(String runId, int attempt, int currentAttempt, String message) {
        super(ErrorKind.LEASE_LOST, "lease-lost", message, null);
        this.runId = runId;
        this.attempt = attempt;
        this.currentAttempt = currentAttempt;
    }

    /**
     * The run.
     *
     * @return its id
     */
    public String runId() {
        return runId;
    }

    /**
     * The attempt that the worker named.
     *
     * @return the stale fencing token
     */
    public int attempt() {
        return attempt;
    }

    /**
     * The run's attempt now.
     *
     * @return the fencing token in force
     */
    public int currentAttempt() {
        return currentAttempt;
    }
}
