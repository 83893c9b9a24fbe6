package dev.pilot.core.access;

/** What sort of thing a use-case does: what a caller's policy goes by. */
public enum Act {
    /** Changes nothing. */
    LOOK(false),
    /** Changes something; not for those who may only propose. */
    CHANGE(true),
    /** Changes a project; of those who may only propose it becomes a proposal. */
    ACTION(false),
    /** Tells what somebody does or has done. */
    REPORT(false),
    /** Decides for others; only for those who may decide, and not for those who may only propose. */
    DECISION(true);

    private final boolean proposed;

    Act(boolean proposed) {
        this.proposed = proposed;
    }

    /**
     * Whether it is refused to those who may only propose.
     *
     * @return whether it is
     */
    public boolean isProposed() {
        return proposed;
    }
}
