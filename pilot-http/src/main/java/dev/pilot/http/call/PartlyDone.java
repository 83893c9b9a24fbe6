package dev.pilot.http.call;

/** What went wrong after a part of the body had taken effect. */
public final class PartlyDone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int accepted;

    /**
     * Makes one.
     *
     * @param cause what went wrong
     * @param accepted how many lines of the body are done with, from the first
     */
    public PartlyDone(Throwable cause, int accepted) {
        super(cause.getMessage(), cause, false, false);
        this.accepted = accepted;
    }

    /**
     * How far it went.
     *
     * @return how many lines of the body are done with, from the first; the next one is where the sender goes on
     */
    public int accepted() {
        return accepted;
    }
}
